package io.gaesup.state.core;

/** A listener on a path. */
public interface Subscription extends AutoCloseable {

    /** Ends it: the listener is not called again, not even by the notification that is under way. Idempotent. */
    @Override
    void close();
}
