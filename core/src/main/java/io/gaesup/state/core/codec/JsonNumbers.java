package io.gaesup.state.core.codec;

import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.Value;

/** Reads JSON numbers: ints without fraction and exponent, floats with one. */
final class JsonNumbers {

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
    private final JsonInput in;

    JsonNumbers(JsonInput in) {
        this.in = in;
    }

    /** The number whose sign or first digit comes now. */
    Value read() {
        int from = in.at;
        boolean negative = in.bytes[in.at] == '-';
        if (negative) {
            in.at++;
        }
        int first = in.at;
        long digits = 0;
        while (in.at < in.end && isDigit(in.bytes[in.at])) {
            digits = digits * 10 + (in.bytes[in.at++] - '0');
        }
        int count = in.at - first;
        if (count == 0) {
            throw in.malformed("expected a digit, found " + in.found());
        }
        if (count > 1 && in.bytes[first] == '0') {
            throw in.failure(ErrorCode.MALFORMED, first, "a number that begins with 0");
        }
        int next = in.peek();
        if (next == '.' || next == 'e' || next == 'E') {
            return real(from, negative, digits, count);
        }
        if (count > EXACT_DIGITS) {
            return longInteger(from);
        }
        return digits == 0 && negative ? Value.of(-0.0) : Value.of(negative ? -digits : digits);
    }

    private Value longInteger(int from) {
        String text = utf8.ascii(in.bytes, from, in.at - from);
        try {
            return Value.of(Long.parseLong(text));
        } catch (NumberFormatException _) {
            throw in.failure(ErrorCode.OVERFLOW, from, JsonInput.clip(text) + " does not fit in 64 bits");
        }
    }

    /** The number that has {@code count} digits before the point or exponent that comes now. */
    private Value real(int from, boolean negative, long digitsBefore, int count) {
        long digits = digitsBefore;
        int first = in.at - count;
        int fraction = 0;
        if (in.peek() == '.') {
            in.at++;
            int point = in.at;
            while (in.at < in.end && isDigit(in.bytes[in.at])) {
                digits = digits * 10 + (in.bytes[in.at++] - '0');
            }
            fraction = in.at - point;
            requireDigits(fraction);
        }
        int mantissaEnd = in.at;
        int exponent = exponent();
        int power = exponent - fraction;
        if (count + fraction <= EXACT_DIGITS && digits <= EXACT_MAX && Math.abs(power) < POWERS.length) {
            // Both are exact, so the rounding of the division or product is the only one.
            double value = power < 0 ? digits / POWERS[-power] : digits * POWERS[power];
            return Value.of(signed(negative, value));
        }
        double value = DoubleReader.read(in.bytes, first, mantissaEnd, exponent);
        if (Double.isInfinite(value)) {
            throw in.failure(
                    ErrorCode.OVERFLOW,
                    from,
                    JsonInput.clip(utf8.ascii(in.bytes, from, in.at - from)) + " is beyond the range of floats");
        }
        return Value.of(signed(negative, value));
    }

    private static double signed(boolean negative, double value) {
        // Not -value: compiled to WasmGC, the negative of 0.0 is 0.0.
        return negative ? value * -1.0 : value;
    }

    private int exponent() {
        int next = in.peek();
        if (next != 'e' && next != 'E') {
            return 0;
        }
        in.at++;
        boolean negative = in.peek() == '-';
        if (negative || in.peek() == '+') {
            in.at++;
        }
        int first = in.at;
        int exponent = 0;
        while (in.at < in.end && isDigit(in.bytes[in.at])) {
            exponent = Math.min(EXPONENT_MAX, exponent * 10 + (in.bytes[in.at++] - '0'));
        }
        requireDigits(in.at - first);
        return negative ? -exponent : exponent;
    }

    private void requireDigits(int count) {
        if (count == 0) {
            throw in.malformed("expected a digit, found " + in.found());
        }
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }
}
