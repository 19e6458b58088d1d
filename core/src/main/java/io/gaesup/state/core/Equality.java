package io.gaesup.state.core;

import org.jspecify.annotations.Nullable;

/**
 * When two results of a {@link Selector} count as the same, so that nobody is told of the second.
 *
 * @param <T> what is compared
 */
@FunctionalInterface
public interface Equality<T extends @Nullable Object> {

    /** Containers of a store with more children than this are shallowly equal only if they are identical. */
    int SHALLOW_MAX = 1_000;

    boolean same(T one, T other);

    /**
     * The default: identical, or equal scalars, or lists, maps and containers of equal size whose entries are identical or
     * equal scalars. A small map of scalars inside, such as a row of a table, counts as a scalar.
     */
    static Equality<@Nullable Object> shallow() {
        return Sameness.SHALLOW;
    }

    /** Only the same object, or an equal scalar. */
    static Equality<@Nullable Object> identical() {
        return Sameness.IDENTICAL;
    }

    /** What {@link Object#equals} says, however deep that looks. */
    static Equality<@Nullable Object> deep() {
        return Sameness.DEEP;
    }
}
