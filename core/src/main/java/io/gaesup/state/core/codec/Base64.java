package io.gaesup.state.core.codec;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Base64 (RFC 4648, section 4) with padding, in its one canonical form. */
final class Base64 {

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private static final byte NOT_A_DIGIT = -1;
    private static final byte[] DIGITS = digits();

    private Base64() {}

    static void write(byte[] bytes, ByteWriter writer) {
        int length = bytes.length;
        for (int i = 0; i < length; i += 3) {
            int left = length - i;
            int bits = (bytes[i] & 0xff) << 16
                    | (left > 1 ? (bytes[i + 1] & 0xff) << 8 : 0)
                    | (left > 2 ? bytes[i + 2] & 0xff : 0);
            writer.writeByte(ALPHABET.charAt(bits >> 18));
            writer.writeByte(ALPHABET.charAt(bits >> 12 & 0x3f));
            writer.writeByte(left > 1 ? ALPHABET.charAt(bits >> 6 & 0x3f) : '=');
            writer.writeByte(left > 2 ? ALPHABET.charAt(bits & 0x3f) : '=');
        }
    }

    /** The bytes that {@link #write} writes as {@code text} from {@code start} on, or null if none are. */
    static byte @Nullable [] read(String text, int start) {
        int length = text.length() - start;
        if (length % 4 != 0) {
            return null;
        }
        int last = text.length() - 1;
        int padding = length == 0 || text.charAt(last) != '=' ? 0 : text.charAt(last - 1) != '=' ? 1 : 2;
        byte[] bytes = new byte[length / 4 * 3 - padding];
        int bits = 0;
        int out = 0;
        for (int i = 0; i < length - padding; i++) {
            char c = text.charAt(start + i);
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
