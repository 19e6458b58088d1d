package io.gaesup.state.core;

import org.jspecify.annotations.Nullable;

/**
 * A value that holds values: a {@link ListValue} or a {@link MapValue}.
 *
 * <p>Containers are the nodes of a store's tree. Each carries the generation in which it was made (see {@link
 * Generation}); the tree that made it may change it in place within that generation, and nobody else can.
 */
public abstract sealed class Container implements Value permits ListValue, MapValue {

    /** Set when this node is made; 0 for what no tree made. Compared with the tree's own: equal means changeable. */
    final long generation;

    Container(long generation) {
        this.generation = generation;
    }

    /** How many elements or entries there are. */
    public abstract int size();

    public final boolean isEmpty() {
        return size() == 0;
    }

    /** The value at one path segment; null where there is none. Cost: O(log size). */
    abstract @Nullable Value child(Path path, int depth);

    /**
     * Puts {@code value} where {@code path} leads from segment {@code depth} on: in place in what is of {@code generation},
     * otherwise in copies. Null, and nothing changed, if no value is there yet. Cost: O(depth), and no object but copies.
     */
    abstract @Nullable Container replace(long generation, Path path, int depth, Value value);

    /** Lets {@code edit} change what segment {@code depth} of its path, which is not the last, leads to. */
    abstract Container descend(Edit edit, int depth);
}
