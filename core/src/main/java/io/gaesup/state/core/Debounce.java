package io.gaesup.state.core;

/**
 * How often a listener is told at most. The first change after a quiet window is told at once; what comes within the
 * window after it is told together at its end, as one change, and opens the next window. More changes never push that
 * back.
 *
 * <p>Without a given window it follows the frequency of the changes, measured over the last second: {@value
 * #FAST_WINDOW_MILLIS} ms above {@value #FAST_RATE} a second, {@value #BRISK_WINDOW_MILLIS} ms above {@value
 * #BRISK_RATE}, else {@value #SLOW_WINDOW_MILLIS} ms.
 *
 * @param scheduler the host's time
 * @param windowMillis how long changes gather, in milliseconds, at most {@value #WAIT_MILLIS_MAX}; {@value #ADAPTIVE}
 *     (default): by their frequency
 * @param batchSize how many changes are told together at most, 1 to {@value #BATCH_MAX}: so many are told before the window
 *     ends. {@value #ADAPTIVE} (default): as many as the present frequency brings in a window, at least {@value #BATCH_MIN}
 * @param longestWaitMillis how long a change waits at most whatever the window, in milliseconds, 1 to {@value
 *     #WAIT_MILLIS_MAX}; {@value #LONGEST_WAIT_MILLIS} unless given. A longer window is cut to that
 */
public record Debounce(Scheduler scheduler, long windowMillis, int batchSize, long longestWaitMillis) {

    /** For the window and the batch size: follow the frequency. */
    public static final int ADAPTIVE = 0;

    public static final int FAST_RATE = 100;
    public static final int FAST_WINDOW_MILLIS = 16;
    public static final int BRISK_RATE = 10;
    public static final int BRISK_WINDOW_MILLIS = 50;
    public static final int SLOW_WINDOW_MILLIS = 100;

    /** The least of an adaptive batch, so that a burst out of silence is not told in crumbs. */
    public static final int BATCH_MIN = 16;

    public static final int BATCH_MAX = 1_000;
    public static final int LONGEST_WAIT_MILLIS = 1_000;

    /** A day: the most that may be given for the window and for the longest wait. */
    public static final int WAIT_MILLIS_MAX = 86_400_000;

    public Debounce {
        if (windowMillis < 0 || windowMillis > WAIT_MILLIS_MAX) {
            throw new IllegalArgumentException(
                    "a debounce gathers for 1 to " + WAIT_MILLIS_MAX + " ms, or 0 (adaptive), not for " + windowMillis);
        }
        if (longestWaitMillis < 1 || longestWaitMillis > WAIT_MILLIS_MAX) {
            throw new IllegalArgumentException(
                    "a debounce waits 1 to " + WAIT_MILLIS_MAX + " ms at longest, not " + longestWaitMillis);
        }
        if (batchSize < 0 || batchSize > BATCH_MAX) {
            throw new IllegalArgumentException(
                    "a debounce tells 1 to " + BATCH_MAX + " changes together, or 0 (adaptive), not " + batchSize);
        }
    }

    /** Window and batch size follow the frequency of the changes. */
    public static Debounce adaptive(Scheduler scheduler) {
        return new Debounce(scheduler, ADAPTIVE, ADAPTIVE, LONGEST_WAIT_MILLIS);
    }

    public Debounce withWindowMillis(long millis) {
        return new Debounce(scheduler, millis, batchSize, longestWaitMillis);
    }

    public Debounce withBatchSize(int size) {
        return new Debounce(scheduler, windowMillis, size, longestWaitMillis);
    }

    public Debounce withLongestWaitMillis(long millis) {
        return new Debounce(scheduler, windowMillis, batchSize, millis);
    }

    /** How long changes gather that come {@code perSecond}. */
    long windowMillisAt(long perSecond) {
        long window = windowMillis != ADAPTIVE
                ? windowMillis
                : perSecond > FAST_RATE
                        ? FAST_WINDOW_MILLIS
                        : perSecond > BRISK_RATE ? BRISK_WINDOW_MILLIS : SLOW_WINDOW_MILLIS;
        return Math.min(window, longestWaitMillis);
    }

    /** How many changes that come {@code perSecond} are told together. */
    int batchSizeAt(long perSecond) {
        if (batchSize != ADAPTIVE) {
            return batchSize;
        }
        long expected = (perSecond * windowMillisAt(perSecond) + 999) / 1_000;
        return (int) Math.max(BATCH_MIN, Math.min(BATCH_MAX, expected));
    }
}
