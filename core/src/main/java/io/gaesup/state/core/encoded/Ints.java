package io.gaesup.state.core.encoded;

import java.util.Arrays;

/** Ints in a row that grows. */
final class Ints {

    private static final int DIGITS = 256;

    private int[] values = new int[32];
    private int size;

    int size() {
        return size;
    }

    void add(int value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, 2 * size);
        }
        values[size++] = value;
    }

    int get(int at) {
        return values[at];
    }

    void truncate(int newSize) {
        size = newSize;
    }

    int[] toArray() {
        return Arrays.copyOf(values, size);
    }

    /** The places of {@code keys} in ascending order of what stands there, taken as unsigned; equal ones as they were. */
    static int[] ascending(int[] keys) {
        int[] order = new int[keys.length];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        int[] sorted = new int[keys.length];
        for (int shift = 0; shift < Integer.SIZE; shift += 8) {
            int[] starts = new int[DIGITS + 1];
            for (int key : keys) {
                starts[(key >>> shift & 0xff) + 1]++;
            }
            for (int digit = 0; digit < DIGITS; digit++) {
                starts[digit + 1] += starts[digit];
            }
            for (int place : order) {
                sorted[starts[keys[place] >>> shift & 0xff]++] = place;
            }
            int[] swapped = order;
            order = sorted;
            sorted = swapped;
        }
        return order;
    }
}
