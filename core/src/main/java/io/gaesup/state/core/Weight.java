package io.gaesup.state.core;

import java.util.List;

/** Says how many bytes operations take in a frame at most, without encoding them. */
final class Weight {

    /* The sizes are those of MessagePack and of OperationCodec; what depends on the table of known keys counts in full. */

    /** What an operation takes beside its paths and its value, and a path beside its segments. */
    private static final int HEAD = 3;

    private static final int NUMBER = 9;
    private static final int BYTES_HEAD = 6;

    private long bytes;

    private Weight() {}

    static long of(List<Operation> operations) {
        Weight weight = new Weight();
        for (Operation operation : operations) {
            weight.add(operation);
        }
        return weight.bytes;
    }

    private void add(Operation operation) {
        bytes += HEAD;
        add(operation.path());
        switch (operation) {
            case Operation.Set set -> add(set.value());
            case Operation.Merge merge -> add(merge.value());
            case Operation.Insert insert -> add(insert.value());
            case Operation.Move move -> add(move.from());
            case Operation.Increment increment -> add(increment.by());
            case Operation.Delete _ -> {}
            case Operation.Test test -> {
                Value expected = test.value();
                if (expected != null) {
                    add(expected);
                }
            }
        }
    }

    private void add(Path path) {
        bytes += HEAD;
        for (int i = 0; i < path.depth(); i++) {
            add(path.segment(i));
            bytes += HEAD;
        }
    }

    private void add(Value value) {
        switch (value) {
            case Value.Text text -> add(text.value());
            case Value.Binary binary -> bytes += BYTES_HEAD + binary.length();
            case Extension extension -> bytes += BYTES_HEAD + extension.length();
            case ListValue list -> {
                bytes += lengthOf(list.size());
                list.forEach(this::add);
            }
            case MapValue map -> {
                bytes += lengthOf(map.size());
                map.forEach((key, entry) -> {
                    add(key);
                    add(entry);
                });
            }
            case Value.Int number -> bytes += lengthOf(number.value() < 0 ? ~number.value() << 1 : number.value());
            case Value.Float _ -> bytes += NUMBER;
            case Value.Null _, Value.Bool _ -> bytes++;
        }
    }

    private void add(String text) {
        int length = MapValue.utf8Length(text);
        bytes += lengthOf(length) + length;
    }

    /** What a number takes, or what is in front of so many bytes, values or entries. */
    private static int lengthOf(long number) {
        if (number >= 0 && number < 16) {
            return 1;
        }
        return number >= 0 && number < 1 << 16 ? 3 : number >= 0 && number < 1L << 32 ? 5 : NUMBER;
    }
}
