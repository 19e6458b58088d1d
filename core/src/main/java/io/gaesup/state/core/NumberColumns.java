package io.gaesup.state.core;

/** The kinds of {@link Column} that pack numbers. */
final class NumberColumns {

    private NumberColumns() {}

    /** Ints from -127 to 127, and nulls. */
    static final class Bytes extends Column {

        private static final byte NULL = Byte.MIN_VALUE;
        private final byte[] cells;

        Bytes(byte[] cells) {
            this.cells = cells;
        }

        static boolean holds(long value) {
            return value > NULL && value <= Byte.MAX_VALUE;
        }

        @Override
        Value get(int at) {
            byte cell = cells[at];
            return cell == NULL ? Value.NULL : Value.of(cell);
        }

        @Override
        void sendTo(int at, ValueSink sink) {
            Column.send(cells[at], NULL, sink);
        }

        @Override
        boolean fits(Value value) {
            return value == Value.NULL || (value instanceof Value.Int number && holds(number.value()));
        }

        @Override
        void put(int at, Value value) {
            cells[at] = value instanceof Value.Int number ? (byte) number.value() : NULL;
        }

        @Override
        Column copy() {
            return new Bytes(cells.clone());
        }

        @Override
        Column ofSameKind(int count) {
            return new Bytes(new byte[count]);
        }

        @Override
        void take(Column other, int from, int at, int count) {
            System.arraycopy(((Bytes) other).cells, from, cells, at, count);
        }

        @Override
        boolean sameCell(int at, Column other, int otherAt) {
            return cells[at] == ((Bytes) other).cells[otherAt];
        }
    }

    /** Ints of 32 bits but the smallest, and nulls. */
    static final class Ints extends Column {

        private static final int NULL = Integer.MIN_VALUE;
        private final int[] cells;

        Ints(int[] cells) {
            this.cells = cells;
        }

        static boolean holds(long value) {
            return value > NULL && value <= Integer.MAX_VALUE;
        }

        @Override
        Value get(int at) {
            int cell = cells[at];
            return cell == NULL ? Value.NULL : Value.of(cell);
        }

        @Override
        void sendTo(int at, ValueSink sink) {
            Column.send(cells[at], NULL, sink);
        }

        @Override
        boolean fits(Value value) {
            return value == Value.NULL || (value instanceof Value.Int number && holds(number.value()));
        }

        @Override
        void put(int at, Value value) {
            cells[at] = value instanceof Value.Int number ? (int) number.value() : NULL;
        }

        @Override
        boolean add(int at, long ups, long downs) {
            int cell = cells[at];
            long sum = cell + ups + downs;
            if (cell == NULL || !MergeSlots.addsUp(cell, ups, downs) || !holds(sum)) {
                return false;
            }
            cells[at] = (int) sum;
            return true;
        }

        @Override
        Column copy() {
            return new Ints(cells.clone());
        }

        @Override
        Column ofSameKind(int count) {
            return new Ints(new int[count]);
        }

        @Override
        void take(Column other, int from, int at, int count) {
            System.arraycopy(((Ints) other).cells, from, cells, at, count);
        }

        @Override
        boolean sameCell(int at, Column other, int otherAt) {
            return cells[at] == ((Ints) other).cells[otherAt];
        }
    }

    /** Ints of 64 bits but the smallest, and nulls. */
    static final class Longs extends Column {

        private static final long NULL = Long.MIN_VALUE;
        private final long[] cells;

        Longs(long[] cells) {
            this.cells = cells;
        }

        static boolean holds(long value) {
            return value != NULL;
        }

        @Override
        Value get(int at) {
            long cell = cells[at];
            return cell == NULL ? Value.NULL : Value.of(cell);
        }

        @Override
        void sendTo(int at, ValueSink sink) {
            Column.send(cells[at], NULL, sink);
        }

        @Override
        boolean fits(Value value) {
            return value == Value.NULL || (value instanceof Value.Int number && holds(number.value()));
        }

