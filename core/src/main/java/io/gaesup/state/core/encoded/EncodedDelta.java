package io.gaesup.state.core.encoded;

import io.gaesup.state.core.Delta;
import io.gaesup.state.core.Limits;
import io.gaesup.state.core.Operation;
import io.gaesup.state.core.StateException;
import io.gaesup.state.core.codec.ByteReader;
import io.gaesup.state.core.codec.ByteWriter;
import io.gaesup.state.core.codec.Lz4;
import java.util.ArrayList;
import java.util.List;

/**
 * Deltas as bytes at rest, each for itself: a key is written once, what a path has in common with the one before not at
 * all, and the whole is compressed where that pays. (Between a node and its clients deltas travel as {@link
 * io.gaesup.state.core.wire} says, with keys numbered for a connection's life.)
 */
public final class EncodedDelta {

    private EncodedDelta() {}

    /**
     * The bytes of {@code delta}, the same on every platform.
     *
     * @throws IllegalArgumentException for a revision below 0, or a delta that leads to an earlier one
     * @throws StateException with code {@code LIMIT_EXCEEDED} for more than {@link Limits#BATCH_OPERATIONS_MAX}
     *     operations, or operations of more than {@link Limits#DOCUMENT_BYTES_MAX} bytes or {@link
     *     EncodedLimits#segmentsMax} segments; {@code MALFORMED} for a path with a lone surrogate
     */
    public static byte[] encode(Delta delta) {
        if (delta.from() < 0 || delta.to() < delta.from()) {
            throw new IllegalArgumentException(
                    "a delta at rest leads from a revision, which is 0 or more, to one that is not"
                            + " before it; this one from " + delta.from() + " to " + delta.to());
        }
        int count = delta.operations().size();
        DeltaWriter.checkCount(count);
        DeltaWriter writer = new DeltaWriter();
        for (Operation operation : delta.operations()) {
            writer.write(operation);
        }
        byte[] body = writer.body();
        ByteWriter head = new ByteWriter("delta", Integer.MAX_VALUE);
        ByteWriter block = new ByteWriter("delta", Integer.MAX_VALUE);
        head.writeBytes(new byte[] {'G', 'S', 'D', Head.VERSION});
        head.writeVarint(delta.from());
        head.writeVarint(delta.to() - delta.from());
        head.writeVarint(count);
        head.writeVarint(body.length);
        byte[] room = new byte[Lz4.compressedLengthMax(body.length)];
        StateWriter.writeBlock(Platform.PORTABLE, head, block, body, 0, body.length, room);
        byte[] headBytes = head.toBytes();
        head.writeInt(Platform.PORTABLE.checksum(headBytes, 0, headBytes.length));
        head.writeBytes(block.toBytes());
        return head.toBytes();
    }

    /** The delta that {@code bytes} are, within the usual limits. */
    public static Delta decode(byte[] bytes) {
        return decode(bytes, EncodedLimits.defaults());
    }

    /**
     * The delta that {@code bytes} are.
     *
     * @throws StateException with the offset: {@code UNSUPPORTED_VERSION} for a later version of the form, {@code
     *     LIMIT_EXCEEDED} for sizes beyond {@code limits}, {@code MALFORMED} for anything else that is wrong, and what
     *     reading a value of an operation fails with
     */
    public static Delta decode(byte[] bytes, EncodedLimits limits) {
        ByteReader in = new ByteReader(bytes);
        Head.checkMagic(in, 'D', "an encoded delta");
        long from = in.readVarint();
        long steps = in.readVarint();
        if (from < 0 || steps < 0 || steps > Long.MAX_VALUE - from) {
            throw in.malformed("no delta leads from revision " + Long.toUnsignedString(from) + " on by "
                    + Long.toUnsignedString(steps) + ": revisions are 0 to " + Long.MAX_VALUE);
        }
        long count = in.readVarint();
        int size = Head.size(in, "a delta", limits.payloadBytesMax());
        if (count < 0 || count > Limits.BATCH_OPERATIONS_MAX || count > size / DeltaWriter.OPERATION_BYTES_MIN) {
            throw in.malformed(Long.toUnsignedString(count) + " operations do not fit in " + size + " bytes");
        }
        long block = in.readVarint();
        Head.checkBlock(in, "the block", block >>> 1, (block & 1) != 0, size);
        requireChecksum(in, bytes, 0, in.position(), "the head");
        byte[] body = body(in, bytes, (int) (block >>> 1), (block & 1) != 0, size);
        return new Delta(from, from + steps, operations(body, (int) count, limits));
    }

    private static byte[] body(ByteReader in, byte[] bytes, int stored, boolean compressed, int size) {
        if (in.remaining() != stored + Head.CHECKSUM_BYTES) {
            throw in.malformed("a block of " + stored + " bytes and its checksum should follow, but " + in.remaining()
                    + " bytes are left");
        }
        int at = in.position() + Head.CHECKSUM_BYTES;
        requireChecksum(in, bytes, at, stored, "the block");
        if (!compressed) {
            return in.readBytes(stored);
        }
        byte[] body = new byte[size];
        try {
            Lz4.decompress(bytes, at, stored, body, 0, size);
        } catch (StateException e) {
            throw new StateException(e.code(), "in the block at byte " + at + ": " + e.detail(), e);
        }
        return body;
    }

    private static List<Operation> operations(byte[] body, int count, EncodedLimits limits) {
        DeltaReader reader = new DeltaReader(body, limits);
        try {
            List<Operation> operations = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                operations.add(reader.read());
            }
            reader.requireEnd();
            return operations;
        } catch (StateException e) {
            throw new StateException(e.code(), "in the operations, " + e.detail(), e);
        }
    }

    private static void requireChecksum(ByteReader in, byte[] bytes, int from, int length, String what) {
        int computed = Platform.PORTABLE.checksum(bytes, from, length);
        int said = in.readInt();
        if (said != computed) {
            throw in.malformed(Head.checksumMismatch(what, said, computed));
        }
    }
}
