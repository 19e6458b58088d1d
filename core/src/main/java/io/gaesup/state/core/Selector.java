package io.gaesup.state.core;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A pure function of a snapshot, memoised on what it read.
 *
 * <p>A store evaluates it again only after a commit that touched what the last evaluation read, once for all who
 * subscribed to it, and tells them only of another result. So make a selector once and keep it; two made from the same
 * code are two. Its function reads through the {@link Reader} it is given and nothing else, changes nothing, and gives
 * the same result for the same document. Immutable; results may be null.
 *
 * @param <T> the result
 */
public final class Selector<T extends @Nullable Object> {

    /**
     * The document as a selector sees it. What is asked is what the result depends on: whoever asks for a size alone is not
     * evaluated again when an element changes. Valid during the evaluation only.
     */
    public interface Reader {

        /** The value at {@code path}, or null. The result depends on it and all below it. */
        @Nullable
        Value get(Path path);

        /** Whether there is a value at {@code path}. */
        boolean has(Path path);

        /** How many elements or entries the container at {@code path} has; 0 where there is none. */
        int size(Path path);

        /** The keys of the map at {@code path}, in order; none where there is no map. */
        List<String> keys(Path path);

        /**
         * Visits every value whose path matches {@code pattern}, in the order of the document. The result depends on those
         * values and on which there are.
         */
        void forEach(PathPattern pattern, PathPattern.Visitor visitor);

        /**
         * The result of another selector of the same store. Whoever reads it is evaluated after it, and only if that
         * result changed.
         *
         * @throws IllegalStateException if the other reads this one, directly or not; the message names them all
         */
        <S extends @Nullable Object> S get(Selector<S> selector);
    }

    private final String name;
    private final Function<? super Reader, ? extends T> function;
    private final Equality<? super T> equality;
    private final boolean sharing;

    private Selector(
            String name,
            Function<? super Reader, ? extends T> function,
            Equality<? super T> equality,
            boolean sharing) {
        this.name = name;
        this.function = function;
        this.equality = equality;
        this.sharing = sharing;
    }

    /**
     * A selector whose results are compared shallowly.
     *
     * @param name for messages and reports; need not be unique
     */
    public static <T extends @Nullable Object> Selector<T> of(
            String name, Function<? super Reader, ? extends T> function) {
        return new Selector<>(name, function, Equality.shallow(), true);
    }

    /** This selector with another idea of which results are the same. */
    public Selector<T> withEquality(Equality<? super T> other) {
        return new Selector<>(name, function, other, sharing);
    }

    /**
     * This selector, evaluated once for all its listeners (the default), or, if not {@code allowed}, once for each: for a
     * function that is not as pure as it should be.
     */
    public Selector<T> allowSharing(boolean allowed) {
        return new Selector<>(name, function, equality, allowed);
    }

    public String name() {
        return name;
    }

    boolean isShared() {
        return sharing;
    }

    T evaluate(Reader reader) {
        return function.apply(reader);
    }

    boolean same(T one, T other) {
        return equality.same(one, other);
    }

    /** Selectors are equal if they are made of the very same function and equality, under one name. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Selector<?> that
                        && function == that.function
                        && equality.equals(that.equality)
                        && sharing == that.sharing
                        && name.equals(that.name));
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, System.identityHashCode(function));
    }

    @Override
    public String toString() {
        return "selector '" + name + "'";
    }
}