        @Override
        void put(int at, Value value) {
            cells[at] = value instanceof Value.Int number ? number.value() : NULL;
        }

        @Override
        boolean add(int at, long ups, long downs) {
            long cell = cells[at];
            long sum = cell + ups + downs;
            if (cell == NULL || !MergeSlots.addsUp(cell, ups, downs) || !holds(sum)) {
                return false;
            }
            cells[at] = sum;
            return true;
        }

        @Override
        Column copy() {
            return new Longs(cells.clone());
        }

        @Override
        Column ofSameKind(int count) {
            return new Longs(new long[count]);
        }

        @Override
        void take(Column other, int from, int at, int count) {
            System.arraycopy(((Longs) other).cells, from, cells, at, count);
        }

        @Override
        boolean sameCell(int at, Column other, int otherAt) {
            return cells[at] == ((Longs) other).cells[otherAt];
        }
    }

    /** Floats and nulls. */
    static final class Floats extends Column {

        private final double[] cells;

        Floats(double[] cells) {
            this.cells = cells;
        }

        @Override
        Value get(int at) {
            double cell = cells[at];
            return Double.isNaN(cell) ? Value.NULL : Value.of(cell);
        }

        @Override
        void sendTo(int at, ValueSink sink) {
            double cell = cells[at];
            if (Double.isNaN(cell)) {
                sink.value(Value.NULL);
            } else {
                sink.real(cell);
            }
        }

        @Override
        boolean fits(Value value) {
            return value instanceof Value.Float || value == Value.NULL;
        }

        @Override
        void put(int at, Value value) {
            cells[at] = value instanceof Value.Float number ? number.value() : Double.NaN;
        }

        @Override
        Column copy() {
            return new Floats(cells.clone());
        }

        @Override
        Column ofSameKind(int count) {
            return new Floats(new double[count]);
        }

        @Override
        void take(Column other, int from, int at, int count) {
            System.arraycopy(((Floats) other).cells, from, cells, at, count);
        }

        @Override
        boolean sameCell(int at, Column other, int otherAt) {
            return Double.doubleToLongBits(cells[at]) == Double.doubleToLongBits(((Floats) other).cells[otherAt]);
        }
    }

    /** Floats, ints that a double holds exactly, and nulls: what a column of prices from JavaScript is. */
    static final class Mixed extends Column {

        private static final long EXACT_MAX = 1L << 53;
        private final double[] cells;

        /** Bit i: cell i is an int. */
        private int ints;

        Mixed(double[] cells) {
            this.cells = cells;
        }

        static boolean holds(long value) {
            return value >= -EXACT_MAX && value <= EXACT_MAX;
        }

        @Override
        Value get(int at) {
            double cell = cells[at];
            if ((ints >>> at & 1) != 0) {
                return Value.of((long) cell);
            }
            return Double.isNaN(cell) ? Value.NULL : Value.of(cell);
        }

        @Override
        boolean fits(Value value) {
            return value instanceof Value.Float
                    || value == Value.NULL
                    || (value instanceof Value.Int number && holds(number.value()));
        }

        @Override
        void put(int at, Value value) {
            if (value instanceof Value.Int number) {
                cells[at] = number.value();
                ints |= 1 << at;
            } else {
                cells[at] = value instanceof Value.Float number ? number.value() : Double.NaN;
                ints &= ~(1 << at);
            }
        }

        @Override
        Column copy() {
            Mixed copy = new Mixed(cells.clone());
            copy.ints = ints;
            return copy;
        }

        @Override
        Column ofSameKind(int count) {
            return new Mixed(new double[count]);
        }

        @Override
        void take(Column other, int from, int at, int count) {
            Mixed source = (Mixed) other;
            System.arraycopy(source.cells, from, cells, at, count);
            for (int i = 0; i < count; i++) {
                int bit = 1 << at + i;
                ints = (source.ints >>> from + i & 1) == 0 ? ints & ~bit : ints | bit;
            }
        }
    }
}
