package io.gaesup.state.core;

import org.jspecify.annotations.Nullable;

/**
 * Up to {@link #LEAF_WIDTH} rows of a table: maps of one shape, kept as a {@link Column} for each key. To change one field
 * of one row copies one column. A row whose keys become others turns the leaf into an ordinary one, without loss.
 */
final class RowLeaf extends ListNode {

    private final Shape shape;
    private final Column[] columns;
    private final int count;

    /** Bit s: column s was made in this node's generation, so that nobody else has it. */
    private int mine;

    /** Takes over {@code columns}, one for each key. */
    private RowLeaf(long generation, Shape shape, Column[] columns, int count, int mine) {
        super(generation);
        this.shape = shape;
        this.columns = columns;
        this.count = count;
        this.mine = mine;
    }

    /** The leaf of the first {@code count} of {@code rows}, which are all of that shape. */
    static RowLeaf of(long generation, Shape shape, Value[] rows, int count, @Nullable Dictionary dictionary) {
        Column[] columns = new Column[shape.size()];
        Value[] cells = new Value[count];
        for (int slot = 0; slot < columns.length; slot++) {
            for (int i = 0; i < count; i++) {
                cells[i] = ((Shaped) rows[i]).value(slot);
            }
            columns[slot] = Column.of(cells, count, dictionary, slot);
        }
        return new RowLeaf(generation, shape, columns, count, -1);
    }

    Shape shape() {
        return shape;
    }

    Column column(int slot) {
        return columns[slot];
    }

    /** Whether both have as many rows of the same shape. */
    boolean isLike(RowLeaf other) {
        return shape == other.shape && count == other.count;
    }

    /** Bit i: row i is another than in {@code before}, which is like this leaf. */
    int changedRows(RowLeaf before) {
        int changed = 0;
        for (int slot = 0; slot < columns.length; slot++) {
            Column now = columns[slot];
            Column old = before.columns[slot];
            for (int i = 0; now != old && i < count; i++) {
                changed |= now.same(i, old, i) ? 0 : 1 << i;
            }
        }
        return changed;
    }

    Value cell(int slot, int index) {
        return columns[slot].get(index);
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
        return new Row(this, index);
    }

    @Override
    void sendTo(ValueSink sink) {
        for (int i = 0; i < count; i++) {
            sink.startRow(columns.length);
            for (int slot = 0; slot < columns.length; slot++) {
                sink.key(slot, shape.key(slot));
                columns[slot].sendTo(i, sink);
            }
            sink.endRow();
        }
    }

    @Override
    ListNode set(long gen, int index, Value value) {
        if (!(value instanceof Shaped row && row.shape() == shape)) {
            return ordinary(gen).set(gen, index, value);
        }
        RowLeaf changed = this;
        for (int slot = 0; slot < columns.length; slot++) {
            Value cell = row.value(slot);
            if (!ListScan.sameCell(cell(slot, index), cell)) {
                changed = changed.with(gen, slot, index, cell);
            }
        }
        return changed;
    }

    private RowLeaf with(long gen, int slot, int index, Value cell) {
        Column column = columns[slot];
        if (generation == gen) {
            columns[slot] = column.set(count, index, cell, (mine >>> slot & 1) != 0);
            mine |= 1 << slot;
            return this;
        }
        Column[] copy = columns.clone();
        copy[slot] = column.set(count, index, cell, false);
        return new RowLeaf(gen, shape, copy, count, 1 << slot);
    }

    /** The same rows as an ordinary leaf. */
    private Leaf ordinary(long gen) {
        Value[] rows = new Value[count];
        for (int i = 0; i < count; i++) {
            rows[i] = new Row(this, i);
        }
        return Leaf.plain(gen, rows);
    }

    @Override
    @Nullable
    ListNode replace(long gen, int index, Path path, int depth, Value value) {
        if (depth == path.depth()) {
            return set(gen, index, value);
        }
        int slot = shape.slot(path, depth);
        if (slot < 0) {
            return null;
        }
        if (depth == path.depth() - 1) {
            return with(gen, slot, index, value);
        }
        Value cell = cell(slot, index);
        Container changed = cell instanceof Container container ? container.replace(gen, path, depth + 1, value) : null;
        if (changed == null) {
            return null;
        }
        return changed == cell ? this : with(gen, slot, index, changed);
    }

    @Override
    @Nullable
    ListNode add(long gen, int index, long ups, long downs) {
        return null;
    }

    @Override
    ListNode edit(int index, Edit edit, int depth) {
        int slot = edit.keepsKey(depth) ? shape.slot(edit.path(), depth) : -1;
        if (slot < 0) {
            return set(edit.generation(), index, edit.descend(new Row(this, index), depth));
        }
        Value cell = cell(slot, index);
        Value changed = edit.descend(cell, depth + 1);
        return changed == cell && cell instanceof Container ? this : with(edit.generation(), slot, index, changed);
    }

    @Override
    ListNode insert(long gen, int index, Value value) {
        if (count == LEAF_WIDTH) {
            return split(gen, index, value);
        }
        if (!(value instanceof Shaped row && row.shape() == shape)) {
            return ordinary(gen).insert(gen, index, value);
        }
        Column[] longer = new Column[columns.length];
        for (int slot = 0; slot < columns.length; slot++) {
            longer[slot] = columns[slot].insert(count, index, row.value(slot));
        }
        return new RowLeaf(gen, shape, longer, count + 1, -1);
    }

    private ListNode split(long gen, int index, Value value) {
        if (index == count) {
            return new InnerNode(gen, new ListNode[] {this, Leaf.plain(gen, new Value[] {value})});
        }
        int half = LEAF_WIDTH / 2;
        RowLeaf left = slice(gen, 0, half);
        RowLeaf right = slice(gen, half, count);
        ListNode[] both = index <= half
                ? new ListNode[] {left.insert(gen, index, value), right}
                : new ListNode[] {left, right.insert(gen, index - half, value)};
        return new InnerNode(gen, both);
    }

    private RowLeaf slice(long gen, int from, int to) {
        Column[] slices = new Column[columns.length];
        for (int slot = 0; slot < columns.length; slot++) {
            slices[slot] = columns[slot].slice(from, to);
        }
        return new RowLeaf(gen, shape, slices, to - from, -1);
    }

    @Override
    ListNode remove(long gen, int index) {
        Column[] shorter = new Column[columns.length];
        for (int slot = 0; slot < columns.length; slot++) {
            shorter[slot] = columns[slot].remove(count, index);
        }
        return new RowLeaf(gen, shape, shorter, count - 1, -1);
    }

    @Override
    ListNode join(long gen, ListNode right) {
        if (!(right instanceof RowLeaf other && other.shape == shape)) {
            return Leaf.of(gen, Leaf.joined(this, right), count + right.size(), null);
        }
        Column[] both = new Column[columns.length];
        for (int slot = 0; slot < columns.length; slot++) {
            both[slot] = columns[slot].join(count, other.columns[slot], other.count);
        }
        return new RowLeaf(gen, shape, both, count + other.count, -1);
    }
}
