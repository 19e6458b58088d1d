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
        Column pure = pure();
        if (pure != null) {
            return pure;
        }
        for (int i = 0; i < count; i++) {
            look(values[i]);
        }
        if (constant) {
            return new Column.Constant(values[0] instanceof Row row ? row.settled() : values[0]);
        }
        if ((kinds & ~NULL) == TEXT) {
            return texts();
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

    /** The column if all values are ints, floats or strings, as most are; null if not. One short loop for each kind. */
    private @Nullable Column pure() {
        return switch (values[0]) {
            case Value.Int _ -> pureInts();
            case Value.Float _ -> pureFloats();
            case Value.Text _ -> pureTexts();
            default -> null;
        };
    }

    private @Nullable Column pureInts() {
        long least = Long.MAX_VALUE;
        long most = Long.MIN_VALUE;
        for (int i = 0; i < count; i++) {
            if (!(values[i] instanceof Value.Int number)) {
                return null;
            }
            least = Math.min(least, number.value());
            most = Math.max(most, number.value());
        }
        if (least == most) {
            return new Column.Constant(values[0]);
        }
        if (NumberColumns.Bytes.holds(least) && NumberColumns.Bytes.holds(most)) {
            byte[] cells = new byte[count];
            for (int i = 0; i < count; i++) {
                cells[i] = (byte) ((Value.Int) values[i]).value();
            }
            return new NumberColumns.Bytes(cells);
        }
        if (NumberColumns.Ints.holds(least) && NumberColumns.Ints.holds(most)) {
            int[] cells = new int[count];
            for (int i = 0; i < count; i++) {
                cells[i] = (int) ((Value.Int) values[i]).value();
            }
            return new NumberColumns.Ints(cells);
        }
        if (!NumberColumns.Longs.holds(least)) {
            return null;
        }
        long[] cells = new long[count];
        for (int i = 0; i < count; i++) {
            cells[i] = ((Value.Int) values[i]).value();
        }
        return new NumberColumns.Longs(cells);
    }

    private @Nullable Column pureFloats() {
        double[] cells = new double[count];
        boolean same = true;
        for (int i = 0; i < count; i++) {
            if (!(values[i] instanceof Value.Float number)) {
                return null;
            }
            cells[i] = number.value();
            same = same && Double.doubleToRawLongBits(cells[i]) == Double.doubleToRawLongBits(cells[0]);
        }
        return same ? new Column.Constant(values[0]) : new NumberColumns.Floats(cells);
    }

    private @Nullable Column pureTexts() {
        @Nullable String[] cells = new @Nullable String[count];
        boolean same = true;
        for (int i = 0; i < count; i++) {
            if (!(values[i] instanceof Value.Text text)) {
                return null;
            }
            cells[i] = text.value();
            same = same && text.value().equals(cells[0]);
        }
        return same ? new Column.Constant(values[0]) : texts(cells);
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
            case FLOAT, FLOAT | NULL -> new NumberColumns.Floats(new double[count]);
            case INT | FLOAT, INT | FLOAT | NULL ->
                NumberColumns.Mixed.holds(smallest) && NumberColumns.Mixed.holds(largest)
                        ? new NumberColumns.Mixed(new double[count])
                        : null;
            case BOOL -> new Column.Bools(new boolean[count]);
            default -> null;
        };
    }

    private @Nullable Column ints() {
        if (NumberColumns.Bytes.holds(smallest) && NumberColumns.Bytes.holds(largest)) {
            return new NumberColumns.Bytes(new byte[count]);
        }
        if (NumberColumns.Ints.holds(smallest) && NumberColumns.Ints.holds(largest)) {
            return new NumberColumns.Ints(new int[count]);
        }
        return NumberColumns.Longs.holds(smallest) ? new NumberColumns.Longs(new long[count]) : null;
    }

    private Column texts() {
        @Nullable String[] cells = new @Nullable String[count];
        for (int i = 0; i < count; i++) {
            cells[i] = values[i] instanceof Value.Text text ? text.value() : null;
        }
        return texts(cells);
    }

    private Column texts(@Nullable String[] cells) {
        if (dictionary != null) {
            dictionary.unify(slot, cells);
        }
        return new Column.Texts(cells);
    }

    private Column anything() {
        Column.Anything column = new Column.Anything(new Value[count]);
        for (int i = 0; i < count; i++) {
            column.put(i, values[i]);
        }
        return column;
    }
}
