package io.gaesup.state.core.codec;

import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.Extension;
import io.gaesup.state.core.ListValue;
import io.gaesup.state.core.MapValue;
import io.gaesup.state.core.StateException;
import io.gaesup.state.core.Value;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads values from MessagePack, all families of the specification. */
final class MessagePackDecoder {

    private final ByteReader reader;
    private final CodecLimits limits;
    private final byte[] bytes;
    private final @Nullable Pattern[] patterns = new @Nullable Pattern[Pattern.COUNT];

    private int at;
    private int end;
    private int depth;

    /** Where the value or key begins that is being read. */
    private int itemAt;

    MessagePackDecoder(ByteReader reader) {
        this.reader = reader;
        this.limits = reader.limits();
        this.bytes = reader.bytes();
    }

    /** Reads one value where the reader stands and moves it behind; if that fails, the reader stays where it was. */
    Value decodeDocument(int startDepth) {
        at = reader.at();
        end = (int) Math.min(reader.end(), (long) at + limits.documentBytesMax());
        depth = startDepth;
        Value value = value();
        reader.moveTo(at);
        return value;
    }

    private Value value() {
        itemAt = at;
        require(1, "a value");
        int tag = bytes[at++] & 0xff;
        if (tag < 0x80) {
            return Value.of(tag);
        }
        if (tag >= 0xe0) {
            return Value.of((byte) tag);
        }
        if (tag < MessagePack.FIXARRAY) {
            return map(tag & 0x0f);
        }
        if (tag < MessagePack.FIXSTR) {
            return list(tag & 0x0f);
        }
        if (tag < MessagePack.NIL) {
            return text(tag & 0x1f);
        }
        return tagged(tag);
    }

    private Value tagged(int tag) {
        return switch (tag) {
            case MessagePack.NIL -> Value.NULL;
            case MessagePack.FALSE -> Value.Bool.FALSE;
            case MessagePack.TRUE -> Value.Bool.TRUE;
            case MessagePack.BIN8 -> binary(uint8());
            case MessagePack.BIN16 -> binary(uint16());
            case MessagePack.BIN32 -> binary(uint32());
            case MessagePack.EXT8 -> extension(uint8());
            case MessagePack.EXT16 -> extension(uint16());
            case MessagePack.EXT32 -> extension(uint32());
            case MessagePack.FLOAT32 -> real(Float.intBitsToFloat(int32()));
            case MessagePack.FLOAT64 -> real(Double.longBitsToDouble(int64()));
            case MessagePack.UINT8 -> Value.of(uint8());
            case MessagePack.UINT16 -> Value.of(uint16());
            case MessagePack.UINT32 -> Value.of(uint32());
            case MessagePack.UINT64 -> uint64();
            case MessagePack.INT8 -> Value.of((byte) uint8());
            case MessagePack.INT16 -> Value.of((short) uint16());
            case MessagePack.INT32 -> Value.of(int32());
            case MessagePack.INT64 -> Value.of(int64());
            case MessagePack.FIXEXT1 -> extension(1);
            case MessagePack.FIXEXT2 -> extension(2);
            case MessagePack.FIXEXT4 -> extension(4);
            case MessagePack.FIXEXT8 -> extension(8);
            case MessagePack.FIXEXT16 -> extension(16);
            case MessagePack.STR8 -> text(uint8());
            case MessagePack.STR16 -> text(uint16());
            case MessagePack.STR32 -> text(uint32());
            case MessagePack.ARRAY16 -> list(uint16());
            case MessagePack.ARRAY32 -> list(uint32());
            case MessagePack.MAP16 -> map(uint16());
            case MessagePack.MAP32 -> map(uint32());
            default -> throw failure(ErrorCode.MALFORMED, hex(tag) + " begins nothing in MessagePack");
        };
    }

    private Value real(double value) {
        if (!Double.isFinite(value)) {
            throw failure(ErrorCode.BAD_NUMBER, value + " is not a number a store can hold");
        }
        return Value.of(value);
    }

    private Value uint64() {
        long value = int64();
        if (value < 0) {
            throw failure(ErrorCode.OVERFLOW, Long.toUnsignedString(value) + " does not fit in 64 bits with a sign");
        }
        return Value.of(value);
    }

    private Value text(long announced) {
        return Value.Text.checked(string(length(announced, 1, "bytes of text")));
    }

    private String string(int length) {
        String text = reader.utf8().decode(bytes, at, length, reader.start());
        at += length;
        return text;
    }

    private Value binary(long announced) {
        int length = length(announced, 1, "bytes");
        at += length;
        return Value.Binary.wrap(Arrays.copyOfRange(bytes, at - length, at));
    }

