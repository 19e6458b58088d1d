package io.gaesup.state.core;

import org.jspecify.annotations.Nullable;

/**
 * Another result of a {@link Selector}, as its listeners see it.
 *
 * @param store the store that changed
 * @param revision its revision after the change
 * @param value the result at that revision
 * @param previous the result that this listener knew before
 */
public record Selection<T extends @Nullable Object>(Store store, long revision, T value, T previous) {

    /**
     * Told about results.
     *
     * @param <T> the result
     */
    @FunctionalInterface
    public interface Listener<T extends @Nullable Object> {

        /** Called once per commit after which the result is another one. */
        void selected(Selection<T> selection);
    }
}
