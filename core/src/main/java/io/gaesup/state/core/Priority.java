package io.gaesup.state.core;

/**
 * How long an update may wait for company in a {@link BatchQueue} while the writer is busy. The times are {@link
 * QueueConfig}'s. The order of arrival is kept whatever the priorities are: one only says when all that waits is cut.
 */
public enum Priority {
    /** Not at all: it is cut at once, with all that came before it. */
    IMMEDIATE,
    /** 4 ms, unless configured otherwise. */
    HIGH,
    /** 16 ms, unless configured otherwise; the default. */
    NORMAL,
    /** 100 ms, unless configured otherwise. */
    LOW
}
