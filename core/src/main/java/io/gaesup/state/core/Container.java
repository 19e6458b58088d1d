package io.gaesup.state.core;

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
    abstract @org.jspecify.annotations.Nullable Value child(Path path, int depth);
}
