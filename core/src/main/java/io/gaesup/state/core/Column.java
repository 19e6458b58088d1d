package io.gaesup.state.core;

import org.jspecify.annotations.Nullable;

/**
 * Up to {@link ListNode#LEAF_WIDTH} values of one kind, packed: the elements of a leaf, or one field of its rows. Numbers
 * stand side by side in the narrowest array that holds them, strings without their wrapper, and what is the same
 * everywhere once. What fits nowhere else is kept as it is, so nothing is ever lost.
 */
abstract sealed class Column
        permits Column.Constant,
                Column.Anything,
                Column.Texts,
                Column.Bools,
                NumberColumns.Bytes,
                NumberColumns.Ints,
                NumberColumns.Longs,
                NumberColumns.Floats,
                NumberColumns.Mixed {

    /* A column knows no length: its owner does. Null has a place in the packed kinds: the smallest integer and NaN, which
     * are no values there (an integer that small makes the column wider). A value that does not fit turns the column into
     * one of another kind, by way of all its values; that happens when the data changes its nature, not with each write. */

    /** The best column for the first {@code count} of {@code values}. */
    static Column of(Value[] values, int count) {
        return new Columns(values, count, null, 0).best();
    }

    /**
     * As {@link #of(Value[], int)}, with one copy of the strings that {@code dictionary} knows from this {@code slot} and
     * others; {@code values} may change by that.
     */
    static Column of(Value[] values, int count, @Nullable Dictionary dictionary, int slot) {
        return new Columns(values, count, dictionary, slot).best();
    }

    abstract Value get(int at);

    /** Sends a cell without an object for it, where that can be. */
    void sendTo(int at, ValueSink sink) {
        sink.value(get(at));
    }

    static void send(long cell, long none, ValueSink sink) {
        if (cell == none) {
            sink.value(Value.NULL);
        } else {
            sink.integer(cell);
        }
    }

    /** Whether {@link #put} can take {@code value}. */
    abstract boolean fits(Value value);

    /** Replaces a cell in place; the value fits. */
    abstract void put(int at, Value value);

    /** Adds to an int in place; false, and nothing changed, where that is not all there is to do. */
    boolean add(int at, long ups, long downs) {
        return false;
    }

    abstract Column copy();

    /** A column of the same kind with room for {@code count} values. */
    abstract Column ofSameKind(int count);

    /** Takes {@code count} cells from a column of the same kind. */
    abstract void take(Column other, int from, int at, int count);

    /** As {@link #same}; {@code other} is of the same class. */
    boolean sameCell(int at, Column other, int otherAt) {
        return ListScan.sameCell(get(at), other.get(otherAt));
    }

    /** Whether both cells hold the same: scalars by content, containers by identity. */
    final boolean same(int at, Column other, int otherAt) {
        return other.getClass() == getClass()
                ? sameCell(at, other, otherAt)
                : ListScan.sameCell(get(at), other.get(otherAt));
    }

    /** This column of {@code count} values with another at {@code at}: in place if it is {@code mine} and the value fits. */
    final Column set(int count, int at, Value value, boolean mine) {
        if (!fits(value)) {
            Value[] values = values(count, new Value[count], 0);
            values[at] = value;
            return of(values, count);
        }
        Column changed = mine ? this : copy();
        changed.put(at, value);
        return changed;
    }

    /** A column of one more than {@code count} values. */
    final Column insert(int count, int at, Value value) {
        if (!fits(value)) {
            Value[] values = new Value[count + 1];
            for (int i = 0; i < count; i++) {
                values[i < at ? i : i + 1] = get(i);
            }
            values[at] = value;
            return of(values, count + 1);
        }
        Column longer = ofSameKind(count + 1);
        longer.take(this, 0, 0, at);
        longer.take(this, at, at + 1, count - at);
        longer.put(at, value);
        return longer;
    }

    /** A column of one less than {@code count} values. */
    final Column remove(int count, int at) {
        Column shorter = ofSameKind(count - 1);
        shorter.take(this, 0, 0, at);
        shorter.take(this, at + 1, at, count - at - 1);
        return shorter;
    }

    final Column slice(int from, int to) {
        Column slice = ofSameKind(to - from);
        slice.take(this, from, 0, to - from);
        return slice;
    }

    /** The first {@code count} values of this and the first {@code otherCount} of the other. */
    final Column join(int count, Column other, int otherCount) {
        if (other.getClass() != getClass() || this instanceof Constant) {
            Value[] values = values(count, new Value[count + otherCount], 0);
            return of(other.values(otherCount, values, count), values.length);
        }
        Column both = ofSameKind(count + otherCount);
        both.take(this, 0, 0, count);
        both.take(other, 0, count, otherCount);
        return both;
    }

    /** The first {@code count} values, put into {@code target} from {@code offset} on. */
    final Value[] values(int count, Value[] target, int offset) {
        for (int i = 0; i < count; i++) {
            target[offset + i] = get(i);
        }
        return target;
    }

    /** One value everywhere. */
    static final class Constant extends Column {

        private final Value value;

        Constant(Value value) {
            this.value = value;
        }

        @Override
        Value get(int at) {
            return value;
        }

        @Override
        boolean fits(Value other) {
            return value == other || (!(value instanceof Container) && value.equals(other));
        }

        @Override
        void put(int at, Value other) {}

        @Override
        Column copy() {
            return this;
        }

        @Override
        Column ofSameKind(int count) {
            return this;
        }

        @Override
        void take(Column other, int from, int at, int count) {}
    }

    /** Anything. */
    static final class Anything extends Column {

        private final Value[] cells;

        Anything(Value[] cells) {
            this.cells = cells;
        }

        @Override
        Value get(int at) {
            return cells[at];
        }

        @Override
        boolean fits(Value value) {
            return true;
        }

        @Override
        void put(int at, Value value) {
            cells[at] = value instanceof Row row ? row.settled() : value;
        }

        @Override
        Column copy() {
            return new Anything(cells.clone());
        }

        @Override
        Column ofSameKind(int count) {
            return new Anything(new Value[count]);
        }

        @Override
        void take(Column other, int from, int at, int count) {
            System.arraycopy(((Anything) other).cells, from, cells, at, count);
        }
    }

    /** Strings and nulls. */
    static final class Texts extends Column {

        private final @Nullable String[] cells;

        Texts(@Nullable String[] cells) {
            this.cells = cells;
        }

        @Override
        Value get(int at) {
            String text = cells[at];
            return text == null ? Value.NULL : Value.Text.checked(text);
        }

        @Override
        void sendTo(int at, ValueSink sink) {
            String cell = cells[at];
            if (cell == null) {
                sink.value(Value.NULL);
            } else {
                sink.text(cell);
            }
        }

        @Override
        boolean fits(Value value) {
            return value instanceof Value.Text || value == Value.NULL;
        }

        @Override
        void put(int at, Value value) {
            cells[at] = value instanceof Value.Text text ? text.value() : null;
        }

        @Override
        Column copy() {
            return new Texts(cells.clone());
        }

        @Override
        Column ofSameKind(int count) {
            return new Texts(new String[count]);
        }

        @Override
        void take(Column other, int from, int at, int count) {
            System.arraycopy(((Texts) other).cells, from, cells, at, count);
        }

        @Override
        boolean sameCell(int at, Column other, int otherAt) {
            String mine = cells[at];
            String theirs = ((Texts) other).cells[otherAt];
            return mine == null ? theirs == null : mine.equals(theirs);
        }
    }

    /** True and false. */
    static final class Bools extends Column {

        private final boolean[] cells;

        Bools(boolean[] cells) {
            this.cells = cells;
        }

        @Override
        Value get(int at) {
            return Value.of(cells[at]);
        }

        @Override
        boolean fits(Value value) {
            return value instanceof Value.Bool;
        }

        @Override
        void put(int at, Value value) {
            cells[at] = value == Value.Bool.TRUE;
        }

        @Override
        Column copy() {
            return new Bools(cells.clone());
        }

        @Override
        Column ofSameKind(int count) {
            return new Bools(new boolean[count]);
        }

        @Override
        void take(Column other, int from, int at, int count) {
            System.arraycopy(((Bools) other).cells, from, cells, at, count);
        }
    }
}
