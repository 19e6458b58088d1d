package io.gaesup.state.core;

import org.jspecify.annotations.Nullable;

/** Looks at the values of a column-to-be, and chooses its kind. */
final class Columns {

    private static final int NULL = 1;
    private static final int INT = 2;
    private static final int FLOAT = 4;
    private static final int TEXT = 8;
    private static final int BOOL = 16;
    private static final int OTHER = 32;

    private final Value[] values;
    private final int count;
    private final @Nullable Dictionary dictionary;
    private final int slot;

    private int kinds;
    private boolean constant = true;
    private long smallest = Long.MAX_VALUE;
    private long largest = Long.MIN_VALUE;

    Columns(Value[] values, int count, @Nullable Dictionary dictionary, int slot) {
        this.values = values;
        this.count = count;
        this.dictionary = dictionary;
        this.slot = slot;
    }

    Column best() {
        if (count == 0) {
            return new Column.Anything(new Value[0]);
        }
        for (int i = 0; i < count; i++) {
            look(values[i]);
        }
        if (constant) {
            return new Column.Constant(values[0] instanceof Row row ? row.settled() : values[0]);
        }
        Column packed = packed();
        if (packed == null) {
            return anything();
        }
        for (int i = 0; i < count; i++) {
            packed.put(i, values[i]);
        }
        return packed;
    }

    private void look(Value value) {
        constant = constant && (value == values[0] || (!(value instanceof Container) && value.equals(values[0])));
        switch (value) {
            case Value.Int number -> {
                kinds |= INT;
                smallest = Math.min(smallest, number.value());
                largest = Math.max(largest, number.value());
            }
            case Value.Float _ -> kinds |= FLOAT;
            case Value.Text _ -> kinds |= TEXT;
            case Value.Bool _ -> kinds |= BOOL;
            case Value.Null _ -> kinds |= NULL;
            default -> kinds |= OTHER;
        }
    }

    private @Nullable Column packed() {
        return switch (kinds) {
            case INT, INT | NULL -> ints();
            case FLOAT, FLOAT | NULL -> new Column.Floats(new double[count]);
            case INT | FLOAT, INT | FLOAT | NULL ->
                Column.Mixed.holds(smallest) && Column.Mixed.holds(largest)
                        ? new Column.Mixed(new double[count])
                        : null;
            case TEXT, TEXT | NULL -> texts();
            case BOOL -> new Column.Bools(new boolean[count]);
            default -> null;
        };
    }

    private @Nullable Column ints() {
        if (Column.Bytes.holds(smallest) && Column.Bytes.holds(largest)) {
            return new Column.Bytes(new byte[count]);
        }
        if (Column.Ints.holds(smallest) && Column.Ints.holds(largest)) {
            return new Column.Ints(new int[count]);
        }
        return Column.Longs.holds(smallest) ? new Column.Longs(new long[count]) : null;
    }

    private Column texts() {
        if (dictionary != null) {
            dictionary.unify(slot, values, count);
        }
        return new Column.Texts(new String[count]);
    }

    private Column anything() {
        Column.Anything column = new Column.Anything(new Value[count]);
        for (int i = 0; i < count; i++) {
            column.put(i, values[i]);
        }
        return column;
    }
}
