package io.gaesup.state.core;

/**
 * Time, as the host of a store has it: a server's event loop, a page's timers, a test's own clock. The engine has no
 * thread and no clock of its own.
 *
 * <p>Threads: both methods are called by the store's owner, and tasks run on the owner's thread.
 */
public interface Scheduler {

    /** A clock that only goes forward; its zero is arbitrary. */
    long nanoTime();

    /** Runs {@code task} once, when at least {@code delayNanos} have passed; never before this call has returned. */
    Timer schedule(long delayNanos, Runnable task);

    /** A task that waits for its time. */
    @FunctionalInterface
    interface Timer {

        /** Sees to it that the task does not run; no effect once it began. */
        void cancel();
    }
}
