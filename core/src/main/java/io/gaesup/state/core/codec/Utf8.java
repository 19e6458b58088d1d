package io.gaesup.state.core.codec;

import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.StateException;

/** UTF-8 in plain loops, strict both ways: the charset classes cost a browser build more than these lines. */
final class Utf8 {

    /** Up to here the characters of a text are collected in a buffer that is used again. */
    private static final int SCRATCH_CHARS_MAX = 1024;

    private static final char[] NONE = new char[0];

    private char[] scratch = NONE;

    /** How many bytes {@code text} has in UTF-8; fails with {@code MALFORMED} for a lone surrogate. */
    static int length(String text) {
        long bytes = 0;
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                bytes++;
            } else if (c < 0x800) {
                bytes += 2;
            } else if (!Character.isSurrogate(c)) {
                bytes += 3;
            } else if (Character.isHighSurrogate(c) && i + 1 < length && Character.isLowSurrogate(text.charAt(i + 1))) {
                bytes += 4;
                i++;
            } else {
                throw new StateException(ErrorCode.MALFORMED, "a string has a lone surrogate at index " + i);
            }
        }
        if (bytes > Integer.MAX_VALUE) {
            throw new StateException(ErrorCode.LIMIT_EXCEEDED, "a string of " + bytes + " bytes is too long to write");
        }
        return (int) bytes;
    }

    /** Writes {@code text}, which {@link #length} has checked, to {@code target} from {@code at} on. */
    static void encode(String text, byte[] target, int at) {
        int out = at;
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                target[out++] = (byte) c;
            } else if (c < 0x800) {
                target[out++] = (byte) (0xc0 | c >> 6);
                target[out++] = (byte) (0x80 | c & 0x3f);
            } else if (!Character.isSurrogate(c)) {
                target[out++] = (byte) (0xe0 | c >> 12);
                target[out++] = (byte) (0x80 | c >> 6 & 0x3f);
                target[out++] = (byte) (0x80 | c & 0x3f);
            } else {
                int point = Character.toCodePoint(c, text.charAt(++i));
                target[out++] = (byte) (0xf0 | point >> 18);
                target[out++] = (byte) (0x80 | point >> 12 & 0x3f);
                target[out++] = (byte) (0x80 | point >> 6 & 0x3f);
                target[out++] = (byte) (0x80 | point & 0x3f);
            }
        }
    }

    /**
     * The text of {@code length} bytes from {@code from} on.
     *
     * @param start the offset in {@code bytes} that error messages call 0
     * @throws StateException with code {@code MALFORMED} and the offset of the first byte that is not UTF-8
     */
    String decode(byte[] bytes, int from, int length, int start) {
        if (length == 0) {
            return "";
        }
        char[] chars = chars(length);
        int beyondAscii = 0;
        for (int i = 0; i < length; i++) {
            byte b = bytes[from + i];
            chars[i] = (char) b;
            beyondAscii |= b;
        }
        if (beyondAscii >= 0) {
            return new String(chars, 0, length);
        }
        int count = decode(bytes, from, from + length, chars, 0);
        if (count < 0) {
            throw new StateException(
                    ErrorCode.MALFORMED, "at byte " + (~count - start) + ": " + notUtf8(bytes[~count]));
        }
        return new String(chars, 0, count);
    }

    /** The text of {@code length} bytes that all are ASCII. */
    String ascii(byte[] bytes, int from, int length) {
        if (length == 0) {
            return "";
        }
        char[] chars = chars(length);
        for (int i = 0; i < length; i++) {
            chars[i] = (char) bytes[from + i];
        }
        return new String(chars, 0, length);
    }

    /** A buffer for {@code length} characters, good until the next call. */
    char[] chars(int length) {
        if (length <= scratch.length) {
            return scratch;
        }
        if (length > SCRATCH_CHARS_MAX) {
            return new char[length];
        }
        scratch = new char[Math.max(length, 64)];
        return scratch;
    }

    /**
     * Decodes the bytes from {@code from} to {@code end} to {@code chars}, after the {@code count} that are there, and
     * returns how many there are then; where bytes are no UTF-8, the complement of the offset of the first such byte.
     */
    static int decode(byte[] bytes, int from, int end, char[] chars, int count) {
        int at = from;
        int out = count;
        while (at < end) {
            int b = bytes[at];
            if (b >= 0) {
                chars[out++] = (char) b;
                at++;
                continue;
            }
            int size = sequenceLength(b & 0xff);
            int point = size == 0 || at + size > end ? -1 : codePoint(bytes, at, size);
            if (point < 0) {
                return ~at;
            }
            if (point < Character.MIN_SUPPLEMENTARY_CODE_POINT) {
                chars[out++] = (char) point;
            } else {
                chars[out++] = Character.highSurrogate(point);
                chars[out++] = Character.lowSurrogate(point);
            }
            at += size;
        }
        return out;
    }

    static String notUtf8(byte first) {
        return "0x" + Integer.toHexString(first & 0xff) + " begins nothing that is valid UTF-8";
    }

    /** How many bytes a sequence that begins with {@code first}, at least 0x80, has; 0 if none begins so. */
    private static int sequenceLength(int first) {
        if (first < 0xc2 || first > 0xf4) {
            return 0;
        }
        return first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    }

    /** The code point of {@code size} bytes, or -1 for a bad follower, an overlong form, a surrogate or too large. */
    private static int codePoint(byte[] bytes, int at, int size) {
        int point = bytes[at] & (0xff >> (size + 1));
        for (int i = 1; i < size; i++) {
            int follower = bytes[at + i];
            if ((follower & 0xc0) != 0x80) {
                return -1;
            }
            point = point << 6 | follower & 0x3f;
        }
        boolean shortest = size == 2 || point >= (size == 3 ? 0x800 : Character.MIN_SUPPLEMENTARY_CODE_POINT);
        boolean surrogate = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
        return shortest && !surrogate && point <= Character.MAX_CODE_POINT ? point : -1;
    }
}
