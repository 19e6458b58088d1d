package io.gaesup.state.core;

/**
 * How a {@link BatchQueue} cuts, and what it holds at most.
 *
 * @param highNanos how long an update of high priority waits for company at most; default {@value #HIGH_MILLIS} ms. Longer
 *     waits make larger batches, and only while the writer is busy
 * @param normalNanos the same for normal priority; default {@value #NORMAL_MILLIS} ms
 * @param lowNanos the same for low priority; default {@value #LOW_MILLIS} ms
 * @param cutOperationsMax how many operations one batch gets at most, 1 to {@link Limits#BATCH_OPERATIONS_MAX}; default
 *     {@value #CUT_OPERATIONS_MAX}. An update is never divided: a larger one is a batch of its own
 * @param pendingUpdatesMax how many updates may wait for their cut or their commit; one more is refused with {@code BUSY};
 *     default {@value #PENDING_UPDATES_MAX}
 * @param pendingOperationsMax the same for operations; default {@value #PENDING_OPERATIONS_MAX}
 * @param touchedPathsMax how many places the memory of recent changes has, for updates that name their basis; a place takes
 *     about 150 bytes. When it is full, half of it is forgotten, oldest first, and a basis older than that is refused with
 *     {@code STALE_REVISION}; default {@value #TOUCHED_PATHS_MAX}; 0 if no update ever names one
 * @param snapshotsMax of how many last revisions the queue keeps snapshots, for resolvers of updates that name their basis
 *     by its number only; default 0, as each snapshot makes the next write copy its path
 */
public record QueueConfig(
        long highNanos,
        long normalNanos,
        long lowNanos,
        int cutOperationsMax,
        int pendingUpdatesMax,
        int pendingOperationsMax,
        int touchedPathsMax,
        int snapshotsMax) {

    public static final int HIGH_MILLIS = 4;
    public static final int NORMAL_MILLIS = 16;
    public static final int LOW_MILLIS = 100;
    public static final int CUT_OPERATIONS_MAX = 65_536;
    public static final int PENDING_UPDATES_MAX = 16_384;
    public static final int PENDING_OPERATIONS_MAX = 1_000_000;
    public static final int TOUCHED_PATHS_MAX = 65_536;

    private static final long NANOS_PER_MILLI = 1_000_000;

    public QueueConfig {
        check("high", highNanos, 0, Long.MAX_VALUE / 4);
        check("normal", normalNanos, 0, Long.MAX_VALUE / 4);
        check("low", lowNanos, 0, Long.MAX_VALUE / 4);
        check("cut-operations-max", cutOperationsMax, 1, Limits.BATCH_OPERATIONS_MAX);
        check("pending-updates-max", pendingUpdatesMax, 1, Integer.MAX_VALUE);
        check("pending-operations-max", pendingOperationsMax, 1, Integer.MAX_VALUE);
        check("touched-paths-max", touchedPathsMax, 0, Integer.MAX_VALUE);
        check("snapshots-max", snapshotsMax, 0, Integer.MAX_VALUE);
    }

    public static QueueConfig defaults() {
        return new QueueConfig(
                HIGH_MILLIS * NANOS_PER_MILLI,
                NORMAL_MILLIS * NANOS_PER_MILLI,
                LOW_MILLIS * NANOS_PER_MILLI,
                CUT_OPERATIONS_MAX,
                PENDING_UPDATES_MAX,
                PENDING_OPERATIONS_MAX,
                TOUCHED_PATHS_MAX,
                0);
    }

    /** With other waits, in nanoseconds. */
    public QueueConfig withWaits(long high, long normal, long low) {
        return new QueueConfig(
                high,
                normal,
                low,
                cutOperationsMax,
                pendingUpdatesMax,
                pendingOperationsMax,
                touchedPathsMax,
                snapshotsMax);
    }

    public QueueConfig withCutOperationsMax(int max) {
        return new QueueConfig(
                highNanos,
                normalNanos,
                lowNanos,
                max,
                pendingUpdatesMax,
                pendingOperationsMax,
                touchedPathsMax,
                snapshotsMax);
    }

    public QueueConfig withPendingMax(int updates, int operations) {
        return new QueueConfig(
                highNanos, normalNanos, lowNanos, cutOperationsMax, updates, operations, touchedPathsMax, snapshotsMax);
    }

    /** With another memory of what changed. */
    public QueueConfig withMemory(int touchedPaths, int snapshots) {
        return new QueueConfig(
                highNanos,
                normalNanos,
                lowNanos,
                cutOperationsMax,
                pendingUpdatesMax,
                pendingOperationsMax,
                touchedPaths,
                snapshots);
    }

    /** How long an update of {@code priority} waits at most. */
    public long waitNanos(Priority priority) {
        return switch (priority) {
            case IMMEDIATE -> 0;
            case HIGH -> highNanos;
            case NORMAL -> normalNanos;
            case LOW -> lowNanos;
        };
    }

    private static void check(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " is from " + min + " to " + max + ", but this is " + value);
        }
    }
}
