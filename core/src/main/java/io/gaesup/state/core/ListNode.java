package io.gaesup.state.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A node of a list's counted B+ tree. Methods that change take the tree's generation: a node of that generation is
 * changed in place and returned, any other is copied. A changed node may come back one level higher with two children,
 * which its parent takes in; that is how it splits.
 */
abstract sealed class ListNode {

    /** How many values a leaf, or children an inner node, has at most. */
    static final int WIDTH = 32;

    /** A node with fewer is joined with a neighbour when both fit in one. */
    private static final int SPARSE = WIDTH / 4;

    final long generation;

    ListNode(long generation) {
        this.generation = generation;
    }

    /** Builds a full tree over {@code values}, which are at least one. */
    static ListNode of(List<Value> values) {
        List<ListNode> level = new ArrayList<>();
        for (int start = 0; start < values.size(); start += WIDTH) {
            int end = Math.min(start + WIDTH, values.size());
            level.add(new Leaf(Generation.NONE, values.subList(start, end).toArray(new Value[0]), end - start));
        }
        while (level.size() > 1) {
            List<ListNode> above = new ArrayList<>();
            for (int start = 0; start < level.size(); start += WIDTH) {
                int end = Math.min(start + WIDTH, level.size());
                above.add(new Inner(Generation.NONE, level.subList(start, end).toArray(new ListNode[0]), end - start));
            }
            level = above;
        }
        return level.getFirst();
    }

    abstract int size();

    /** 0 for a leaf. */
    abstract int height();

    abstract Value get(int index);

    abstract ListNode set(long generation, int index, Value value);

    abstract ListNode insert(long generation, int index, Value value);

    abstract ListNode remove(long generation, int index);

    /** The leaf that has {@code index} as its first element from there on: a view that starts at {@code index}. */
    abstract Leaf leafAt(int index);

    /** Values in a leaf, children in an inner node. */
    abstract int width();

    /** Joins with the right neighbour of the same height; both widths fit in one. */
    abstract ListNode join(long generation, ListNode right);

    /** This node without inner nodes of one child on top. */
    ListNode trimmed() {
        ListNode node = this;
        while (node instanceof Inner inner && inner.count == 1) {
            node = inner.children[0];
        }
        return node instanceof Inner inner && inner.count == 0 ? Leaf.EMPTY : node;
    }

    /** Up to {@link #WIDTH} values. */
    static final class Leaf extends ListNode {

        static final Leaf EMPTY = new Leaf(Generation.NONE, new Value[0], 0);

        private Value[] values;
        private int count;

        Leaf(long generation, Value[] values, int count) {
            super(generation);
            this.values = values;
            this.count = count;
        }

        @Override
        int size() {
            return count;
        }

        @Override
        int height() {
            return 0;
        }

        @Override
        int width() {
            return count;
        }

        @Override
        Value get(int index) {
            return values[index];
        }

        @Override
        Leaf leafAt(int index) {
            return index == 0
                    ? this
                    : new Leaf(Generation.NONE, Arrays.copyOfRange(values, index, count), count - index);
        }

        @Override
        ListNode set(long gen, int index, Value value) {
            Leaf mine = mine(gen, 0);
            mine.values[index] = value;
            return mine;
        }

        @Override
        ListNode insert(long gen, int index, Value value) {
            if (count == WIDTH) {
                return split(gen).insert(gen, index, value);
            }
            Leaf mine = mine(gen, 1);
            System.arraycopy(mine.values, index, mine.values, index + 1, mine.count - index);
            mine.values[index] = value;
            mine.count++;
            return mine;
        }

        private Inner split(long gen) {
            int half = WIDTH / 2;
            Leaf left = new Leaf(gen, Arrays.copyOf(values, WIDTH), half);
            Arrays.fill(left.values, half, WIDTH, Value.NULL);
            // Not Arrays.copyOfRange beyond the end: TeaVM 0.15 fails there instead of padding.
            Value[] upper = new Value[WIDTH];
            System.arraycopy(values, half, upper, 0, WIDTH - half);
            Leaf right = new Leaf(gen, upper, WIDTH - half);
            return new Inner(gen, new ListNode[] {left, right}, 2);
        }

        @Override
        ListNode remove(long gen, int index) {
            Leaf mine = mine(gen, 0);
            System.arraycopy(mine.values, index + 1, mine.values, index, mine.count - index - 1);
            mine.values[--mine.count] = Value.NULL;
            return mine;
        }

        @Override
        ListNode join(long gen, ListNode right) {
            Leaf other = (Leaf) right;
            Leaf mine = mine(gen, other.count);
            System.arraycopy(other.values, 0, mine.values, mine.count, other.count);
            mine.count += other.count;
            return mine;
        }

        /** This leaf if it may be changed, otherwise a copy; with room for {@code more} values either way. */
        private Leaf mine(long gen, int more) {
            int needed = count + more;
            if (generation == gen) {
                if (values.length < needed) {
                    values = Arrays.copyOf(values, Math.min(WIDTH, Math.max(needed, values.length * 2)));
                }
                return this;
            }
            return new Leaf(gen, Arrays.copyOf(values, needed), count);
        }
    }

