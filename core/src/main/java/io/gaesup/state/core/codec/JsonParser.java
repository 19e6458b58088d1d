package io.gaesup.state.core.codec;

import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.Limits;
import io.gaesup.state.core.ListValue;
import io.gaesup.state.core.MapValue;
import io.gaesup.state.core.StateException;
import io.gaesup.state.core.Value;
import org.jspecify.annotations.Nullable;

/** Reads one JSON document from UTF-8. */
final class JsonParser {

    /** So many digits fit in 64 bits whatever they are. */
    private static final int EXACT_DIGITS = 18;

    /** Up to here a long is a double exactly. */
    private static final long EXACT_MAX = 1L << 53;

    /** Beyond it every number is zero or infinite, however many digits it has within the largest document. */
    private static final int EXPONENT_MAX = 100_000_000;

    /** The powers of ten that are doubles exactly. */
    private static final double[] POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    private final Utf8 utf8 = new Utf8();
    private final @Nullable Pattern[] patterns = new @Nullable Pattern[Pattern.COUNT];
    private final byte[] bytes;
    private final int start;
    private final int end;
    private int at;
    private int depth;

    JsonParser(byte[] bytes, int offset, int length) {
        ByteReader.checkRange(bytes, offset, length);
        this.bytes = bytes;
        this.start = offset;
        this.end = offset + length;
        this.at = offset;
    }

    Value parse() {
        space();
        Value value = value();
        space();
        if (at < end) {
            throw malformed("expected the end, found " + found());
        }
        return value;
    }

    private Value value() {
        switch (peek()) {
            case '{' -> {
                return object();
            }
            case '[' -> {
                return list();
            }
            case '"' -> {
                return Value.of(string());
            }
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> {
                return number();
            }
            case 't' -> {
                word("true");
                return Value.Bool.TRUE;
            }
            case 'f' -> {
                word("false");
                return Value.Bool.FALSE;
            }
            case 'n' -> {
                word("null");
                return Value.NULL;
            }
            default -> throw malformed("expected a value, found " + found());
        }
    }

    private Value list() {
        enter();
        if (peek() == ']') {
            leave();
            return ListValue.EMPTY;
        }
        ListValue.Builder builder = ListValue.builder();
        do {
            builder.add(value());
        } while (another(']'));
        return builder.build();
    }

    private Value object() {
        enter();
        if (peek() == '}') {
            leave();
            return MapValue.empty();
        }
        int place = patternPlace();
        Pattern pattern = patterns[place];
        if (pattern == null) {
            return newObject(place, new Pattern.Builder(), true);
        }
        Value[] values = new Value[pattern.size()];
        int known = 0;
        boolean more = true;
        while (more && known < values.length) {
            int length = pattern.match(known, bytes, at, end);
            if (length < 0) {
                break;
            }
            at += length;
            values[known++] = entryValue();
            more = another('}');
        }
        if (known == values.length && !more) {
            return known == 1
                    ? alone(pattern.keys()[0], values[0], pattern.like().withValues(values))
                    : pattern.like().withValues(values);
        }
        Pattern.Builder builder = new Pattern.Builder();
        builder.addAll(pattern, values, known);
        return newObject(place, builder, more);
    }

    /** Where the pattern for the object that begins here would stand. */
    private int patternPlace() {
        int hash = depth;
        for (int i = at + 1; i < end && i < at + 3; i++) {
            hash = hash * 31 + bytes[i];
        }
        return hash & Pattern.COUNT - 1;
    }

    /** Reads an object of which {@code builder} has the first entries already. */
    private Value newObject(int place, Pattern.Builder builder, boolean unfinished) {
        boolean more = unfinished;
        String key = "";
        Value value = Value.NULL;
        while (more) {
            int from = at;
            key = key();
            int to = at;
            value = entryValue();
            if (!builder.add(key, value, from, to)) {
                throw failure(ErrorCode.MALFORMED, from, "key \"" + clip(key) + "\" for the second time in one object");
            }
            more = another('}');
        }
        MapValue map = builder.build();
        patterns[place] = builder.pattern(map);
        return map.size() == 1 && unfinished ? alone(key, value, map) : map;
    }

    /** What an object of one entry is. */
    private static Value alone(String key, Value value, MapValue map) {
        return BinaryForm.looksAlike(key) ? BinaryForm.read(key, value) : map;
    }

