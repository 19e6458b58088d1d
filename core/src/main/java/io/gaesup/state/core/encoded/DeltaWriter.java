package io.gaesup.state.core.encoded;

import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.Limits;
import io.gaesup.state.core.Operation;
import io.gaesup.state.core.Path;
import io.gaesup.state.core.StateException;
import io.gaesup.state.core.Value;
import io.gaesup.state.core.codec.ByteWriter;
import io.gaesup.state.core.codec.MessagePack;
import java.util.HashMap;
import java.util.Map;

/** Writes the operations of one delta; the package has the grammar. */
final class DeltaWriter {

    static final int SET = 0;
    static final int MERGE = 1;
    static final int DELETE = 2;
    static final int INCREMENT = 3;
    static final int INSERT = 4;
    static final int MOVE = 5;
    static final int TEST = 6;
    static final int TEST_PRESENT = 7;

    static final int KIND_SHIFT = 5;
    static final int DEPTH_MASK = 31;
    static final int NEW_KEY = 1;
    static final int FIRST_NUMBER = 1;

    /** A head and how much of the path is shared. */
    static final int OPERATION_BYTES_MIN = 2;

    private final ByteWriter body = new ByteWriter("delta", Limits.DOCUMENT_BYTES_MAX);
    private final Map<String, Integer> numbers = new HashMap<>();
    private Path before = Path.ROOT;
    private int segments;

    static void checkCount(int count) {
        if (count > Limits.BATCH_OPERATIONS_MAX) {
            throw new StateException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "a delta has at most " + Limits.BATCH_OPERATIONS_MAX + " operations, this one has " + count);
        }
    }

    byte[] body() {
        return body.toBytes();
    }

    void write(Operation operation) {
        switch (operation) {
            case Operation.Set set -> write(SET, set.path(), set.value());
            case Operation.Merge merge -> write(MERGE, merge.path(), merge.value());
            case Operation.Delete delete -> write(DELETE, delete.path());
            case Operation.Increment increment -> write(INCREMENT, increment.path(), increment.by());
            case Operation.Insert insert -> write(INSERT, insert.path(), insert.value());
            case Operation.Move move -> {
                write(MOVE, move.path());
                write(MOVE, move.from());
            }
            case Operation.Test test -> {
                Value expected = test.value();
                if (expected == null) {
                    write(TEST_PRESENT, test.path());
                } else {
                    write(TEST, test.path(), expected);
                }
            }
        }
    }

    private void write(int kind, Path path, Value value) {
        write(kind, path);
        MessagePack.encode(value, body);
    }

    private void write(int kind, Path path) {
        int depth = path.depth();
        segments += depth;
        if (segments > EncodedLimits.SEGMENTS_MAX) {
            throw new StateException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "the paths of a delta have at most " + EncodedLimits.SEGMENTS_MAX + " segments in all");
        }
        body.writeByte(kind << KIND_SHIFT | Math.min(depth, DEPTH_MASK));
        if (depth >= DEPTH_MASK) {
            body.writeVarint(depth);
        }
        int shared = shared(path);
        body.writeVarint(shared);
        for (int i = shared; i < depth; i++) {
            if (isPosition(path, i)) {
                int step = path.index(i) - positionIn(before, i);
                int zigzag = step << 1 ^ step >> 31;
                body.writeVarint((long) zigzag << 1);
            } else {
                writeKey(path.segment(i));
            }
        }
        before = path;
    }

    private int shared(Path path) {
        int most = Math.min(path.depth(), before.depth());
        for (int i = 0; i < most; i++) {
            if (!path.segment(i).equals(before.segment(i)) || isPosition(path, i) != isPosition(before, i)) {
                return i;
            }
        }
        return most;
    }

    private void writeKey(String key) {
        Integer number = numbers.putIfAbsent(key, numbers.size());
        if (number == null) {
            body.writeVarint(NEW_KEY);
            body.writeString(key);
        } else {
            body.writeVarint((long) (number + FIRST_NUMBER) << 1 | 1);
        }
    }

    static boolean isPosition(Path path, int at) {
        return path.isPosition(at) && path.index(at) >= 0;
    }

    static int positionIn(Path path, int at) {
        return at < path.depth() && isPosition(path, at) ? path.index(at) : 0;
    }
}
