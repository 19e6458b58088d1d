package io.gaesup.state.core.codec;

import io.gaesup.state.core.StateException;
import io.gaesup.state.core.Value;

/**
 * Values as MessagePack (the specification of 2013 and later), for the wire and for disks.
 *
 * <p>Each value has one form here: every number and length takes the smallest family that holds it exactly, so equal
 * values with their keys in the same order have equal bytes. All forms of the specification are read, but for what no
 * value can carry: keys that are no strings, and integers beyond 64 bits with a sign.
 */
public final class MessagePack {

    static final int NIL = 0xc0;
    static final int NEVER_USED = 0xc1;
    static final int FALSE = 0xc2;
    static final int TRUE = 0xc3;
    static final int BIN8 = 0xc4;
    static final int BIN16 = 0xc5;
    static final int BIN32 = 0xc6;
    static final int EXT8 = 0xc7;
    static final int EXT16 = 0xc8;
    static final int EXT32 = 0xc9;
    static final int FLOAT32 = 0xca;
    static final int FLOAT64 = 0xcb;
    static final int UINT8 = 0xcc;
    static final int UINT16 = 0xcd;
    static final int UINT32 = 0xce;
    static final int UINT64 = 0xcf;
    static final int INT8 = 0xd0;
    static final int INT16 = 0xd1;
    static final int INT32 = 0xd2;
    static final int INT64 = 0xd3;
    static final int FIXEXT1 = 0xd4;
    static final int FIXEXT2 = 0xd5;
    static final int FIXEXT4 = 0xd6;
    static final int FIXEXT8 = 0xd7;
    static final int FIXEXT16 = 0xd8;
    static final int STR8 = 0xd9;
    static final int STR16 = 0xda;
    static final int STR32 = 0xdb;
    static final int ARRAY16 = 0xdc;
    static final int ARRAY32 = 0xdd;
    static final int MAP16 = 0xde;
    static final int MAP32 = 0xdf;

    static final int FIXMAP = 0x80;
    static final int FIXARRAY = 0x90;
    static final int FIXSTR = 0xa0;
    static final int FIXARRAY_MAX = 15;
    static final int FIXMAP_MAX = 15;
    static final int FIXSTR_MAX = 31;

    private MessagePack() {}

    /** The bytes of {@code value}; fails as {@link #encode(Value, ByteWriter)} does. */
    public static byte[] encode(Value value) {
        ByteWriter writer = new ByteWriter();
        encode(value, writer);
        return writer.toBytes();
    }

    /**
     * Writes {@code value} to {@code writer}.
     *
     * @throws StateException with code {@code LIMIT_EXCEEDED} if it nests too deep, or is longer than a document or than
     *     the writer may be; {@code MALFORMED} for a key with a lone surrogate; nothing is written then
     */
    public static void encode(Value value, ByteWriter writer) {
        new MessagePackEncoder(writer).encodeDocument(value);
    }

    /**
     * The one value that all of {@code bytes} are.
     *
     * @throws StateException as {@link #decode(ByteReader)} does, and with {@code MALFORMED} for bytes after the end
     */
    public static Value decode(byte[] bytes) {
        return decode(bytes, CodecLimits.defaults());
    }

    /** As {@link #decode(byte[])}, within {@code limits}. */
    public static Value decode(byte[] bytes, CodecLimits limits) {
        ByteReader reader = new ByteReader(bytes, 0, bytes.length, limits);
        Value value = decode(reader);
        reader.requireEnd();
        return value;
    }

    /**
     * Reads one value. Reading many from one reader is cheaper than from many readers: maps whose keys were met before
     * share them.
     *
     * @throws StateException always with the offset: {@code MALFORMED} for bytes that are no value, invalid UTF-8, a
     *     timestamp that is none, or a key that is no string or comes twice in its map; {@code OVERFLOW} for an integer above
     *     {@link Long#MAX_VALUE}; {@code BAD_NUMBER} for NaN and infinities; {@code LIMIT_EXCEEDED} for depth, key
     *     length or document size
     */
    public static Value decode(ByteReader reader) {
        return decode(reader, 0);
    }

    /** As {@link #decode(ByteReader)}, for a value that is {@code depth} containers deep in its document. */
    public static Value decode(ByteReader reader, int depth) {
        return reader.messagePack().decodeDocument(depth);
    }
}
