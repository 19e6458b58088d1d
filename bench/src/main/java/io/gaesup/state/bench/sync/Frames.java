package io.gaesup.state.bench.sync;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The client's half of RFC 6455 framing: whole messages, masked with a zero key, so that the mask costs nothing. */
final class Frames {

    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    /** The longest header that {@link #append} writes. */
    static final int HEADER_BYTES_MAX = 14;

    private static final int PAYLOAD_BYTES_MAX = 64 << 20;

    private Frames() {}

    record Frame(int opcode, byte[] payload) {}

    static void append(ByteBuffer target, int opcode, byte[] payload, int length) {
        target.put((byte) (0x80 | opcode));
        if (length < 126) {
            target.put((byte) (0x80 | length));
        } else if (length < 1 << 16) {
            target.put((byte) (0x80 | 126)).putShort((short) length);
        } else {
            target.put((byte) (0x80 | 127)).putLong(length);
        }
        target.putInt(0).put(payload, 0, length);
    }

    static byte[] of(int opcode, byte[] payload) {
        var frame = ByteBuffer.allocate(HEADER_BYTES_MAX + payload.length);
        append(frame, opcode, payload, payload.length);
        var bytes = new byte[frame.position()];
        frame.flip().get(bytes);
        return bytes;
    }

    /** Reads a frame of a server, which is neither masked nor, as we ask for no extension, compressed. */
    static Frame read(DataInputStream in) throws IOException {
        int first = in.readUnsignedByte();
        int second = in.readUnsignedByte();
        long length = second & 0x7f;
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = in.readLong();
        }
        if ((first & 0x80) == 0 || (second & 0x80) != 0 || length > PAYLOAD_BYTES_MAX || length < 0) {
            throw new IOException("expected a whole unmasked frame of at most " + PAYLOAD_BYTES_MAX
                    + " bytes, found a header " + Integer.toHexString(first << 8 | second) + " with length " + length);
        }
        var payload = in.readNBytes((int) length);
        if (payload.length < length) {
            throw new EOFException("frame ends after " + payload.length + " of " + length + " bytes");
        }
        return new Frame(first & 0x0f, payload);
    }
}
