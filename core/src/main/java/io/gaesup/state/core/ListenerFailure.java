package io.gaesup.state.core;

/**
 * Told when a listener or a selector threw; the other listeners are called all the same.
 *
 * <p>What the handler throws itself, and an {@link Error} of a listener, which the handler is not told of, come out of the
 * call that changed the store: the first of them when all listeners have been told of that change and of those that
 * listeners made, with the others suppressed. The store has changed then. So a {@link StateException}, which would deny
 * that, comes as the cause of an {@link IllegalStateException}.
 */
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
