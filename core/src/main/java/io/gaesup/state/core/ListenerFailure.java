package io.gaesup.state.core;

/** Told when a listener or a selector threw; the other listeners were called all the same. */
@FunctionalInterface
public interface ListenerFailure {

    /**
     * Called on the store's thread, right after {@code failure} was thrown.
     *
     * @param subscription whose fault it is: the listener's path or pattern, or {@code selector 'name'} for a selector's
     *     function and its listeners
     */
    void failed(String subscription, RuntimeException failure);
}
