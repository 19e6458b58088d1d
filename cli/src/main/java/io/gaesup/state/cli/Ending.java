package io.gaesup.state.cli;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * An orderly end for a command that runs until it is told to stop: Ctrl-C and SIGTERM interrupt the thread that made this,
 * and the process waits until that thread has closed everything.
 */
final class Ending implements AutoCloseable {
    private static final long CLOSING_SECONDS_MAX = 15;

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    Ending() {
        Thread worker = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(worker), "ending"));
    }

    /** Closes {@code thing} at the end, after all that is added later. */
    void closes(AutoCloseable thing) {
        open.push(thing);
    }

    @Override
    public void close() throws Exception {
        try {
            while (!open.isEmpty()) {
                open.pop().close();
            }
        } finally {
            closed.countDown();
        }
    }

    private void stop(Thread worker) {
        worker.interrupt();
        try {
            if (!closed.await(CLOSING_SECONDS_MAX, TimeUnit.SECONDS)) {
                System.err.println("gaesup: not everything was closed within " + CLOSING_SECONDS_MAX + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