    private String key() {
        int from = at;
        if (peek() != '"') {
            throw malformed("expected a key in quotes, found " + found());
        }
        String key = string();
        if (at - from > Limits.KEY_BYTES_MAX && Utf8.length(key) > Limits.KEY_BYTES_MAX) {
            throw failure(
                    ErrorCode.LIMIT_EXCEEDED,
                    from,
                    "a map key has at most " + Limits.KEY_BYTES_MAX + " bytes, this one has " + Utf8.length(key));
        }
        return key;
    }

    private Value entryValue() {
        space();
        if (peek() != ':') {
            throw malformed("expected ':' after a key, found " + found());
        }
        at++;
        space();
        return value();
    }

    /** Goes past a comma to the next item and returns true, or past {@code closing} and returns false. */
    private boolean another(char closing) {
        space();
        int next = peek();
        if (next == ',') {
            at++;
            space();
            return true;
        }
        if (next != closing) {
            throw malformed("expected ',' or '" + closing + "', found " + found());
        }
        leave();
        return false;
    }

    private void enter() {
        if (depth == Limits.DEPTH_MAX) {
            throw failure(
                    ErrorCode.LIMIT_EXCEEDED,
                    at,
                    "a document nests at most " + Limits.DEPTH_MAX + " deep, this one deeper");
        }
        depth++;
        at++;
        space();
    }

    private void leave() {
        depth--;
        at++;
    }

