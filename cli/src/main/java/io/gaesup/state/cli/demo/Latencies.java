package io.gaesup.state.cli.demo;

import java.util.Arrays;

/** The newest latencies of a client's own batches. Threads: one. */
final class Latencies {
    private static final int KEPT_MAX = 1024;

    private final long[] nanos = new long[KEPT_MAX];
    private long count;

    void add(long latencyNanos) {
        nanos[(int) (count++ % KEPT_MAX)] = latencyNanos;
    }

    /** 0 if there is none. */
    long medianNanos() {
        int kept = (int) Math.min(count, KEPT_MAX);
        long[] sorted = Arrays.copyOf(nanos, kept);
        Arrays.sort(sorted);
        return kept == 0 ? 0 : sorted[kept / 2];
    }

    void clear() {
        count = 0;
    }
}
