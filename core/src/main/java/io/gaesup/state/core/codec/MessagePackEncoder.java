package io.gaesup.state.core.codec;

import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.Extension;
import io.gaesup.state.core.Limits;
import io.gaesup.state.core.ListValue;
import io.gaesup.state.core.MapValue;
import io.gaesup.state.core.StateException;
import io.gaesup.state.core.Value;
import io.gaesup.state.core.ValueSink;
import org.jspecify.annotations.Nullable;

/** Writes values as MessagePack, each in the smallest family that holds it. */
final class MessagePackEncoder implements MapValue.Visitor, ValueSink {

    private final ByteWriter writer;
    private @Nullable Places places;
    private @Nullable RowKeys rowKeys;
    private int depth;

    MessagePackEncoder(ByteWriter writer) {
        this.writer = writer;
    }

    void encodeDocument(Value value) {
        int before = writer.size();
        boolean done = false;
        try {
            encode(value);
            int length = writer.size() - before;
            if (length > Limits.DOCUMENT_BYTES_MAX) {
                throw new StateException(
                        ErrorCode.LIMIT_EXCEEDED,
                        "a document has at most " + Limits.DOCUMENT_BYTES_MAX + " bytes, this one has " + length);
            }
            done = true;
        } finally {
            if (!done) {
                writer.truncate(before);
            }
        }
    }

    private void encode(Value value) {
        switch (value) {
            case Value.Null _ -> writer.writeByte(MessagePack.NIL);
            case Value.Bool bool -> writer.writeByte(bool.value() ? MessagePack.TRUE : MessagePack.FALSE);
            case Value.Int number -> integer(number.value());
            case Value.Float number -> real(number.value());
            case Value.Text text -> text(text.value());
            case Value.Binary binary -> binary(binary);
            case Extension extension -> extension(extension);
            case ListValue list -> list(list);
            case MapValue map -> map(map);
        }
    }

    @Override
    public void entry(String key, Value value) {
        if (depth < 2) {
            text(key);
        } else {
            key(key);
        }
        encode(value);
    }

    private void key(String key) {
        Places known = places;
        if (known == null) {
            known = new Places();
            places = known;
        }
        int place = key.hashCode() & Places.COUNT - 1;
        if (key.equals(known.keys[place])) {
            writer.repeat(known.from[place], known.length[place]);
            return;
        }
        int before = writer.size();
        text(key);
        known.keys[place] = key;
        known.from[place] = before;
        known.length[place] = writer.size() - before;
    }

    @Override
    public void integer(long value) {
        if (value >= 0) {
            positive(value);
        } else if (value >= -32) {
            writer.writeByte((int) value);
        } else if (value >= Byte.MIN_VALUE) {
            writer.writeTagged8(MessagePack.INT8, (int) value);
        } else if (value >= Short.MIN_VALUE) {
            writer.writeTagged16(MessagePack.INT16, (int) value);
        } else if (value >= Integer.MIN_VALUE) {
            writer.writeTagged32(MessagePack.INT32, (int) value);
        } else {
            writer.writeTagged64(MessagePack.INT64, value);
        }
    }

    private void positive(long value) {
        if (value < 0x80) {
            writer.writeByte((int) value);
        } else if (value < 0x100) {
            writer.writeTagged8(MessagePack.UINT8, (int) value);
        } else if (value < 0x1_0000) {
            writer.writeTagged16(MessagePack.UINT16, (int) value);
        } else if (value < 0x1_0000_0000L) {
            writer.writeTagged32(MessagePack.UINT32, (int) value);
        } else {
            writer.writeTagged64(MessagePack.UINT64, value);
        }
    }

    @Override
    public void real(double value) {
        // By way of the bits, because in JavaScript a cast to float alone may keep all 64.
        int narrow = Float.floatToRawIntBits((float) value);
        long wide = Double.doubleToRawLongBits(value);
        if (Double.doubleToRawLongBits(Float.intBitsToFloat(narrow)) == wide) {
            writer.writeTagged32(MessagePack.FLOAT32, narrow);
        } else {
            writer.writeTagged64(MessagePack.FLOAT64, wide);
        }
    }

