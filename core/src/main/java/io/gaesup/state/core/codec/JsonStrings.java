package io.gaesup.state.core.codec;

import io.gaesup.state.core.ErrorCode;

/** Reads JSON strings. */
final class JsonStrings {

    private final Utf8 utf8 = new Utf8();
    private final JsonInput in;

    JsonStrings(JsonInput in) {
        this.in = in;
    }

    /** The string whose opening quote comes now. */
    String read() {
        int from = in.at + 1;
        int i = from;
        while (i < in.end) {
            byte b = in.bytes[i];
            if (b == '"') {
                in.at = i + 1;
                return utf8.ascii(in.bytes, from, i - from);
            }
            if (b < ' ' || b == '\\') {
                break;
            }
            i++;
        }
        int to = closingQuote(i);
        char[] chars = utf8.chars(to - from);
        int count = unescape(from, to, chars);
        in.at = to + 1;
        return new String(chars, 0, count);
    }

    private int closingQuote(int from) {
        for (int i = from; i < in.end; i++) {
            byte b = in.bytes[i];
            if (b == '"') {
                return i;
            }
            if (b == '\\') {
                i++;
            } else if (b >= 0 && b < ' ') {
                throw in.failure(
                        ErrorCode.MALFORMED, i, "a control character in a string, 0x" + Integer.toHexString(b));
            }
        }
        throw in.malformed("a string without a closing quote");
    }

    /** Decodes a string's bytes, and returns how many characters they are. */
    private int unescape(int from, int to, char[] chars) {
        int count = 0;
        int i = from;
        while (i < to) {
            int run = i;
            while (i < to && in.bytes[i] != '\\') {
                i++;
            }
            count = Utf8.decode(in.bytes, run, i, chars, count);
            if (count < 0) {
                throw in.failure(ErrorCode.MALFORMED, ~count, Utf8.notUtf8(in.bytes[~count]));
            }
            if (i < to) {
                char c = escaped(i);
                chars[count++] = c;
                i += in.bytes[i + 1] == 'u' ? 6 : 2;
                if (Character.isSurrogate(c)) {
                    chars[count++] = lowSurrogate(c, i);
                    i += 6;
                }
            }
        }
        return count;
    }

    /** The character that the escape at {@code i} stands for. */
    private char escaped(int i) {
        return switch (in.bytes[i + 1]) {
            case '"' -> '"';
            case '\\' -> '\\';
            case '/' -> '/';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> hex(i);
            default -> throw in.failure(ErrorCode.MALFORMED, i, "a backslash before " + in.found(i + 1));
        };
    }

    private char lowSurrogate(char high, int i) {
        if (Character.isHighSurrogate(high) && i + 1 < in.end && in.bytes[i] == '\\' && in.bytes[i + 1] == 'u') {
            char low = hex(i);
            if (Character.isLowSurrogate(low)) {
                return low;
            }
        }
        throw in.failure(ErrorCode.MALFORMED, i - 6, "a lone surrogate, \\u" + Integer.toHexString(high));
    }

    /** The character of the four digits after a backslash and a u. */
    private char hex(int i) {
        int c = 0;
        for (int j = i + 2; j < i + 6; j++) {
            int digit = j < in.end ? Character.digit(in.bytes[j], 16) : -1;
            if (digit < 0) {
                throw in.failure(ErrorCode.MALFORMED, i, "\\u without four hexadecimal digits");
            }
            c = c << 4 | digit;
        }
        return (char) c;
    }
}
