package io.gaesup.state.core.codec;

/**
 * The powers of ten to 128 bits: what converting between floats and decimals needs. The tables are made on first use, in
 * much less than a millisecond, so that a browser does not have to download them.
 */
final class PowersOfTen {

    static final int MIN = -342;
    static final int MAX = 324;

    /** 5^p, and with it 10^p, is exact in 64 bits for p from 0 to here. */
    static final int EXACT_MAX = 27;

    private static final long LOW_32 = 0xffff_ffffL;
    private static final long[] HIGH = new long[MAX - MIN + 1];
    private static final long[] LOW = new long[MAX - MIN + 1];

    static {
        Natural power = new Natural(1);
        for (int p = 0; p <= MAX; p++) {
            put(p, power);
            power.multiplyAdd(5, 0);
        }
        // The whole part of a whole part divided is that of the quotient: each reciprocal is exact as far as it goes.
        Natural reciprocal = new Natural(1);
        reciprocal.shiftLeft(128 - floorLog2OfPowerOf5(MIN));
        for (int p = -1; p >= MIN; p--) {
            reciprocal.divideByFive();
            put(p, reciprocal);
        }
    }

    private PowersOfTen() {}

    private static void put(int p, Natural power) {
        int length = power.bitLength();
        HIGH[p - MIN] = power.bits(length - 64);
        LOW[p - MIN] = power.bits(length - 128);
    }

    /** The highest 64 bits of 10^p, which begin with a one; bits below are cut off. */
    static long high(int p) {
        return HIGH[p - MIN];
    }

    /** The 64 bits that come after {@link #high}. */
    static long low(int p) {
        return LOW[p - MIN];
    }

    static int floorLog2OfPowerOf5(int p) {
        return p * 152_170 >> 16;
    }

    /** The high half of the product of two unsigned numbers; Math has such a method, but not in every browser build. */
    static long multiplyHigh(long a, long b) {
        long aLow = a & LOW_32;
        long aHigh = a >>> 32;
        long bLow = b & LOW_32;
        long bHigh = b >>> 32;
        long middle = aHigh * bLow + (aLow * bLow >>> 32);
        return aHigh * bHigh + (middle >>> 32) + (aLow * bHigh + (middle & LOW_32) >>> 32);
    }
}
