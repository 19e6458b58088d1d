package io.gaesup.state.core;

import org.jspecify.annotations.Nullable;

/** Up to {@link #LEAF_WIDTH} values of a list, as one {@link Column}. Rows of the same shape make a {@link RowLeaf}. */
final class Leaf extends ListNode {

    static final Leaf EMPTY = new Leaf(Generation.NONE, Column.of(new Value[0], 0), 0);

    /** So many rows of one shape are worth columns of their own. */
    private static final int ROWS_MIN = 4;

    private Column column;
    private int count;

    private Leaf(long generation, Column column, int count) {
        super(generation);
        this.column = column;
        this.count = count;
    }

    /** The best leaf for the first {@code count} of {@code values}. */
    static ListNode of(long generation, Value[] values, int count, @Nullable Dictionary dictionary) {
        Shape shape = commonShape(values, count);
        return shape == null
                ? new Leaf(generation, Column.of(values, count, dictionary, 0), count)
                : RowLeaf.of(generation, shape, values, count, dictionary);
    }

    /** A leaf of these values as they are, without a look at their shapes. */
    static Leaf plain(long generation, Value[] values) {
        return new Leaf(generation, Column.of(values, values.length), values.length);
    }

    private static @Nullable Shape commonShape(Value[] values, int count) {
        if (count < ROWS_MIN || !(values[0] instanceof Shaped first) || first.isEmpty()) {
            return null;
        }
        for (int i = 1; i < count; i++) {
            if (!(values[i] instanceof Shaped other && other.shape() == first.shape())) {
                return null;
            }
        }
        return first.shape();
    }

    Column column() {
        return column;
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
    boolean isSparse() {
        return count < LEAF_WIDTH / 4;
    }

    @Override
    boolean canJoin(ListNode right) {
        return count + right.width() <= LEAF_WIDTH;
    }

    @Override
    Value get(int index) {
        return column.get(index);
    }

    @Override
    void sendTo(ValueSink sink) {
        for (int i = 0; i < count; i++) {
            column.sendTo(i, sink);
        }
    }

    @Override
    ListNode set(long gen, int index, Value value) {
        boolean isNewShape = value instanceof Shaped now
                && !(column.get(index) instanceof Shaped before && before.shape() == now.shape());
        Leaf changed = with(gen, index, value);
        return isNewShape ? changed.inColumns(gen) : changed;
    }

    private Leaf with(long gen, int index, Value value) {
        if (generation == gen) {
            column = column.set(count, index, value, true);
            return this;
        }
        return new Leaf(gen, column.set(count, index, value, false), count);
    }

    /** The rows this leaf consists of by now, or this leaf if it does not. */
    private ListNode inColumns(long gen) {
        Value[] values = column.values(count, new Value[count], 0);
        Shape shape = commonShape(values, count);
        return shape == null ? this : RowLeaf.of(gen, shape, values, count, null);
    }

    @Override
    @Nullable
    ListNode replace(long gen, int index, Path path, int depth, Value value) {
        if (depth == path.depth()) {
            return set(gen, index, value);
        }
        Value child = column.get(index);
        Container changed = child instanceof Container container ? container.replace(gen, path, depth, value) : null;
        if (changed == null) {
            return null;
        }
        return changed == child ? this : with(gen, index, changed);
    }

    @Override
    @Nullable
    ListNode add(long gen, int index, long ups, long downs) {
        if (generation == gen) {
            return column.add(index, ups, downs) ? this : null;
        }
        Column changed = column.copy();
        return changed.add(index, ups, downs) ? new Leaf(gen, changed, count) : null;
    }

    @Override
    ListNode edit(int index, Edit edit, int depth) {
        Value child = column.get(index);
        Shape before = child instanceof Shaped shaped ? shaped.shape() : null;
        Value changed = edit.descend(child, depth);
        if (changed instanceof Shaped shaped && shaped.shape() != before) {
            return with(edit.generation(), index, changed).inColumns(edit.generation());
        }
        return changed == child ? this : with(edit.generation(), index, changed);
    }

    @Override
    ListNode insert(long gen, int index, Value value) {
        if (count == LEAF_WIDTH) {
            return split(gen, index, value);
        }
        Leaf longer = new Leaf(gen, column.insert(count, index, value), count + 1);
        boolean isTime = value instanceof Shaped && Integer.bitCount(count + 1) == 1;
        return isTime ? longer.inColumns(gen) : longer;
    }

    private ListNode split(long gen, int index, Value value) {
        if (index == count) {
            return new InnerNode(gen, new ListNode[] {this, plain(gen, new Value[] {value})});
        }
        int half = LEAF_WIDTH / 2;
        Leaf left = new Leaf(gen, column.slice(0, half), half);
        Leaf right = new Leaf(gen, column.slice(half, count), count - half);
        ListNode[] both = index <= half
                ? new ListNode[] {left.insert(gen, index, value), right}
                : new ListNode[] {left, right.insert(gen, index - half, value)};
        return new InnerNode(gen, both);
    }

    @Override
    ListNode remove(long gen, int index) {
        return new Leaf(gen, column.remove(count, index), count - 1);
    }

    @Override
    ListNode join(long gen, ListNode right) {
        if (right instanceof Leaf other) {
            return new Leaf(gen, column.join(count, other.column, other.count), count + other.count);
        }
        return of(gen, joined(this, right), count + right.size(), null);
    }

    /** The values of two leaves. */
    static Value[] joined(ListNode left, ListNode right) {
        Value[] values = new Value[left.size() + right.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = i < left.size() ? left.get(i) : right.get(i - left.size());
        }
        return values;
    }
}
