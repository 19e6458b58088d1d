package io.gaesup.state.core;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A batch's way to safety: pending, then either confirmed with the revision it became or failed. The future of the
 * engine, small enough for a browser. Threads: the store's owner only.
 */
public final class Committed {

    /** Told how it ended. */
    public interface Callback {

        /** The batch is safe as {@code revision}. */
        void confirmed(long revision);

        /** The batch is not applied, and never will be. */
        void failed(StateException reason);
    }

    private long revision = -1;
    private @Nullable StateException failure;
    private @Nullable List<Callback> waiting;

    /** One that is confirmed already. */
    public static Committed at(long revision) {
        Committed done = new Committed();
        done.revision = revision;
        return done;
    }

    public boolean isDone() {
        return revision >= 0 || failure != null;
    }

    /** The confirmed revision; -1 while pending and after a failure. */
    public long revision() {
        return revision;
    }

    public @Nullable StateException failure() {
        return failure;
    }

    /** Calls {@code callback} when it ended: at once if it has. */
    public void whenDone(Callback callback) {
        if (isDone()) {
            tell(callback);
            return;
        }
        if (waiting == null) {
            waiting = new ArrayList<>(1);
        }
        waiting.add(callback);
    }

    /** Confirms it; what came first stands. */
    public void confirm(long confirmedRevision) {
        if (!isDone()) {
            revision = confirmedRevision;
            tellAll();
        }
    }

    /** Fails it; what came first stands. */
    public void fail(StateException reason) {
        if (!isDone()) {
            failure = reason;
            tellAll();
        }
    }

    private void tellAll() {
        List<Callback> callbacks = waiting;
        waiting = null;
        if (callbacks != null) {
            for (Callback callback : callbacks) {
                tell(callback);
            }
        }
    }

    private void tell(Callback callback) {
        StateException reason = failure;
        if (reason == null) {
            callback.confirmed(revision);
        } else {
            callback.failed(reason);
        }
    }
}
