package io.gaesup.state.server;

/** A count that one thread waits for and others raise. */
final class Tally {

    private static final long WAIT_NANOS = 60_000_000_000L;

    private long count;

    synchronized void add(long more) {
        count += more;
        notifyAll();
    }

    synchronized long count() {
        return count;
    }

    /** Waits until it is at least {@code least}. */
    synchronized void await(long least) throws InterruptedException {
        long deadline = System.nanoTime() + WAIT_NANOS;
        while (count < least) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError("expected " + least + ", still at " + count + " after a minute");
            }
            wait(left);
        }
    }
}