    /** Up to {@link #WIDTH} children of the same height, with the running count of values up to each one's end. */
    static final class Inner extends ListNode {

        private final int height;
        private ListNode[] children;
        private int[] ends;
        private int count;

        Inner(long generation, ListNode[] children, int count) {
            super(generation);
            this.height = children[0].height() + 1;
            this.children = children;
            this.count = count;
            this.ends = new int[children.length];
            recount(0);
        }

        private Inner(Inner original, long generation, int capacity) {
            super(generation);
            this.height = original.height;
            this.children = Arrays.copyOf(original.children, capacity);
            this.ends = Arrays.copyOf(original.ends, capacity);
            this.count = original.count;
        }

        @Override
        int size() {
            return count == 0 ? 0 : ends[count - 1];
        }

        @Override
        int height() {
            return height;
        }

        @Override
        int width() {
            return count;
        }

        ListNode child(int at) {
            return children[at];
        }

        /** How many values are before child {@code at}. */
        int start(int at) {
            return at == 0 ? 0 : ends[at - 1];
        }

        /** The child that holds {@code index}. */
        int childOf(int index) {
            int low = 0;
            int high = count - 1;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (ends[middle] > index) {
                    high = middle;
                } else {
                    low = middle + 1;
                }
            }
            return low;
        }

        @Override
        Value get(int index) {
            int at = childOf(index);
            return children[at].get(index - start(at));
        }

        @Override
        Leaf leafAt(int index) {
            int at = childOf(index);
            return children[at].leafAt(index - start(at));
        }

        @Override
        ListNode set(long gen, int index, Value value) {
            int at = childOf(index);
            ListNode old = children[at];
            ListNode changed = old.set(gen, index - start(at), value);
            if (changed == old) {
                return this;
            }
            Inner mine = mine(gen, 0);
            mine.children[at] = changed;
            return mine;
        }

        @Override
        ListNode insert(long gen, int index, Value value) {
            if (count == WIDTH) {
                return split(gen).insert(gen, index, value);
            }
            int at = index == size() ? count - 1 : childOf(index);
            ListNode changed = children[at].insert(gen, index - start(at), value);
            if (changed.height() < height) {
                Inner mine = mine(gen, 0);
                mine.children[at] = changed;
                mine.recount(at);
                return mine;
            }
            Inner two = (Inner) changed;
            Inner mine = mine(gen, 1);
            System.arraycopy(mine.children, at + 1, mine.children, at + 2, mine.count - at - 1);
            mine.children[at] = two.children[0];
            mine.children[at + 1] = two.children[1];
            mine.count++;
            mine.recount(at);
            return mine;
        }

        private Inner split(long gen) {
            int half = WIDTH / 2;
            Inner left = new Inner(gen, Arrays.copyOf(children, half), half);
            Inner right = new Inner(gen, Arrays.copyOfRange(children, half, count), count - half);
            return new Inner(gen, new ListNode[] {left, right}, 2);
        }

        @Override
        ListNode remove(long gen, int index) {
            int at = childOf(index);
            ListNode changed = children[at].remove(gen, index - start(at));
            Inner mine = mine(gen, 0);
            mine.children[at] = changed;
            if (changed.width() == 0) {
                mine.drop(at);
            } else if (changed.width() < SPARSE) {
                mine.joinAt(gen, at);
            }
            mine.recount(Math.max(0, at - 1));
            return mine;
        }

        private void joinAt(long gen, int at) {
            int left = at > 0 && children[at - 1].width() + children[at].width() <= WIDTH ? at - 1 : at;
            if (left + 1 < count && children[left].width() + children[left + 1].width() <= WIDTH) {
                children[left] = children[left].join(gen, children[left + 1]);
                drop(left + 1);
            }
        }

        private void drop(int at) {
            System.arraycopy(children, at + 1, children, at, count - at - 1);
            children[--count] = Leaf.EMPTY;
        }

        @Override
        ListNode join(long gen, ListNode right) {
            Inner other = (Inner) right;
            Inner mine = mine(gen, other.count);
            System.arraycopy(other.children, 0, mine.children, mine.count, other.count);
            int from = mine.count;
            mine.count += other.count;
            mine.recount(from);
            return mine;
        }

        private void recount(int from) {
            int end = start(from);
            for (int i = from; i < count; i++) {
                end += children[i].size();
                ends[i] = end;
            }
        }

        private Inner mine(long gen, int more) {
            int needed = count + more;
            if (generation != gen) {
                return new Inner(this, gen, needed);
            }
            if (children.length < needed) {
                int capacity = Math.min(WIDTH, Math.max(needed, children.length * 2));
                children = Arrays.copyOf(children, capacity);
                ends = Arrays.copyOf(ends, capacity);
            }
            return this;
        }
    }
}
