package io.gaesup.state.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * A list of values. Reading, replacing, inserting and removing at a position cost O(log size); a change copies about
 * a leaf of up to {@value ListNode#LEAF_WIDTH} values and the nodes above it, or nothing within one generation.
 */
public final class ListValue extends Container implements Iterable<Value> {

    /* A counted B+ tree: a position is found without keys, and an insertion moves at most the width of a node a level. Its
     * leaves pack what they hold (see Column, RowLeaf). This class is its handle. */

    public static final ListValue EMPTY = new ListValue(Generation.NONE, Leaf.EMPTY);

    private ListNode root;

    private ListValue(long generation, ListNode root) {
        super(generation);
        this.root = root;
    }

    public static ListValue of(Value... values) {
        return of(List.of(values));
    }

    public static ListValue of(List<? extends Value> values) {
        Builder builder = builder();
        for (Value value : values) {
            builder.add(value);
        }
        return builder.build();
    }

    public static Builder builder() {
        return new Builder();
    }

    @Override
    public int size() {
        return root.size();
    }

    /**
     * The element at {@code index}.
     *
     * @throws StateException with code {@code INDEX_OUT_OF_RANGE}
     */
    public Value get(int index) {
        if (index < 0 || index >= size()) {
            throw new StateException(ErrorCode.INDEX_OUT_OF_RANGE, "no element " + index + " in a list of " + size());
        }
        return root.get(index);
    }

    @Override
    @Nullable
    Value child(Path path, int depth) {
        int index = path.index(depth);
        return index >= 0 && index < size() ? root.get(index) : null;
    }

    /** The value at two path segments, the second being within an element: a cell of a row, without the row. */
    @Nullable
    Value grandchild(Path path, int depth) {
        int index = path.index(depth);
        if (index < 0 || index >= size()) {
            return null;
        }
        ListNode node = root;
        while (node instanceof InnerNode inner) {
            int at = inner.childOf(index);
            index -= inner.start(at);
            node = inner.child(at);
        }
        if (node instanceof RowLeaf rows) {
            int slot = rows.shape().slot(path, depth + 1);
            return slot < 0 ? null : rows.cell(slot, index);
        }
        return node.get(index) instanceof Container container ? container.child(path, depth + 1) : null;
    }

    @Override
    @Nullable
    Container replace(long gen, Path path, int depth, Value value) {
        int index = path.index(depth);
        ListNode changed = index < 0 || index >= size() ? null : root.replace(gen, index, path, depth + 1, value);
        return changed == null ? null : with(gen, changed);
    }

    @Override
    Container descend(Edit edit, int depth) {
        int index = edit.path().index(depth);
        if (index < 0 || index >= size()) {
            throw edit.missing(this, depth);
        }
        return with(edit.generation(), root.edit(index, edit, depth + 1));
    }

    /** This list with {@code value} at {@code index}; this very object if it is of {@code generation}. */
    ListValue replace(long generation, int index, Value value) {
        return with(generation, root.set(generation, index, value));
    }

    /** This list with {@code value} before {@code index}, which may be the size. */
    ListValue insert(long generation, int index, Value value) {
        return with(generation, root.insert(generation, index, value));
    }

    /** This list without the element at {@code index}. */
    ListValue remove(long generation, int index) {
        return with(generation, root.remove(generation, index).trimmed());
    }

    /** This list on another root. */
    ListValue with(long newGeneration, ListNode newRoot) {
        if (root == newRoot) {
            return this;
        }
        if (generation != newGeneration) {
            return new ListValue(newGeneration, newRoot);
        }
        root = newRoot;
        return this;
    }

    ListNode root() {
        return root;
    }

    /** Sends all elements to {@code sink}, in order; cheaper than {@link #iterator()} for what is packed. */
    public void sendTo(ValueSink sink) {
        root.sendTo(sink);
    }

    @Override
    public Iterator<Value> iterator() {
        return new Cursor();
    }

    @Override
    public String kind() {
        return "list";
    }

    @Override
    public boolean equals(Object other) {
        if (this == other) {
            return true;
        }
        if (!(other instanceof ListValue that) || size() != that.size()) {
            return false;
        }
        if (root == that.root) {
            return true;
        }
        Iterator<Value> theirs = that.iterator();
        for (Value mine : this) {
            Value their = theirs.next();
            if (mine != their && !mine.equals(their)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (Value value : this) {
            hash = 31 * hash + value.hashCode();
        }
        return hash;
    }

    @Override
    public String toString() {
        return "list(" + size() + " elements)";
    }

    /** Goes through the leaves, so that a step costs O(1). */
    private final class Cursor implements Iterator<Value> {

        private final int size = size();
        private int next;
        private ListNode leaf = Leaf.EMPTY;
        private int leafStart;

        @Override
        public boolean hasNext() {
            return next < size;
        }

        @Override
        public Value next() {
            if (next >= size) {
                throw new NoSuchElementException("the list has " + size + " elements");
            }
            if (next - leafStart >= leaf.size()) {
                findLeaf();
            }
            return leaf.get(next++ - leafStart);
        }

        private void findLeaf() {
            leaf = root;
            leafStart = 0;
            while (leaf instanceof InnerNode inner) {
                int at = inner.childOf(next - leafStart);
                leafStart += inner.start(at);
                leaf = inner.child(at);
            }
        }
    }

    /** Collects values for one list. Rows of one shape go into columns as they come, 32 at a time. */
    public static final class Builder {

        private static final int FIRST_CAPACITY = 4;

        private Value[] values = new Value[FIRST_CAPACITY];
        private int count;
        private final List<ListNode> leaves = new ArrayList<>(0);
        private @Nullable Dictionary dictionary;

        private Builder() {}

        public Builder add(Value value) {
            if (count == ListNode.LEAF_WIDTH) {
                endLeaf();
            } else if (count == values.length) {
                values = Arrays.copyOf(values, Math.min(ListNode.LEAF_WIDTH, 2 * count));
            }
            values[count++] = value;
            return this;
        }

        /** Adds all elements of {@code list}. One that was built and not changed since is taken over without a look at them. */
        public Builder addAll(ListValue list) {
            if (!list.isEmpty()) {
                addLeaves(list.root);
            }
            return this;
        }

        private void addLeaves(ListNode node) {
            if (node instanceof InnerNode inner) {
                for (int i = 0; i < inner.width(); i++) {
                    addLeaves(inner.child(i));
                }
            } else if (node.generation == Generation.NONE) {
                if (count > 0) {
                    endLeaf();
                }
                leaves.add(node);
            } else {
                // Its tree may still change it in place.
                for (int i = 0; i < node.size(); i++) {
                    add(node.get(i));
                }
            }
        }

        private void endLeaf() {
            if (dictionary == null && count == ListNode.LEAF_WIDTH) {
                dictionary = new Dictionary();
            }
            leaves.add(Leaf.of(Generation.NONE, values, count, dictionary));
            count = 0;
        }

        /** The list; the builder starts again with an empty one. */
        public ListValue build() {
            if (count > 0) {
                endLeaf();
            }
            if (leaves.isEmpty()) {
                return EMPTY;
            }
            List<ListNode> level = List.copyOf(leaves);
            leaves.clear();
            while (level.size() > 1) {
                level = above(level);
            }
            return new ListValue(Generation.NONE, level.getFirst());
        }

        private static List<ListNode> above(List<ListNode> level) {
            List<ListNode> above = new ArrayList<>();
            for (int start = 0; start < level.size(); start += InnerNode.WIDTH) {
                int end = Math.min(start + InnerNode.WIDTH, level.size());
                above.add(
                        new InnerNode(Generation.NONE, level.subList(start, end).toArray(new ListNode[0])));
            }
            return above;
        }
    }
}
