package io.gaesup.state.core.codec;

import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.StateException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Bytes being read, of an array or a part of one, which is not copied and must not change meanwhile.
 *
 * <p>Every method checks that the bytes are there and fails with {@code MALFORMED}, the offset and the reason
 * otherwise; the position is then where the failed call began or inside it. Threads: one at a time.
 */
public final class ByteReader {

    private final Utf8 utf8 = new Utf8();
    private final byte[] bytes;
    private final int start;
    private final int end;
    private int at;
    private final CodecLimits limits;
    private @Nullable MessagePackDecoder messagePack;

    /** Reads all of {@code bytes}. */
    public ByteReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    /** Reads {@code length} bytes from {@code offset} on. */
    public ByteReader(byte[] bytes, int offset, int length) {
        this(bytes, offset, length, CodecLimits.defaults());
    }

    /** As {@link #ByteReader(byte[], int, int)}; no value read has more than {@code limits}. */
    public ByteReader(byte[] bytes, int offset, int length, CodecLimits limits) {
        checkRange(bytes, offset, length);
        this.limits = limits;
        this.bytes = bytes;
        this.start = offset;
        this.end = offset + length;
        this.at = offset;
    }

    /** How many bytes were read. */
    public int position() {
        return at - start;
    }

    /** How many bytes are left. */
    public int remaining() {
        return end - at;
    }

    /** The next byte, 0 to 255. */
    public int readByte() {
        require(1, "a byte");
        return bytes[at++] & 0xff;
    }

    /** The next 4 bytes, high byte first. */
    public int readInt() {
        require(4, "a 32-bit number");
        int value = int32(bytes, at);
        at += 4;
        return value;
    }

    /** The next 8 bytes, high byte first. */
    public long readLong() {
        require(8, "a 64-bit number");
        long value = int64(bytes, at);
        at += 8;
        return value;
    }

    /** An unsigned varint of up to 64 bits; one that is longer than it need be is refused. */
    public long readVarint() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            require(1, "the next byte of a varint");
            int b = bytes[at++];
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                if (b == 0 && shift > 0 || b > 1 && shift == 63) {
                    at--;
                    throw malformed("a varint ends in " + b + ": not its shortest form or beyond 64 bits");
                }
                return value;
            }
        }
        at--;
        throw malformed("a varint has more than 10 bytes");
    }

    /**
     * A varint that says how many bytes follow, or how many items of at least one byte each: never more than {@link
     * #remaining()}, so that it is safe to allocate for it.
     *
     * @param what what is counted, for the message: "operations"
     */
    public int readLength(String what) {
        int before = at;
        long length = readVarint();
        if (length < 0 || length > remaining()) {
            int left = remaining();
            at = before;
            throw malformed(
                    Long.toUnsignedString(length) + " " + what + " announced, but only " + left + " bytes are left");
        }
        return (int) length;
    }

    /** A text as {@link ByteWriter#writeString} writes it. */
    public String readString() {
        int length = readLength("bytes of text");
        String text = utf8.decode(bytes, at, length, start);
        at += length;
        return text;
    }

    /** The next {@code length} bytes, copied. */
    public byte[] readBytes(int length) {
        require(length, "bytes");
        byte[] copy = Arrays.copyOfRange(bytes, at, at + length);
        at += length;
        return copy;
    }

    /** Goes past {@code length} bytes. */
    public void skip(int length) {
        require(length, "bytes to skip");
        at += length;
    }

    /** Fails with {@code MALFORMED} unless all has been read. */
    public void requireEnd() {
        if (at < end) {
            throw malformed(remaining() + " more bytes after the end");
        }
    }

    /** The error that says {@code reason} and where this reader stands; for the caller to throw. */
    public StateException malformed(String reason) {
        return failure(ErrorCode.MALFORMED, position(), reason);
    }

    StateException failure(ErrorCode code, int position, String reason) {
        return new StateException(code, "at byte " + position + " of " + (end - start) + ": " + reason);
    }

    /** The decoder that knows the keys met so far. */
    MessagePackDecoder messagePack() {
        MessagePackDecoder decoder = messagePack;
        if (decoder == null) {
            decoder = new MessagePackDecoder(this);
            messagePack = decoder;
        }
        return decoder;
    }

    CodecLimits limits() {
        return limits;
    }

    Utf8 utf8() {
        return utf8;
    }

    byte[] bytes() {
        return bytes;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    int at() {
        return at;
    }

    void moveTo(int newAt) {
        at = newAt;
    }

    private void require(int length, String what) {
        if (length < 0) {
            throw new IllegalArgumentException("a length is not negative, but this is " + length);
        }
        if (length > end - at) {
            throw malformed("expected " + what + " (" + length + "), only " + (end - at) + " are left");
        }
    }

    static void checkRange(byte[] bytes, int offset, int length) {
        if (offset < 0 || length < 0 || length > bytes.length - offset) {
            throw new IllegalArgumentException(
                    "offset " + offset + ", length " + length + " is not within " + bytes.length + " bytes");
        }
    }

    static int int32(byte[] bytes, int at) {
        return bytes[at] << 24 | (bytes[at + 1] & 0xff) << 16 | (bytes[at + 2] & 0xff) << 8 | bytes[at + 3] & 0xff;
    }

    static long int64(byte[] bytes, int at) {
        return (long) int32(bytes, at) << 32 | int32(bytes, at + 4) & 0xffff_ffffL;
    }
}
