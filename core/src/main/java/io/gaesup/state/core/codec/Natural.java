package io.gaesup.state.core.codec;

import java.util.Arrays;

/** A natural number of any size that is changed in place: just what exact conversion of decimals needs. */
final class Natural {

    private static final long LOW_32 = 0xffff_ffffL;

    /** 5^13, the largest power of five in 31 bits. */
    private static final int FIVE_TO_13 = 1_220_703_125;

    /** Lowest 32 bits first; beyond {@link #size} all are zero. */
    private int[] limbs = new int[8];

    private int size;

    Natural(long value) {
        limbs[0] = (int) value;
        limbs[1] = (int) (value >>> 32);
        size = 2;
        trim();
    }

    /** Makes this {@code this * factor + summand}. */
    void multiplyAdd(int factor, int summand) {
        long carry = summand & LOW_32;
        for (int i = 0; i < size; i++) {
            carry += (limbs[i] & LOW_32) * (factor & LOW_32);
            limbs[i] = (int) carry;
            carry >>>= 32;
        }
        if (carry != 0) {
            push((int) carry);
        }
    }

    void multiplyByPowerOfFive(int power) {
        int rest = power;
        for (; rest >= 13; rest -= 13) {
            multiplyAdd(FIVE_TO_13, 0);
        }
        for (; rest > 0; rest--) {
            multiplyAdd(5, 0);
        }
    }

    /** Makes this the whole part of {@code this / 5}. */
    void divideByFive() {
        long rest = 0;
        for (int i = size - 1; i >= 0; i--) {
            long dividend = rest << 32 | limbs[i] & LOW_32;
            limbs[i] = (int) (dividend / 5);
            rest = dividend % 5;
        }
        trim();
    }

    void shiftLeft(int bits) {
        int whole = bits >> 5;
        int part = bits & 31;
        int[] shifted = new int[size + whole + 1];
        for (int i = 0; i < size; i++) {
            long limb = (limbs[i] & LOW_32) << part;
            shifted[i + whole] |= (int) limb;
            shifted[i + whole + 1] = (int) (limb >>> 32);
        }
        limbs = shifted;
        size = shifted.length;
        trim();
    }

    /** How many bits there are from the highest one on. */
    int bitLength() {
        return size == 0 ? 0 : size * 32 - Integer.numberOfLeadingZeros(limbs[size - 1]);
    }

    /** The 64 bits from the one at {@code lowest} on; zeros below the number and above it. */
    long bits(int lowest) {
        int limb = lowest >> 5;
        int part = lowest & 31;
        long low = limb(limb) | limb(limb + 1) << 32;
        return part == 0 ? low : low >>> part | limb(limb + 2) << (64 - part);
    }

    private long limb(int i) {
        return i >= 0 && i < size ? limbs[i] & LOW_32 : 0;
    }

    int compareTo(Natural other) {
        if (size != other.size) {
            return Integer.compare(size, other.size);
        }
        for (int i = size - 1; i >= 0; i--) {
            if (limbs[i] != other.limbs[i]) {
                return Long.compare(limbs[i] & LOW_32, other.limbs[i] & LOW_32);
            }
        }
        return 0;
    }

    private void push(int limb) {
        if (size == limbs.length) {
            limbs = Arrays.copyOf(limbs, 2 * size);
        }
        limbs[size++] = limb;
    }

    private void trim() {
        while (size > 0 && limbs[size - 1] == 0) {
            size--;
        }
    }
}