    private void word(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (at + i >= end || bytes[at + i] != word.charAt(i)) {
                throw malformed("expected a value, found " + found());
            }
        }
        at += word.length();
    }

    private String string() {
        int from = at + 1;
        int i = from;
        while (i < end) {
            byte b = bytes[i];
            if (b == '"') {
                at = i + 1;
                return utf8.ascii(bytes, from, i - from);
            }
            if (b < ' ' || b == '\\') {
                break;
            }
            i++;
        }
        int to = closingQuote(i);
        char[] chars = utf8.chars(to - from);
        int count = unescape(from, to, chars);
        at = to + 1;
        return new String(chars, 0, count);
    }

    private int closingQuote(int from) {
        for (int i = from; i < end; i++) {
            byte b = bytes[i];
            if (b == '"') {
                return i;
            }
            if (b == '\\') {
                i++;
            } else if (b >= 0 && b < ' ') {
                throw failure(ErrorCode.MALFORMED, i, "a control character in a string, 0x" + Integer.toHexString(b));
            }
        }
        throw malformed("a string without a closing quote");
    }

    /** Decodes a string's bytes, and returns how many characters they are. */
    private int unescape(int from, int to, char[] chars) {
        int count = 0;
        int i = from;
        while (i < to) {
            int run = i;
            while (i < to && bytes[i] != '\\') {
                i++;
            }
            count = Utf8.decode(bytes, run, i, chars, count);
            if (count < 0) {
                throw failure(ErrorCode.MALFORMED, ~count, Utf8.notUtf8(bytes[~count]));
            }
            if (i < to) {
                char c = escaped(i);
                chars[count++] = c;
                i += bytes[i + 1] == 'u' ? 6 : 2;
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
        return switch (bytes[i + 1]) {
            case '"' -> '"';
            case '\\' -> '\\';
            case '/' -> '/';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> hex(i);
            default -> throw failure(ErrorCode.MALFORMED, i, "a backslash before " + found(i + 1));
        };
    }

    private char lowSurrogate(char high, int i) {
        if (Character.isHighSurrogate(high) && i + 1 < end && bytes[i] == '\\' && bytes[i + 1] == 'u') {
            char low = hex(i);
            if (Character.isLowSurrogate(low)) {
                return low;
            }
        }
        throw failure(ErrorCode.MALFORMED, i - 6, "a lone surrogate, \\u" + Integer.toHexString(high));
    }

    /** The character of the four digits after a backslash and a u. */
    private char hex(int i) {
        int c = 0;
        for (int j = i + 2; j < i + 6; j++) {
            int digit = j < end ? Character.digit(bytes[j], 16) : -1;
            if (digit < 0) {
                throw failure(ErrorCode.MALFORMED, i, "\\u without four hexadecimal digits");
            }
            c = c << 4 | digit;
        }
        return (char) c;
    }

    private Value number() {
        int from = at;
        boolean negative = bytes[at] == '-';
        if (negative) {
            at++;
        }
        int first = at;
        long digits = 0;
        while (at < end && isDigit(bytes[at])) {
            digits = digits * 10 + (bytes[at++] - '0');
        }
        int count = at - first;
        if (count == 0) {
            throw malformed("expected a digit, found " + found());
        }
        if (count > 1 && bytes[first] == '0') {
            throw failure(ErrorCode.MALFORMED, first, "a number that begins with 0");
        }
        int next = peek();
        if (next == '.' || next == 'e' || next == 'E') {
            return real(from, negative, digits, count);
        }
        if (count > EXACT_DIGITS) {
            return longInteger(from);
        }
        return digits == 0 && negative ? Value.of(-0.0) : Value.of(negative ? -digits : digits);
    }

    private Value longInteger(int from) {
        String text = utf8.ascii(bytes, from, at - from);
        try {
            return Value.of(Long.parseLong(text));
        } catch (NumberFormatException _) {
            throw failure(ErrorCode.OVERFLOW, from, clip(text) + " does not fit in 64 bits");
        }
    }

    /** The number that has {@code count} digits before the point or exponent that comes now. */
    private Value real(int from, boolean negative, long digitsBefore, int count) {
        long digits = digitsBefore;
        int first = at - count;
        int fraction = 0;
        if (peek() == '.') {
            at++;
            int point = at;
            while (at < end && isDigit(bytes[at])) {
                digits = digits * 10 + (bytes[at++] - '0');
            }
            fraction = at - point;
            requireDigits(fraction);
        }
        int mantissaEnd = at;
        int exponent = exponent();
        int power = exponent - fraction;
        if (count + fraction <= EXACT_DIGITS && digits <= EXACT_MAX && Math.abs(power) < POWERS.length) {
            // Both are exact, so one rounding is all there is. (Clinger, "How to Read Floating Point Numbers
            // Accurately".)
            double value = power < 0 ? digits / POWERS[-power] : digits * POWERS[power];
            return Value.of(signed(negative, value));
        }
        double value = DoubleReader.read(bytes, first, mantissaEnd, exponent);
        if (Double.isInfinite(value)) {
            throw failure(
                    ErrorCode.OVERFLOW,
                    from,
                    clip(utf8.ascii(bytes, from, at - from)) + " is beyond the range of floats");
        }
        return Value.of(signed(negative, value));
    }

    private static double signed(boolean negative, double value) {
        // Not -value: compiled to WasmGC, the negative of 0.0 is 0.0.
        return negative ? value * -1.0 : value;
    }

    private int exponent() {
        int next = peek();
        if (next != 'e' && next != 'E') {
            return 0;
        }
        at++;
        boolean negative = peek() == '-';
        if (negative || peek() == '+') {
            at++;
        }
        int first = at;
        int exponent = 0;
        while (at < end && isDigit(bytes[at])) {
            exponent = Math.min(EXPONENT_MAX, exponent * 10 + (bytes[at++] - '0'));
        }
        requireDigits(at - first);
        return negative ? -exponent : exponent;
    }

    private void requireDigits(int count) {
        if (count == 0) {
            throw malformed("expected a digit, found " + found());
        }
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private void space() {
        while (at < end) {
            byte b = bytes[at];
            if (b > ' ' || b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                return;
            }
            at++;
        }
    }

    /** The next byte, or something that nothing begins with where there is none. */
    private int peek() {
        return at < end ? bytes[at] : 0;
    }

    private String found() {
        return found(at);
    }

    private String found(int i) {
        if (i >= end) {
            return "the end";
        }
        byte b = bytes[i];
        return b > ' ' && b < 0x7f ? "'" + (char) b + "'" : "byte 0x" + Integer.toHexString(b & 0xff);
    }

    private StateException malformed(String reason) {
        return failure(ErrorCode.MALFORMED, at, reason);
    }

    private StateException failure(ErrorCode code, int where, String reason) {
        int line = 1;
        int column = 1;
        for (int i = start; i < where && i < end; i++) {
            if (bytes[i] == '\n') {
                line++;
                column = 1;
            } else if ((bytes[i] & 0xc0) != 0x80) {
                column++;
            }
        }
        return new StateException(code, "at line " + line + ", column " + column + ": " + reason);
    }

    private static String clip(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