    private Value extension(long announced) {
        require(1, "the type of an extension");
        int type = bytes[at++];
        int length = length(announced, 1, "bytes of an extension");
        at += length;
        try {
            return Extension.wrap(type, Arrays.copyOfRange(bytes, at - length, at));
        } catch (StateException e) {
            throw failure(e.code(), e.detail());
        }
    }

    private Value list(long announced) {
        int size = length(announced, 1, "elements");
        enter();
        ListValue.Builder builder = ListValue.builder();
        for (int i = 0; i < size; i++) {
            builder.add(value());
        }
        depth--;
        return builder.build();
    }

    private Value map(long announced) {
        int size = length(announced, 2, "entries");
        enter();
        Value map = size == 0 ? MapValue.empty() : entries(size);
        depth--;
        return map;
    }

    private MapValue entries(int size) {
        int place = patternPlace(size);
        Pattern pattern = patterns[place];
        if (pattern == null || pattern.size() != size) {
            return newMap(place, size, new Pattern.Builder(), 0);
        }
        Value[] values = new Value[size];
        for (int i = 0; i < size; i++) {
            int length = pattern.match(i, bytes, at, end);
            if (length < 0) {
                Pattern.Builder builder = new Pattern.Builder();
                builder.addAll(pattern, values, i);
                return newMap(place, size, builder, i);
            }
            at += length;
            values[i] = value();
        }
        return pattern.like().withValues(values);
    }

    /** Where the pattern for a map of {@code size} entries and the key that comes now would stand. */
    private int patternPlace(int size) {
        int tag = bytes[at];
        int last = at + (tag & MessagePack.FIXSTR_MAX);
        int hash = (size * 31 + tag) * 31 + (last < end ? bytes[last] : 0);
        return hash & Pattern.COUNT - 1;
    }

    /** Reads a map of which {@code builder} has the first {@code known} entries already. */
    private MapValue newMap(int place, int size, Pattern.Builder builder, int known) {
        for (int i = known; i < size; i++) {
            int from = at;
            String key = key();
            int to = at;
            if (!builder.add(key, value(), from, to)) {
                itemAt = from;
                throw failure(ErrorCode.MALFORMED, "key \"" + clip(key) + "\" for the second time in one map");
            }
        }
        MapValue map = builder.build();
        patterns[place] = builder.pattern(map);
        return map;
    }

    private String key() {
        itemAt = at;
        require(1, "a key");
        int tag = bytes[at++] & 0xff;
        long announced;
        if (tag >= MessagePack.FIXSTR && tag < MessagePack.NIL) {
            announced = tag & MessagePack.FIXSTR_MAX;
        } else {
            announced = switch (tag) {
                case MessagePack.STR8 -> uint8();
                case MessagePack.STR16 -> uint16();
                case MessagePack.STR32 -> uint32();
                default -> throw failure(ErrorCode.MALFORMED, "a key is a string, but this begins with " + hex(tag));
            };
        }
        if (announced > limits.keyBytesMax()) {
            throw failure(
                    ErrorCode.LIMIT_EXCEEDED,
                    "a map key has at most " + limits.keyBytesMax() + " bytes, this one has " + announced);
        }
        return string(length(announced, 1, "bytes of a key"));
    }

    private void enter() {
        if (++depth > limits.depthMax()) {
            throw failure(
                    ErrorCode.LIMIT_EXCEEDED,
                    "a document nests at most " + limits.depthMax() + " deep, this one deeper");
        }
    }

    private int uint8() {
        require(1, "a byte");
        return bytes[at++] & 0xff;
    }

    private int uint16() {
        require(2, "16 bits");
        at += 2;
        return (bytes[at - 2] & 0xff) << 8 | bytes[at - 1] & 0xff;
    }

    private long uint32() {
        return int32() & 0xffff_ffffL;
    }

    private int int32() {
        require(4, "32 bits");
        at += 4;
        return ByteReader.int32(bytes, at - 4);
    }

    private long int64() {
        require(8, "64 bits");
        at += 8;
        return ByteReader.int64(bytes, at - 8);
    }

    /** {@code announced} items of at least {@code each} bytes, if that many bytes are left. */
    private int length(long announced, int each, String what) {
        if (announced * each > end - at) {
            throw tooShort(announced + " " + what);
        }
        return (int) announced;
    }

    private void require(int length, String what) {
        if (length > end - at) {
            throw tooShort(what);
        }
    }

    private StateException tooShort(String what) {
        return end < reader.end()
                ? failure(
                        ErrorCode.LIMIT_EXCEEDED,
                        "a document has at most " + limits.documentBytesMax() + " bytes, this one has more")
                : failure(ErrorCode.MALFORMED, "expected " + what + ", but only " + (end - at) + " bytes are left");
    }

    private StateException failure(ErrorCode code, String reason) {
        return reader.failure(code, itemAt - reader.start(), reason);
    }

    private static String hex(int tag) {
        return "0x" + Integer.toHexString(tag);
    }

    private static String clip(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
