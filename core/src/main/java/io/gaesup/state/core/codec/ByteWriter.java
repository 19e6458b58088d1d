package io.gaesup.state.core.codec;

import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.Extension;
import io.gaesup.state.core.Limits;
import io.gaesup.state.core.StateException;
import io.gaesup.state.core.Value;
import java.util.Arrays;

/**
 * Bytes being written: a buffer that grows up to a named limit and is used again after {@link #reset()}.
 *
 * <p>A call that fails leaves the bytes before it as they were. Threads: one at a time.
 */
public final class ByteWriter {

    private static final int INITIAL_BYTES = 256;

    /** Up to here the buffer grows fourfold, which copies less; then it doubles. */
    private static final int QUICK_GROWTH_BYTES = 1 << 18;

    private final String what;
    private final int bytesMax;
    private byte[] bytes;
    private int size;

    /** A writer of up to {@link Limits#DOCUMENT_BYTES_MAX} bytes. */
    public ByteWriter() {
        this("document", Limits.DOCUMENT_BYTES_MAX);
    }

    /**
     * A writer of up to {@code bytesMax} bytes.
     *
     * @param what the name of what is written, for the error that says it is too long: "frame"
     */
    public ByteWriter(String what, int bytesMax) {
        this.what = what;
        this.bytesMax = bytesMax;
        this.bytes = new byte[Math.min(INITIAL_BYTES, bytesMax)];
    }

    /** How many bytes there are. */
    public int size() {
        return size;
    }

    /** A copy of what was written. */
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    /** Forgets what was written and keeps the buffer. */
    public void reset() {
        size = 0;
    }

    /** Takes back all but the first {@code newSize} bytes. */
    public void truncate(int newSize) {
        if (newSize < 0 || newSize > size) {
            throw new IllegalArgumentException("cannot truncate " + size + " bytes to " + newSize);
        }
        size = newSize;
    }

    /**
     * Writes the low eight bits of {@code value}.
     *
     * @throws StateException with code {@code LIMIT_EXCEEDED}, as every method here that writes
     */
    public void writeByte(int value) {
        reserve(1);
        bytes[size++] = (byte) value;
    }

    /** Writes once more the {@code length} bytes that stand at {@code from}. */
    void repeat(int from, int length) {
        reserve(length);
        System.arraycopy(bytes, from, bytes, size, length);
        size += length;
    }

    void writeTagged8(int tag, int value) {
        reserve(2);
        bytes[size] = (byte) tag;
        bytes[size + 1] = (byte) value;
        size += 2;
    }

    void writeTagged16(int tag, int value) {
        reserve(3);
        bytes[size] = (byte) tag;
        bytes[size + 1] = (byte) (value >> 8);
        bytes[size + 2] = (byte) value;
        size += 3;
    }

    void writeTagged32(int tag, int value) {
        writeByte(tag);
        writeInt(value);
    }

    void writeTagged64(int tag, long value) {
        writeByte(tag);
        writeLong(value);
    }

    /** Writes the lowest 32 bits, high byte first. */
    public void writeInt(int value) {
        reserve(4);
        bytes[size] = (byte) (value >> 24);
        bytes[size + 1] = (byte) (value >> 16);
        bytes[size + 2] = (byte) (value >> 8);
        bytes[size + 3] = (byte) value;
        size += 4;
    }

    /** Writes 64 bits, high byte first. */
    public void writeLong(long value) {
        reserve(8);
        bytes[size] = (byte) (value >> 56);
        bytes[size + 1] = (byte) (value >> 48);
        bytes[size + 2] = (byte) (value >> 40);
        bytes[size + 3] = (byte) (value >> 32);
        bytes[size + 4] = (byte) (value >> 24);
        bytes[size + 5] = (byte) (value >> 16);
        bytes[size + 6] = (byte) (value >> 8);
        bytes[size + 7] = (byte) value;
        size += 8;
    }

    /** Writes {@code value} as an unsigned varint: 1 byte below 128, 10 for a negative number. */
    public void writeVarint(long value) {
        reserve((Long.SIZE + 6 - Long.numberOfLeadingZeros(value | 1)) / 7);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    /** Writes {@code source} without its length. */
    public void writeBytes(byte[] source) {
        writeBytes(source, 0, source.length);
    }

    /** Writes {@code length} bytes of {@code source} from {@code offset} on, without the length. */
    public void writeBytes(byte[] source, int offset, int length) {
        reserve(length);
        System.arraycopy(source, offset, bytes, size, length);
        size += length;
    }

    /**
     * Writes {@code text} as the varint of its length in UTF-8 and its bytes.
     *
     * @throws StateException with code {@code MALFORMED} for a lone surrogate
     */
    public void writeString(String text) {
        int before = size;
        try {
            writeVarint(text.length());
            if (!writeAscii(text)) {
                size = before;
                int length = Utf8.length(text);
                writeVarint(length);
                writeUtf8(text, length);
            }
        } catch (StateException e) {
            size = before;
            throw e;
        }
    }

    /** Writes {@code text} and returns true, or writes nothing if a character takes more than one byte. */
    boolean writeAscii(String text) {
        int length = text.length();
        reserve(length);
        byte[] target = bytes;
        int at = size;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                return false;
            }
            target[at + i] = (byte) c;
        }
        size = at + length;
        return true;
    }

    /** Writes {@code text}, which has {@code length} bytes in UTF-8. */
    void writeUtf8(String text, int length) {
        reserve(length);
        Utf8.encode(text, bytes, size);
        size += length;
    }

    /** Writes {@code text} as UTF-8 without its length. */
    void writeText(String text) {
        if (!writeAscii(text)) {
            writeUtf8(text, Utf8.length(text));
        }
    }

    /** Writes what {@code text} begins with and JSON takes as it is, and returns how many characters that were. */
    int writePlain(String text) {
        int length = text.length();
        reserve(length);
        byte[] target = bytes;
        int at = size;
        int i = 0;
        while (i < length) {
            char c = text.charAt(i);
            if (c < ' ' || c >= 0x80 || c == '"' || c == '\\') {
                break;
            }
            target[at + i] = (byte) c;
            i++;
        }
        size = at + i;
        return i;
    }

    void writeBinary(Value.Binary binary) {
        int length = binary.length();
        reserve(length);
        binary.copyTo(bytes, size);
        size += length;
    }

    void writeExtension(Extension extension) {
        int length = extension.length();
        reserve(length);
        extension.copyTo(bytes, size);
        size += length;
    }

    /** What was written, read as UTF-8. */
    String toText() {
        return new Utf8().decode(bytes, 0, size, 0);
    }

    private void reserve(int more) {
        if (bytes.length - size < more) {
            grow(more);
        }
    }

    private void grow(int more) {
        long needed = (long) size + more;
        if (needed > bytesMax) {
            throw new StateException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "a " + what + " has at most " + bytesMax + " bytes, this one has at least " + needed);
        }
        long larger = (bytes.length < QUICK_GROWTH_BYTES ? 4L : 2L) * bytes.length;
        bytes = Arrays.copyOf(bytes, (int) Math.max(needed, Math.min(larger, bytesMax)));
    }
}
