package io.gaesup.state.core;

import java.util.Arrays;

/** How many updates there were in the last second, to a tenth of it. Cost: O(1), 40 bytes. */
final class UpdateRate {

    private static final int SLICES = 10;
    private static final long SLICE_NANOS = 1_000_000_000L / SLICES;

    private final int[] counts = new int[SLICES];
    private long newest = Long.MIN_VALUE;
    private int sum;

    /** Notes an update at {@code nanoTime}, which does not go back. */
    void note(long nanoTime) {
        goTo(nanoTime);
        counts[slot(newest)]++;
        sum++;
    }

    /** The updates of the slice {@code nanoTime} is in and of the nine before it. */
    long perSecond(long nanoTime) {
        goTo(nanoTime);
        return sum;
    }

    private void goTo(long nanoTime) {
        long slice = Math.floorDiv(nanoTime, SLICE_NANOS);
        if (slice - SLICES >= newest || newest == Long.MIN_VALUE) {
            Arrays.fill(counts, 0);
            sum = 0;
            newest = slice;
        }
        while (newest < slice) {
            newest++;
            sum -= counts[slot(newest)];
            counts[slot(newest)] = 0;
        }
    }

    private static int slot(long slice) {
        return (int) Math.floorMod(slice, (long) SLICES);
    }
}
