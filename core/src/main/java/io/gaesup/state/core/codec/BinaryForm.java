package io.gaesup.state.core.codec;

import io.gaesup.state.core.MapValue;
import io.gaesup.state.core.Value;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How JSON carries bytes: {@code {"$binary": "aGk="}}, an object of that one entry with base64 (RFC 4648, section 4, with
 * padding).
 */
final class BinaryForm {

    /* A map may look like that too. Such a map, and only such a one, is written with one more '$' before its key, and
     * read with one less; so every value comes back as what it was, and all other JSON means what it says. */

    static final String KEY = "$binary";

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private static final byte NOT_A_DIGIT = -1;
    private static final byte[] DIGITS = digits();

    private BinaryForm() {}

    /** The key under which the only entry of a map is written. */
    static String escape(String key, Value value) {
        return looksAlike(key) && value instanceof Value.Text text && bytes(text.value()) != null ? '$' + key : key;
    }

    /** What an object of the one entry {@code key} is. */
    static Value read(String key, Value value) {
        if (looksAlike(key) && value instanceof Value.Text text) {
            byte[] bytes = bytes(text.value());
            if (bytes != null) {
                return key.length() == KEY.length() ? Value.Binary.wrap(bytes) : MapValue.of(key.substring(1), value);
            }
        }
        return MapValue.of(key, value);
    }

    /** Whether {@code key} is {@link #KEY} with any number of further '$' before it. */
    static boolean looksAlike(String key) {
        if (!key.endsWith(KEY)) {
            return false;
        }
        for (int i = key.length() - KEY.length() - 1; i >= 0; i--) {
            if (key.charAt(i) != '$') {
                return false;
            }
        }
        return true;
    }

    static void write(Value.Binary binary, ByteWriter writer) {
        int length = binary.length();
        for (int i = 0; i < length; i += 3) {
            int left = length - i;
            int bits = (binary.at(i) & 0xff) << 16
                    | (left > 1 ? (binary.at(i + 1) & 0xff) << 8 : 0)
                    | (left > 2 ? binary.at(i + 2) & 0xff : 0);
            writer.writeByte(ALPHABET.charAt(bits >> 18));
            writer.writeByte(ALPHABET.charAt(bits >> 12 & 0x3f));
            writer.writeByte(left > 1 ? ALPHABET.charAt(bits >> 6 & 0x3f) : '=');
            writer.writeByte(left > 2 ? ALPHABET.charAt(bits & 0x3f) : '=');
        }
    }

    /** The bytes that {@link #write} writes as {@code text}, or null if none are. */
    private static byte @Nullable [] bytes(String text) {
        int length = text.length();
        if (length % 4 != 0) {
            return null;
        }
        int padding = length == 0 || text.charAt(length - 1) != '=' ? 0 : text.charAt(length - 2) != '=' ? 1 : 2;
        byte[] bytes = new byte[length / 4 * 3 - padding];
        int bits = 0;
        int out = 0;
        for (int i = 0; i < length - padding; i++) {
            char c = text.charAt(i);
            int digit = c < DIGITS.length ? DIGITS[c] : NOT_A_DIGIT;
            if (digit < 0) {
                return null;
            }
            bits = bits << 6 | digit;
            if (i % 4 > 0) {
                int unused = 6 - 2 * (i % 4);
                bytes[out++] = (byte) (bits >> unused);
            }
        }
        int unusedBits = padding == 1 ? 0x03 : padding == 2 ? 0x0f : 0;
        return (bits & unusedBits) == 0 ? bytes : null;
    }

    private static byte[] digits() {
        byte[] digits = new byte[128];
        Arrays.fill(digits, NOT_A_DIGIT);
        for (int i = 0; i < ALPHABET.length(); i++) {
            digits[ALPHABET.charAt(i)] = (byte) i;
        }
        return digits;
    }
}
