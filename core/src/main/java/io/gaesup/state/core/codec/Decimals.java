package io.gaesup.state.core.codec;

/** Writes numbers in decimal digits. */
final class Decimals {

    /* Most floats that people store have few digits after the point: prices, coordinates, measurements. If d / 10^k, both
     * exact, is the float, then its digits are those of d: no decimal of up to 15 digits shares its float with another one,
     * so the first k that fits gives the shortest. All others go through ShortestDecimal. */

    private static final int SCALES = 5;
    private static final double[] POWERS = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5};

    /** Below this, and from {@link #PLAIN_MAX} on, a float is written with an exponent. */
    private static final double PLAIN_MIN = 1e-3;

    private static final double PLAIN_MAX = 1e7;

    /** A float has at most a sign, 17 digits, a point and {@code E-324}; one of few digits, or a long, less. */
    private static final int CHARS_MAX = 24;

    private final byte[] chars = new byte[CHARS_MAX];
    private final ShortestDecimal shortest = new ShortestDecimal();

    void write(long value, ByteWriter writer) {
        int at = digits(value, CHARS_MAX);
        if (value < 0) {
            chars[--at] = '-';
        }
        writer.writeBytes(chars, at, CHARS_MAX - at);
    }

    /** Writes {@code value}, which is finite, with the characters of {@link Double#toString(double)} on a JVM. */
    void write(double value, ByteWriter writer) {
        double size = Math.abs(value);
        if (Double.doubleToRawLongBits(value) < 0) {
            writer.writeByte('-');
        }
        if (size >= PLAIN_MIN && size < PLAIN_MAX) {
            for (int scale = 1; scale <= SCALES; scale++) {
                double scaled = Math.rint(size * POWERS[scale]);
                if (scaled / POWERS[scale] == size) {
                    writeScaled((long) scaled, scale, writer);
                    return;
                }
            }
        }
        if (size == 0) {
            writer.writeText("0.0");
        } else {
            shortest.of(size);
            writeFloat(shortest.digits(), shortest.exponent(), writer);
        }
    }

    private void writeScaled(long scaled, int scale, ByteWriter writer) {
        long power = (long) POWERS[scale];
        int at = digits(scaled % power, CHARS_MAX);
        while (at > CHARS_MAX - scale) {
            chars[--at] = '0';
        }
        chars[--at] = '.';
        at = digits(scaled / power, at);
        writer.writeBytes(chars, at, CHARS_MAX - at);
    }

    /** Writes {@code digits * 10^exponent}. */
    private void writeFloat(long digits, int exponent, ByteWriter writer) {
        long shortDigits = digits;
        int shortExponent = exponent;
        while (shortDigits % 10 == 0) {
            shortDigits /= 10;
            shortExponent++;
        }
        int at = digits(shortDigits, CHARS_MAX);
        int count = CHARS_MAX - at;
        int point = count + shortExponent;
        if (point > 0 && point <= 7) {
            writer.writeBytes(chars, at, Math.min(count, point));
            writer.writeText("0000000".substring(0, Math.max(0, point - count)));
            fraction(at + point, writer);
        } else if (point > -3 && point <= 0) {
            writer.writeText("0.00".substring(0, 2 - point));
            writer.writeBytes(chars, at, count);
        } else {
            writer.writeByte(chars[at]);
            fraction(at + 1, writer);
            writer.writeByte('E');
            write((long) point - 1, writer);
        }
    }

    /** Writes the point and the digits from {@code at} on, or one zero where there are none. */
    private void fraction(int at, ByteWriter writer) {
        writer.writeByte('.');
        if (at < CHARS_MAX) {
            writer.writeBytes(chars, at, CHARS_MAX - at);
        } else {
            writer.writeByte('0');
        }
    }

    /** Puts the digits of {@code value}, whatever its sign, before {@code end}; returns where they begin. */
    private int digits(long value, int end) {
        int at = end;
        long rest = value;
        do {
            long tenth = rest / 10;
            chars[--at] = (byte) ('0' + Math.abs((int) (rest - tenth * 10)));
            rest = tenth;
        } while (rest != 0);
        return at;
    }
}
