package io.gaesup.state.core.codec;

import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.Extension;
import io.gaesup.state.core.Limits;
import io.gaesup.state.core.ListValue;
import io.gaesup.state.core.MapValue;
import io.gaesup.state.core.StateException;
import io.gaesup.state.core.Value;

/** Writes values as compact JSON. */
final class JsonWriter implements MapValue.Visitor {

    private static final String HEX = "0123456789abcdef";

    private final Decimals decimals = new Decimals();
    private final ByteWriter writer;
    private int depth;
    private boolean first;

    /** Whether the map being entered is of one entry, which may have to be told from a binary or an extension. */
    private boolean alone;

    JsonWriter(ByteWriter writer) {
        this.writer = writer;
    }

    void writeDocument(Value value) {
        int before = writer.size();
        boolean done = false;
        try {
            write(value);
            done = true;
        } finally {
            if (!done) {
                writer.truncate(before);
            }
        }
    }

    private void write(Value value) {
        switch (value) {
            case Value.Null _ -> writer.writeText("null");
            case Value.Bool bool -> writer.writeText(bool.value() ? "true" : "false");
            case Value.Int number -> decimals.write(number.value(), writer);
            case Value.Float number -> decimals.write(number.value(), writer);
            case Value.Text text -> text(text.value());
            case Value.Binary binary -> KindForm.write(binary, writer);
            case Extension extension -> KindForm.write(extension, writer);
            case ListValue list -> list(list);
            case MapValue map -> map(map);
        }
    }

    private void list(ListValue list) {
        enter();
        writer.writeByte('[');
        boolean more = false;
        for (Value element : list) {
            if (more) {
                writer.writeByte(',');
            }
            more = true;
            write(element);
        }
        writer.writeByte(']');
        depth--;
    }

    private void map(MapValue map) {
        enter();
        writer.writeByte('{');
        first = true;
        alone = map.size() == 1;
        map.forEach(this);
        first = false;
        writer.writeByte('}');
        depth--;
    }

    @Override
    public void entry(String key, Value value) {
        if (!first) {
            writer.writeByte(',');
        }
        first = false;
        text(alone ? KindForm.escape(key, value) : key);
        alone = false;
        writer.writeByte(':');
        write(value);
    }

    private void text(String text) {
        writer.writeByte('"');
        int done = writer.writePlain(text);
        if (done < text.length()) {
            rest(text, done);
        }
        writer.writeByte('"');
    }

    private void rest(String text, int from) {
        int runFrom = from;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '"' || c == '\\') {
                writer.writeText(text.substring(runFrom, i));
                escaped(c);
                runFrom = i + 1;
            }
        }
        writer.writeText(text.substring(runFrom));
    }

    private void escaped(char c) {
        writer.writeByte('\\');
        switch (c) {
            case '"', '\\' -> writer.writeByte(c);
            case '\b' -> writer.writeByte('b');
            case '\t' -> writer.writeByte('t');
            case '\n' -> writer.writeByte('n');
            case '\f' -> writer.writeByte('f');
            case '\r' -> writer.writeByte('r');
            default -> {
                writer.writeText("u00");
                writer.writeByte(HEX.charAt(c >> 4));
                writer.writeByte(HEX.charAt(c & 0x0f));
            }
        }
    }

    private void enter() {
        if (++depth > Limits.DEPTH_MAX) {
            throw new StateException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "a document nests at most " + Limits.DEPTH_MAX + " deep, this one deeper");
        }
    }
}
