package io.gaesup.state.cli.demo;

import io.gaesup.state.core.Batch;
import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.Path;
import io.gaesup.state.core.StateException;
import io.gaesup.state.core.Store;
import io.gaesup.state.core.Value;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Where a feed is played, and which events are due. Threads: the store's. */
final class Playhead {

    /* The store itself says what comes next: a batch tests /replay, plays events and moves /replay on, all or nothing. So
     * each event is played exactly once, whichever process dies when, and however many replay the same feed. */

    /** How long all events of a feed take at speed 1. */
    static final long LAP_MILLIS = 240_000;

    /** How many events one batch plays at most; what is due beyond that makes the recorded time fall behind. */
    static final int EVENTS_MAX = 100;

    /** How many events of the backlog one batch plays: fast, but slow enough to watch it. */
    static final int BACKLOG_EVENTS = 25;

    private static final String NEXT = "/replay/next";
    private static final String LAP = "/replay/lap";
    private static final Path NEXT_PATH = Path.of(NEXT);
    private static final Path LAP_PATH = Path.of(LAP);

    private final Feed feed;
    private final Store store;
    private final LongSupplier nanoTime;
    private final double recordedPerReal;
    private long fromNanos;
    private long fromRecordedMillis;

    Playhead(Feed feed, Store store, double speed, LongSupplier nanoTime) {
        this.feed = feed;
        this.store = store;
        this.nanoTime = nanoTime;
        long recordedMillis = feed.timeMillis(feed.size() - 1) - feed.timeMillis(0);
        this.recordedPerReal = speed * recordedMillis / LAP_MILLIS;
    }

    /** Lets time go on from where the store is, as after a pause. */
    void restart() {
        goOnFrom((int) next());
    }

    /** The batch that plays what is due; null if nothing is. */
    @Nullable
    Batch due() {
        int next = (int) next();
        long lap = lap();
        if (next >= feed.size()) {
            Batch.Builder batch = begin(next, lap).set(NEXT, Value.of(0)).increment(LAP, 1);
            feed.rewind(batch);
            goOnFrom(0);
            return batch.build();
        }
        boolean filling = lap == 1 && next < feed.backlog();
        int end = filling ? Math.min(next + BACKLOG_EVENTS, feed.backlog()) : dueEnd(next);
        if (end == next) {
            return null;
        }
        if (filling || end == next + EVENTS_MAX) {
            goOnFrom(end);
        }
        Batch.Builder batch = begin(next, lap).increment(NEXT, end - next);
        feed.play(next, end, lap, store, batch);
        return batch.build();
    }

    private int dueEnd(int next) {
        long now = fromRecordedMillis + (long) ((nanoTime.getAsLong() - fromNanos) / 1e6 * recordedPerReal);
        int most = Math.min(next + EVENTS_MAX, feed.size());
        int end = next;
        while (end < most && feed.timeMillis(end) <= now) {
            end++;
        }
        return end;
    }

    private void goOnFrom(int event) {
        fromNanos = nanoTime.getAsLong();
        fromRecordedMillis = feed.timeMillis(Math.min(event, feed.size() - 1));
    }

    private static Batch.Builder begin(int next, long lap) {
        return Batch.builder().test(NEXT, Value.of(next)).test(LAP, Value.of(lap));
    }

    /** Events of this lap that the store has, pending ones included. */
    long next() {
        return integer(NEXT_PATH);
    }

    long lap() {
        return integer(LAP_PATH);
    }

    private long integer(Path path) {
        Value found = store.get(path);
        if (found instanceof Value.Int number && number.value() >= 0 && number.value() <= Integer.MAX_VALUE) {
            return number.value();
        }
        throw new StateException(
                ErrorCode.WRONG_TYPE,
                "store '" + store.name() + "' holds something else than this demo: expected a count at " + path
                        + ", found " + (found == null ? "nothing" : found));
    }
}
