package io.gaesup.state.core.codec;

import io.gaesup.state.core.Extension;
import io.gaesup.state.core.MapValue;
import io.gaesup.state.core.StateException;
import io.gaesup.state.core.Value;
import org.jspecify.annotations.Nullable;

/** How JSON carries the kinds of values it has none for: as an object of one entry whose key begins with a dollar sign. */
final class KindForm {

    /* A map may look like that too. Such a map, and only such a one, is written with one more '$' before its key, and
     * read with one less; so every value comes back as what it was, and all other JSON means what it says. */

    static final String BINARY = "$binary";
    static final String EXTENSION = "$ext";
    static final String TIMESTAMP = "$timestamp";

    private KindForm() {}

    /** The key under which the only entry of a map is written. */
    static String escape(String key, Value value) {
        String word = word(key);
        return word != null && value instanceof Value.Text text && meant(word, text.value()) != null ? '$' + key : key;
    }

    /** What an object of the one entry {@code key} is, with {@code map} if it is a map of just that. */
    static Value read(String key, MapValue map) {
        String word = word(key);
        if (word != null && map.get(key) instanceof Value.Text text) {
            Value meant = meant(word, text.value());
            if (meant != null) {
                return key.length() == word.length() ? meant : MapValue.of(key.substring(1), text);
            }
        }
        return map;
    }

    static void write(Value.Binary binary, ByteWriter writer) {
        open(BINARY, writer);
        Base64.write(binary.toBytes(), writer);
        writer.writeText("\"}");
    }

    static void write(Extension extension, ByteWriter writer) {
        String time = extension.isTimestamp() ? TimestampText.write(extension.seconds(), extension.nanos()) : null;
        if (time == null) {
            open(EXTENSION, writer);
            writer.writeText(Integer.toString(extension.type()));
            writer.writeByte(':');
            Base64.write(extension.toBytes(), writer);
        } else {
            open(TIMESTAMP, writer);
            writer.writeText(time);
        }
        writer.writeText("\"}");
    }

    private static void open(String word, ByteWriter writer) {
        writer.writeText("{\"");
        writer.writeText(word);
        writer.writeText("\":\"");
    }

    /** The word that {@code key} is, with any number of further '$' before it, or null. */
    private static @Nullable String word(String key) {
        if (key.isEmpty() || key.charAt(0) != '$') {
            return null;
        }
        int dollar = 0;
        while (dollar + 1 < key.length() && key.charAt(dollar + 1) == '$') {
            dollar++;
        }
        return switch (key.substring(dollar)) {
            case BINARY -> BINARY;
            case EXTENSION -> EXTENSION;
            case TIMESTAMP -> TIMESTAMP;
            default -> null;
        };
    }

    /** What {@code text} means under {@code word}, or null if only itself. */
    private static @Nullable Value meant(String word, String text) {
        return switch (word) {
            case BINARY -> {
                byte[] bytes = Base64.read(text, 0);
                yield bytes == null ? null : Value.Binary.wrap(bytes);
            }
            case EXTENSION -> extension(text);
            default -> TimestampText.read(text);
        };
    }

    private static @Nullable Extension extension(String text) {
        int colon = text.indexOf(':');
        int type = colon < 0 ? Integer.MIN_VALUE : type(text.substring(0, colon));
        byte[] bytes = type == Integer.MIN_VALUE ? null : Base64.read(text, colon + 1);
        try {
            return bytes == null ? null : Extension.wrap(type, bytes);
        } catch (StateException e) {
            return null;
        }
    }

    /** The number from -128 to 127 that is written so, or {@link Integer#MIN_VALUE}. */
    private static int type(String text) {
        if (text.length() <= 4) {
            for (int type = Byte.MIN_VALUE; type <= Byte.MAX_VALUE; type++) {
                if (Integer.toString(type).equals(text)) {
                    return type;
                }
            }
        }
        return Integer.MIN_VALUE;
    }
}
