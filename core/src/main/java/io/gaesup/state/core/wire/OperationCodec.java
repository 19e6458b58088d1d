package io.gaesup.state.core.wire;

import io.gaesup.state.core.Limits;
import io.gaesup.state.core.Operation;
import io.gaesup.state.core.Path;
import io.gaesup.state.core.Value;
import io.gaesup.state.core.codec.ByteReader;
import io.gaesup.state.core.codec.ByteWriter;
import io.gaesup.state.core.codec.MessagePack;
import java.util.ArrayList;
import java.util.List;

/** Batches as bytes; see the package's grammar. The journal keeps them so too, with a fresh {@link KeyTable} each. */
public final class OperationCodec {

    private static final int SET = 0;
    private static final int MERGE = 1;
    private static final int DELETE = 2;
    private static final int INCREMENT = 3;
    private static final int INSERT = 4;
    private static final int MOVE = 5;
    private static final int TEST = 6;
    private static final int TEST_PRESENT = 7;

    private static final int KIND_SHIFT = 5;
    private static final int DEPTH_MASK = 31;

    private static final int KEY = 1;
    private static final int KEY_WITH_NUMBER = 3;
    private static final int FIRST_NUMBER = 2;

    /** The marks beyond the first 64 segments of a path that has none. */
    private static final long[] NONE_DEEPER = {};

    private OperationCodec() {}

    /** Writes one batch; keys get numbers as {@code table} gives them. */
    public static void write(ByteWriter out, List<Operation> operations, KeyTable table) {
        out.writeVarint(operations.size());
        for (Operation operation : operations) {
            write(out, operation, table);
        }
    }

    /**
     * Reads one batch.
     *
     * @throws io.gaesup.state.core.StateException with code {@code MALFORMED} or {@code LIMIT_EXCEEDED}
     */
    public static List<Operation> read(ByteReader in, KeyTable table) {
        long count = in.readVarint();
        if (count < 0 || count > Limits.BATCH_OPERATIONS_MAX || count > in.remaining()) {
            throw in.malformed("a batch of " + count + " operations does not fit in " + in.remaining() + " bytes");
        }
        List<Operation> operations = new ArrayList<>((int) count);
        for (int i = 0; i < count; i++) {
            operations.add(readOperation(in, table));
        }
        return operations;
    }

    private static void write(ByteWriter out, Operation operation, KeyTable table) {
        switch (operation) {
            case Operation.Set set -> {
                writeHead(out, SET, set.path(), table);
                MessagePack.encode(set.value(), out);
            }
            case Operation.Merge merge -> {
                writeHead(out, MERGE, merge.path(), table);
                MessagePack.encode(merge.value(), out);
            }
            case Operation.Delete delete -> writeHead(out, DELETE, delete.path(), table);
            case Operation.Increment increment -> {
                writeHead(out, INCREMENT, increment.path(), table);
                MessagePack.encode(increment.by(), out);
            }
            case Operation.Insert insert -> {
                writeHead(out, INSERT, insert.path(), table);
                MessagePack.encode(insert.value(), out);
            }
            case Operation.Move move -> {
                writeHead(out, MOVE, move.path(), table);
                out.writeVarint(move.from().depth());
                writeSegments(out, move.from(), table);
            }
            case Operation.Test test -> {
                Value expected = test.value();
                writeHead(out, expected == null ? TEST_PRESENT : TEST, test.path(), table);
                if (expected != null) {
                    MessagePack.encode(expected, out);
                }
            }
        }
    }

    private static void writeHead(ByteWriter out, int kind, Path path, KeyTable table) {
        int depth = path.depth();
        if (depth < DEPTH_MASK) {
            out.writeByte(kind << KIND_SHIFT | depth);
        } else {
            out.writeByte(kind << KIND_SHIFT | DEPTH_MASK);
            out.writeVarint(depth);
        }
        writeSegments(out, path, table);
    }

    private static void writeSegments(ByteWriter out, Path path, KeyTable table) {
        for (int i = 0; i < path.depth(); i++) {
            if (path.isPosition(i) && path.index(i) >= 0) {
                out.writeVarint((long) path.index(i) << 1);
            } else {
                writeKey(out, path.segment(i), table);
            }
        }
    }

    private static void writeKey(ByteWriter out, String key, KeyTable table) {
        int number = table.numberOf(key);
        if (number >= 0) {
            out.writeVarint((long) (number + FIRST_NUMBER) << 1 | 1);
            return;
        }
        int given = table.give(key);
        if (given < 0) {
            out.writeVarint(KEY);
        } else {
            out.writeVarint(KEY_WITH_NUMBER);
            out.writeVarint(given);
        }
        out.writeString(key);
    }

    private static Operation readOperation(ByteReader in, KeyTable table) {
        int head = in.readByte();
        int depth = head & DEPTH_MASK;
        Path path = readPath(in, depth < DEPTH_MASK ? depth : in.readVarint(), table);
        return switch (head >>> KIND_SHIFT) {
            case SET -> new Operation.Set(path, MessagePack.decode(in));
            case MERGE -> new Operation.Merge(path, MessagePack.decode(in));
            case DELETE -> new Operation.Delete(path);
            case INCREMENT -> {
                Value by = MessagePack.decode(in);
                if (!(by instanceof Value.Number number)) {
                    throw in.malformed("an increment is by a number, this one is by a " + by.kind());
                }
                yield new Operation.Increment(path, number);
            }
            case INSERT -> new Operation.Insert(path, MessagePack.decode(in));
            case MOVE -> new Operation.Move(readPath(in, in.readVarint(), table), path);
            case TEST -> new Operation.Test(path, MessagePack.decode(in));
            default -> new Operation.Test(path, null);
        };
    }

    private static Path readPath(ByteReader in, long depth, KeyTable table) {
        if (depth < 0 || depth > Limits.DEPTH_MAX) {
            throw in.malformed("a path has at most " + Limits.DEPTH_MAX + " segments, this one has " + depth);
        }
        String[] segments = new String[(int) depth];
        long positions = 0;
        long[] deeper = depth <= Long.SIZE ? NONE_DEEPER : new long[(int) (depth - 1) / Long.SIZE];
        for (int i = 0; i < segments.length; i++) {
            long tag = in.readVarint();
            if ((tag & 1) == 0) {
                segments[i] = position(in, tag >>> 1);
                if (i < Long.SIZE) {
                    positions |= 1L << i;
                } else {
                    deeper[i / Long.SIZE - 1] |= 1L << i;
                }
            } else {
                segments[i] = readKey(in, tag, table);
            }
        }
        return Path.ofResolved(segments, positions, deeper);
    }

    private static String position(ByteReader in, long position) {
        if (position > Integer.MAX_VALUE) {
            throw in.malformed("no list has a position " + position);
        }
        return Integer.toString((int) position);
    }

    private static String readKey(ByteReader in, long tag, KeyTable table) {
        if (tag == KEY) {
            return in.readString();
        }
        if (tag == KEY_WITH_NUMBER) {
            long number = in.readVarint();
            String key = in.readString();
            if (number < 0 || !table.learn(number, key)) {
                throw in.malformed("key number " + number + " cannot be given to \"" + key + "\" here");
            }
            return key;
        }
        String key = table.keyAt((tag >>> 1) - FIRST_NUMBER);
        if (key == null) {
            throw in.malformed("no key has the number " + ((tag >>> 1) - FIRST_NUMBER));
        }
        return key;
    }
}
