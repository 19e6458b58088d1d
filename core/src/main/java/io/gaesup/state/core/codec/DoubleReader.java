package io.gaesup.state.core.codec;

/** Reads decimals as the nearest float; of two as near, the even one. */
final class DoubleReader {

    /* Double.parseDouble in browser builds is off by one in the last place for one number in some thousands, so this is our
     * own, the same everywhere. The first 19 digits times a power of ten cut to 64 bits give a lower and an upper bound
     * some 2^-60 apart. Nearly always both round to the same float. Otherwise the number is compared, exactly, with the
     * middle between the two. (Bounds as in Lemire, "Number Parsing at a Gigabyte per Second", 2021; the comparison as in
     * Clinger, "How to Read Floating Point Numbers Accurately", 1990.) */

    /** So many digits fit in 64 bits without a sign. */
    private static final int DIGITS = 19;

    /** No middle between two floats has more digits than 767: what comes after these only says "a little more". */
    private static final int DIGITS_MAX = 800;

    /** Beyond this power of ten every number but zero is infinite. */
    private static final int POWER_MAX = 308;

    private static final int FRACTION_BITS = 52;
    private static final long FRACTION = (1L << FRACTION_BITS) - 1;
    private static final int EXPONENT_MIN = -1022;
    private static final int EXPONENT_BIAS = 1023;
    private static final long INFINITY_BITS = 0x7ffL << FRACTION_BITS;

    private DoubleReader() {}

    /**
     * The float nearest to a number without its sign; infinity beyond the floats.
     *
     * @param bytes the digits, possibly with a point among them, from {@code from} to {@code to}
     * @param power the power of ten by which they are multiplied
     */
    static double read(byte[] bytes, int from, int to, int power) {
        long digits = 0;
        int count = 0;
        int scale = power;
        boolean fraction = false;
        boolean cut = false;
        for (int i = from; i < to; i++) {
            byte b = bytes[i];
            if (b == '.') {
                fraction = true;
            } else if (count < DIGITS) {
                digits = digits * 10 + (b - '0');
                count += digits == 0 ? 0 : 1;
                scale -= fraction ? 1 : 0;
            } else {
                cut |= b != '0';
                scale += fraction ? 0 : 1;
            }
        }
        if (digits == 0 || scale < PowersOfTen.MIN) {
            return 0;
        }
        if (scale > POWER_MAX) {
            return Double.POSITIVE_INFINITY;
        }
        return nearest(digits, scale, cut, bytes, from, to, power);
    }

    private static double nearest(long digits, int scale, boolean cut, byte[] bytes, int from, int to, int power) {
        int zeros = Long.numberOfLeadingZeros(digits);
        long number = digits << zeros;
        long ten = PowersOfTen.high(scale);
        long high = PowersOfTen.multiplyHigh(number, ten);
        long low = number * ten;
        int exponent = scale + PowersOfTen.floorLog2OfPowerOf5(scale) - 63 - zeros;
        long lower = round(high, low, exponent);

        boolean exactTen = scale >= 0 && scale <= PowersOfTen.EXACT_MAX;
        long upperHigh = high;
        long upperLow = low;
        if (!exactTen) {
            upperLow += number;
            upperHigh += Long.compareUnsigned(upperLow, number) < 0 ? 1 : 0;
        }
        if (cut) {
            // One more in the last digit is 2^zeros more in number, times at most ten + 1.
            upperHigh += zeros == 0 ? 1 : (ten >>> (64 - zeros)) + 1;
        }
        boolean wrapped = Long.compareUnsigned(upperHigh, high) < 0;
        long upper = wrapped ? lower + 1 : round(upperHigh, upperLow, exponent);
        if (lower == upper) {
            return Double.longBitsToDouble(lower);
        }
        int order = compareWithMiddle(lower, bytes, from, to, power);
        return Double.longBitsToDouble(order < 0 || order == 0 && (lower & 1) == 0 ? lower : lower + 1);
    }

    /** The bits of the float nearest to (high * 2^64 + low) * 2^exponent, where high is at least 2^62. */
    private static long round(long high, long low, int exponent) {
        int zeros = Long.numberOfLeadingZeros(high);
        int top = exponent + 127 - zeros;
        int precision = FRACTION_BITS + 1 - Math.max(0, EXPONENT_MIN - top);
        if (precision < 0) {
            return 0;
        }
        if (top > Double.MAX_EXPONENT) {
            return INFINITY_BITS;
        }
        // How many bits of high are not kept: 10 or more.
        int drop = 64 - zeros - precision;
        long kept = drop == 64 ? 0 : high >>> drop;
        long dropped = drop == 64 ? high : high & (1L << drop) - 1;
        int order = Long.compareUnsigned(dropped, 1L << drop - 1);
        if (order > 0 || order == 0 && (low != 0 || (kept & 1) != 0)) {
            kept++;
        }
        if (top < EXPONENT_MIN) {
            return kept;
        }
        // The highest kept bit adds one to the exponent; so does a carry.
        return ((long) (top + EXPONENT_BIAS - 1) << FRACTION_BITS) + kept;
    }

    /** Compares the whole number with the middle between the float of bits {@code lower} and the next one. */
    private static int compareWithMiddle(long lower, byte[] bytes, int from, int to, int power) {
        Natural number = new Natural(0);
        int scale = power;
        int count = 0;
        boolean fraction = false;
        boolean cut = false;
        for (int i = from; i < to; i++) {
            byte b = bytes[i];
            if (b == '.') {
                fraction = true;
            } else if (count < DIGITS_MAX) {
                number.multiplyAdd(10, b - '0');
                count += count == 0 && b == '0' ? 0 : 1;
                scale -= fraction ? 1 : 0;
            } else {
                cut |= b != '0';
                scale += fraction ? 0 : 1;
            }
        }
        if (cut) {
            number.multiplyAdd(10, 1);
            scale--;
        }
        int biased = (int) (lower >>> FRACTION_BITS);
        long mantissa = biased == 0 ? lower : lower & FRACTION | 1L << FRACTION_BITS;
        Natural middle = new Natural(2 * mantissa + 1);
        int middleExponent = Math.max(biased, 1) - EXPONENT_BIAS - FRACTION_BITS - 1;
        if (scale >= 0) {
            number.multiplyByPowerOfFive(scale);
        } else {
            middle.multiplyByPowerOfFive(-scale);
        }
        int twos = scale - middleExponent;
        if (twos >= 0) {
            number.shiftLeft(twos);
        } else {
            middle.shiftLeft(-twos);
        }
        return number.compareTo(middle);
    }
}
