package io.gaesup.state.core.codec;

/** Writes numbers in decimal digits. */
final class Decimals {

    /* Most floats that people store have few digits after the point: prices, coordinates, measurements. If d / 10^k, both
     * exact, is the float, then its digits are those of d: no decimal of up to 15 digits shares its float with another one,
     * so the first k that fits gives what Double.toString does. Anything else goes there. */

    private static final int SCALES = 5;
    private static final double[] POWERS = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5};

    /** Double.toString takes an exponent below and from here on. */
    private static final double PLAIN_MIN = 1e-3;

    private static final double PLAIN_MAX = 1e7;

    /** A sign and 19 digits, or 7, a point and {@link #SCALES}. */
    private static final int CHARS_MAX = 20;

    private final byte[] digits = new byte[CHARS_MAX];

    void write(long value, ByteWriter writer) {
        int at = digits(value, CHARS_MAX);
        if (value < 0) {
            digits[--at] = '-';
        }
        writer.writeBytes(digits, at, CHARS_MAX - at);
    }

    /** As {@link Double#toString(double)} does. */
    void write(double value, ByteWriter writer) {
        double size = Math.abs(value);
        if (size >= PLAIN_MIN && size < PLAIN_MAX) {
            for (int scale = 1; scale <= SCALES; scale++) {
                double scaled = Math.rint(size * POWERS[scale]);
                if (scaled / POWERS[scale] == size) {
                    write(value < 0, (long) scaled, scale, writer);
                    return;
                }
            }
        }
        writer.writeText(Double.toString(value));
    }

    private void write(boolean negative, long scaled, int scale, ByteWriter writer) {
        long power = (long) POWERS[scale];
        int at = digits(scaled % power, CHARS_MAX);
        while (at > CHARS_MAX - scale) {
            digits[--at] = '0';
        }
        digits[--at] = '.';
        at = digits(scaled / power, at);
        if (negative) {
            digits[--at] = '-';
        }
        writer.writeBytes(digits, at, CHARS_MAX - at);
    }

    /** Puts the digits of {@code value}, whatever its sign, before {@code end}; returns where they begin. */
    private int digits(long value, int end) {
        int at = end;
        long rest = value;
        do {
            long tenth = rest / 10;
            digits[--at] = (byte) ('0' + Math.abs((int) (rest - tenth * 10)));
            rest = tenth;
        } while (rest != 0);
        return at;
    }
}
