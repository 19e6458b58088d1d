package io.gaesup.state.core.codec;

/** The shortest decimal that reads back as a float, and of those the nearest to it. */
final class ShortestDecimal {

    /* Double.toString of browser builds differs from that of JVMs for some numbers, and in a few cases does not read back as
     * the same one, so this is our own, the same everywhere. It is Raffaello Giulietti's "The Schubfach way to render
     * doubles" (2020), with his names: a float is c * 2^q, v; its neighbours' middles are vl and vr; k is the power of ten of
     * the shortest decimals between them, of which at most four are candidates. */

    private static final int FRACTION_BITS = 52;
    private static final long C_MIN = 1L << FRACTION_BITS;
    private static final int Q_MIN = -1074;
    private static final long LOW_63 = Long.MAX_VALUE;

    private long digits;
    private int exponent;

    /** The digits of the decimal that was found last; they may end in zeros. */
    long digits() {
        return digits;
    }

    /** The power of ten by which {@link #digits} are multiplied. */
    int exponent() {
        return exponent;
    }

    /** Finds the decimal for {@code value}, which is finite and above zero. */
    void of(double value) {
        long bits = Double.doubleToRawLongBits(value);
        long fraction = bits & C_MIN - 1;
        int biased = (int) (bits >>> FRACTION_BITS);
        if (biased > 0) {
            normal(biased, C_MIN | fraction);
        } else if (fraction < 3) {
            // So small that two digits need one more of them to be found.
            find(Q_MIN, 10 * fraction, -1);
        } else {
            find(Q_MIN, fraction, 0);
        }
    }

    private void normal(int biased, long c) {
        int q = biased + Q_MIN - 1;
        if (q < 0 && q > -FRACTION_BITS - 1 && c >> -q << -q == c) {
            digits = c >> -q;
            exponent = 0;
        } else {
            find(q, c, 0);
        }
    }

    private void find(int q, long c, int shift) {
        long odd = c & 1;
        long middle = c << 2;
        long right = middle + 2;
        boolean regular = c != C_MIN || q == Q_MIN;
        long left = regular ? middle - 2 : middle - 1;
        int k = regular ? floorLog10Of2(q) : floorLog10Of3Quarters2(q);
        int h = q + floorLog2Of10(-k) + 2;
        long vl = scaled(-k, left << h);
        long v = scaled(-k, middle << h);
        long vr = scaled(-k, right << h);

        long s = v >> 2;
        exponent = k + shift;
        if (s >= 100) {
            long tens = s / 10 * 10;
            boolean lowIn = vl + odd <= tens << 2;
            boolean highIn = (tens + 10 << 2) + odd <= vr;
            if (lowIn != highIn) {
                digits = lowIn ? tens : tens + 10;
                return;
            }
        }
        boolean lowIn = vl + odd <= s << 2;
        boolean highIn = (s + 1 << 2) + odd <= vr;
        if (lowIn != highIn) {
            digits = lowIn ? s : s + 1;
            return;
        }
        long order = v - (s + s + 1 << 1);
        digits = order < 0 || order == 0 && (s & 1) == 0 ? s : s + 1;
    }

    /** {@code cp} times 10^power, scaled down to an integer whose last bit is set if anything was cut off. */
    private static long scaled(int power, long cp) {
        // 126 bits of the power, rounded up.
        long low = PowersOfTen.low(power) >>> 2 | PowersOfTen.high(power) << 62;
        long high = PowersOfTen.high(power) >>> 2;
        low++;
        high += low == 0 ? 1 : 0;
        long g1 = high << 1 | low >>> 63;
        long g0 = low & LOW_63;

        long x1 = PowersOfTen.multiplyHigh(g0, cp);
        long y0 = g1 * cp;
        long y1 = PowersOfTen.multiplyHigh(g1, cp);
        long z = (y0 >>> 1) + x1;
        long w = y1 + (z >>> 63);
        return w | (z & LOW_63) + LOW_63 >>> 63;
    }

    private static int floorLog10Of2(int q) {
        return (int) (q * 661_971_961_083L >> 41);
    }

    private static int floorLog10Of3Quarters2(int q) {
        return (int) (q * 661_971_961_083L - 274_743_187_321L >> 41);
    }

    private static int floorLog2Of10(int k) {
        return (int) (k * 913_124_641_741L >> 38);
    }
}
