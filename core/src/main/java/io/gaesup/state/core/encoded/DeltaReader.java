package io.gaesup.state.core.encoded;

import static io.gaesup.state.core.encoded.DeltaWriter.DELETE;
import static io.gaesup.state.core.encoded.DeltaWriter.DEPTH_MASK;
import static io.gaesup.state.core.encoded.DeltaWriter.FIRST_NUMBER;
import static io.gaesup.state.core.encoded.DeltaWriter.INCREMENT;
import static io.gaesup.state.core.encoded.DeltaWriter.INSERT;
import static io.gaesup.state.core.encoded.DeltaWriter.KIND_SHIFT;
import static io.gaesup.state.core.encoded.DeltaWriter.MERGE;
import static io.gaesup.state.core.encoded.DeltaWriter.MOVE;
import static io.gaesup.state.core.encoded.DeltaWriter.NEW_KEY;
import static io.gaesup.state.core.encoded.DeltaWriter.SET;
import static io.gaesup.state.core.encoded.DeltaWriter.TEST;

import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.Limits;
import io.gaesup.state.core.Operation;
import io.gaesup.state.core.Path;
import io.gaesup.state.core.StateException;
import io.gaesup.state.core.Value;
import io.gaesup.state.core.codec.ByteReader;
import io.gaesup.state.core.codec.MessagePack;
import java.util.ArrayList;
import java.util.List;

/** Reads the operations of one delta; the package has the grammar. */
final class DeltaReader {

    /** Of so many digits a position has at most nine. */
    private static final int POSITION_MAX = 999_999_999;

    /** The marks beyond the first 64 segments of a path that has none. */
    private static final long[] NONE_DEEPER = {};

    private final ByteReader in;
    private final int segmentsMax;
    private final List<String> keys = new ArrayList<>();
    private Path before = Path.ROOT;
    private int segments;

    DeltaReader(byte[] body, EncodedLimits limits) {
        this.in = new ByteReader(body);
        this.segmentsMax = limits.segmentsMax();
    }

    void requireEnd() {
        in.requireEnd();
    }

    Operation read() {
        int head = in.readByte();
        int kind = head >>> KIND_SHIFT;
        Path path = readPath(head);
        if (path.isRoot() && (kind == DELETE || kind == INSERT || kind == MOVE)) {
            throw in.malformed("the whole document cannot be deleted, inserted or moved");
        }
        return switch (kind) {
            case SET -> new Operation.Set(path, readValue());
            case MERGE -> new Operation.Merge(path, readValue());
            case DELETE -> new Operation.Delete(path);
            case INCREMENT -> {
                Value by = readValue();
                if (!(by instanceof Value.Number number)) {
                    throw in.malformed("an increment is by a number, this one is by a " + by.kind());
                }
                yield new Operation.Increment(path, number);
            }
            case INSERT -> new Operation.Insert(path, readValue());
            case MOVE -> readMove(path);
            case TEST -> new Operation.Test(path, readValue());
            default -> new Operation.Test(path, null);
        };
    }

    private Operation readMove(Path path) {
        int head = in.readByte();
        Path from = readPath(head);
        if (head >>> KIND_SHIFT != MOVE || from.isRoot()) {
            throw in.malformed("a move has a second path, from where it moves");
        }
        return new Operation.Move(from, path);
    }

    private Value readValue() {
        return MessagePack.decode(in);
    }

    private Path readPath(int head) {
        long said = head & DEPTH_MASK;
        if (said == DEPTH_MASK) {
            said = in.readVarint();
        }
        if (said < 0 || said > Limits.DEPTH_MAX) {
            throw in.malformed("a path has at most " + Limits.DEPTH_MAX + " segments, this one has "
                    + Long.toUnsignedString(said));
        }
        int depth = (int) said;
        segments += depth;
        if (segments > segmentsMax) {
            throw new StateException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "at byte " + in.position() + ": the paths of a delta have at most " + segmentsMax
                            + " segments in all");
        }
        long shared = in.readVarint();
        if (shared < 0 || shared > depth || shared > before.depth()) {
            throw in.malformed("a path of " + depth + " segments cannot share " + Long.toUnsignedString(shared)
                    + " with one of " + before.depth());
        }
        before = readSegments(depth, (int) shared);
        return before;
    }

    private Path readSegments(int depth, int shared) {
        String[] parts = new String[depth];
        long positions = 0;
        long[] deeper = depth <= Long.SIZE ? NONE_DEEPER : new long[(depth - 1) / Long.SIZE];
        for (int i = 0; i < depth; i++) {
            boolean isPosition;
            if (i < shared) {
                parts[i] = before.segment(i);
                isPosition = before.isPosition(i);
            } else {
                long tag = in.readVarint();
                isPosition = (tag & 1) == 0;
                parts[i] = isPosition ? position(tag >>> 1, i) : key(tag);
            }
            if (isPosition && i < Long.SIZE) {
                positions |= 1L << i;
            } else if (isPosition) {
                deeper[i / Long.SIZE - 1] |= 1L << i;
            }
        }
        return Path.ofResolved(parts, positions, deeper);
    }

    private String position(long zigzag, int at) {
        long step = zigzag >>> 1 ^ -(zigzag & 1);
        long position = DeltaWriter.positionIn(before, at) + step;
        if (position < 0 || position > POSITION_MAX) {
            throw in.malformed("no list has a position " + position);
        }
        return Integer.toString((int) position);
    }

    private String key(long tag) {
        if (tag == NEW_KEY) {
            String key = in.readString();
            keys.add(key);
            return key;
        }
        long number = (tag >>> 1) - FIRST_NUMBER;
        if (number >= keys.size()) {
            throw in.malformed("no key has the number " + Long.toUnsignedString(number));
        }
        return keys.get((int) number);
    }
}