    @Override
    public void text(String text) {
        int before = writer.size();
        textHeader(text.length());
        if (!writer.writeAscii(text)) {
            writer.truncate(before);
            int length = Utf8.length(text);
            textHeader(length);
            writer.writeUtf8(text, length);
        }
    }

    private void textHeader(int length) {
        if (length <= MessagePack.FIXSTR_MAX) {
            writer.writeByte(MessagePack.FIXSTR | length);
        } else if (length < 0x100) {
            writer.writeTagged8(MessagePack.STR8, length);
        } else if (length < 0x1_0000) {
            writer.writeTagged16(MessagePack.STR16, length);
        } else {
            writer.writeTagged32(MessagePack.STR32, length);
        }
    }

    private void binary(Value.Binary binary) {
        int length = binary.length();
        if (length < 0x100) {
            writer.writeTagged8(MessagePack.BIN8, length);
        } else if (length < 0x1_0000) {
            writer.writeTagged16(MessagePack.BIN16, length);
        } else {
            writer.writeTagged32(MessagePack.BIN32, length);
        }
        writer.writeBinary(binary);
    }

    private void extension(Extension extension) {
        int length = extension.length();
        switch (length) {
            case 1 -> writer.writeByte(MessagePack.FIXEXT1);
            case 2 -> writer.writeByte(MessagePack.FIXEXT2);
            case 4 -> writer.writeByte(MessagePack.FIXEXT4);
            case 8 -> writer.writeByte(MessagePack.FIXEXT8);
            case 16 -> writer.writeByte(MessagePack.FIXEXT16);
            default -> {
                if (length < 0x100) {
                    writer.writeTagged8(MessagePack.EXT8, length);
                } else if (length < 0x1_0000) {
                    writer.writeTagged16(MessagePack.EXT16, length);
                } else {
                    writer.writeTagged32(MessagePack.EXT32, length);
                }
            }
        }
        writer.writeByte(extension.type());
        writer.writeExtension(extension);
    }

    private void list(ListValue list) {
        int size = list.size();
        if (size <= MessagePack.FIXARRAY_MAX) {
            writer.writeByte(MessagePack.FIXARRAY | size);
        } else if (size < 0x1_0000) {
            writer.writeTagged16(MessagePack.ARRAY16, size);
        } else {
            writer.writeTagged32(MessagePack.ARRAY32, size);
        }
        enter();
        list.sendTo(this);
        depth--;
    }

    @Override
    public void value(Value value) {
        encode(value);
    }

    @Override
    public void startRow(int size) {
        mapHeader(size);
        enter();
    }

    @Override
    public void key(int slot, String key) {
        RowKeys known = rowKeys;
        if (known == null) {
            known = new RowKeys();
            rowKeys = known;
        }
        if (known.keys[slot] == key) {
            writer.repeat(known.from[slot], known.length[slot]);
            return;
        }
        int before = writer.size();
        text(key);
        known.keys[slot] = key;
        known.from[slot] = before;
        known.length[slot] = writer.size() - before;
    }

    @Override
    public void endRow() {
        depth--;
    }

    private void map(MapValue map) {
        mapHeader(map.size());
        enter();
        map.forEach(this);
        depth--;
    }

    private void mapHeader(int size) {
        if (size <= MessagePack.FIXMAP_MAX) {
            writer.writeByte(MessagePack.FIXMAP | size);
        } else if (size < 0x1_0000) {
            writer.writeTagged16(MessagePack.MAP16, size);
        } else {
            writer.writeTagged32(MessagePack.MAP32, size);
        }
    }

    private void enter() {
        if (++depth > Limits.DEPTH_MAX) {
            throw new StateException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "a document nests at most " + Limits.DEPTH_MAX + " deep, this one deeper");
        }
    }

    /** Where the keys of the row before stand, by slot. */
    private static final class RowKeys {

        private static final int COUNT = 32;

        private final @Nullable String[] keys = new @Nullable String[COUNT];
        private final int[] from = new int[COUNT];
        private final int[] length = new int[COUNT];
    }

    /** Where keys stand that were written a moment ago; rows repeat theirs. */
    private static final class Places {

        private static final int COUNT = 64;

        private final @Nullable String[] keys = new @Nullable String[COUNT];
        private final int[] from = new int[COUNT];
        private final int[] length = new int[COUNT];
    }
}
