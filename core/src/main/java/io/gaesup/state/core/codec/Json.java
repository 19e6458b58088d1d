package io.gaesup.state.core.codec;

import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.StateException;
import io.gaesup.state.core.Value;

/**
 * Values as JSON (RFC 8259), without loss in either direction; the package tells how numbers and binaries are written.
 */
public final class Json {

    private Json() {}

    /** The value of {@code text}; fails as {@link #parse(byte[])} does, and for a lone surrogate. */
    public static Value parse(String text) {
        int length = Utf8.length(text);
        checkLength(length, CodecLimits.defaults());
        byte[] utf8 = new byte[length];
        Utf8.encode(text, utf8, 0);
        return parse(utf8);
    }

    /** The value of all of {@code utf8}; fails as {@link #parse(byte[], int, int)} does. */
    public static Value parse(byte[] utf8) {
        return parse(utf8, 0, utf8.length);
    }

    /**
     * The value that {@code length} bytes from {@code offset} on are, as UTF-8 without a byte order mark.
     *
     * @throws StateException always with line and column: {@code MALFORMED} for what is not JSON, invalid UTF-8, a lone
     *     surrogate, or a key that comes twice in its object; {@code OVERFLOW} for an integer beyond 64 bits or a
     *     number beyond the floats; {@code LIMIT_EXCEEDED} for depth, key length or document size
     */
    public static Value parse(byte[] utf8, int offset, int length) {
        return parse(utf8, offset, length, CodecLimits.defaults());
    }

    /** As {@link #parse(byte[], int, int)}, within {@code limits}. */
    public static Value parse(byte[] utf8, int offset, int length, CodecLimits limits) {
        checkLength(length, limits);
        return new JsonParser(utf8, offset, length, limits).parse();
    }

    /** The compact JSON of {@code value}; fails as {@link #write(Value, ByteWriter)} does. */
    public static String write(Value value) {
        return writing(value).toText();
    }

    /** The compact JSON of {@code value} in UTF-8; fails as {@link #write(Value, ByteWriter)} does. */
    public static byte[] toBytes(Value value) {
        return writing(value).toBytes();
    }

    /**
     * Writes {@code value} to {@code writer} as compact JSON in UTF-8.
     *
     * @throws StateException with code {@code LIMIT_EXCEEDED} if it nests too deep or is longer than the writer may be;
     *     {@code MALFORMED} for a key with a lone surrogate; nothing is written then
     */
    public static void write(Value value, ByteWriter writer) {
        new JsonWriter(writer).writeDocument(value);
    }

    private static ByteWriter writing(Value value) {
        ByteWriter writer = new ByteWriter();
        write(value, writer);
        return writer;
    }

    private static void checkLength(int length, CodecLimits limits) {
        if (length > limits.documentBytesMax()) {
            throw new StateException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "a document has at most " + limits.documentBytesMax() + " bytes, this one has " + length);
        }
    }
}
