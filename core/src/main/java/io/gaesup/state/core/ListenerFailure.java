package io.gaesup.state.core;

/** Told when a listener threw; the other listeners were called all the same. */
@FunctionalInterface
public interface ListenerFailure {

    /** Called on the store's thread, right after the listener for {@code path} threw {@code failure}. */
    void failed(Path path, RuntimeException failure);
}
