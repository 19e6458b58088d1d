package io.gaesup.state.core;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Things by list position, sparse and in order.
 *
 * @param <T> what stands at a position
 */
final class Positions<T> {

    /* A radix tree of 32-way arrays, as high as the largest position needs. Finding one of 100,000 takes four steps where a
     * balanced tree takes seventeen, and everything from a position on is still found in order. */

    private static final int BITS = 5;
    private static final int WIDTH = 1 << BITS;

    private @Nullable Object[] root = new Object[WIDTH];

    /** How far a position is shifted to find its place in the root; 0 if the root holds the things themselves. */
    private int shift;

    @Nullable
    T get(int position) {
        if (position >>> shift >= WIDTH) {
            return null;
        }
        @Nullable Object[] at = root;
        for (int level = shift; level > 0; level -= BITS) {
            Object next = at[position >>> level & WIDTH - 1];
            if (next == null) {
                return null;
            }
            at = array(next);
        }
        return thing(at[position & WIDTH - 1]);
    }

    void put(int position, T thing) {
        while (position >>> shift >= WIDTH) {
            @Nullable Object[] higher = new Object[WIDTH];
            higher[0] = root;
            root = higher;
            shift += BITS;
        }
        @Nullable Object[] at = root;
        for (int level = shift; level > 0; level -= BITS) {
            int slot = position >>> level & WIDTH - 1;
            Object next = at[slot];
            if (next == null) {
                next = new Object[WIDTH];
                at[slot] = next;
            }
            at = array(next);
        }
        at[position & WIDTH - 1] = thing;
    }

    /** Takes away what is at {@code position}; whether nothing is left at all. */
    boolean remove(int position) {
        return position >>> shift >= WIDTH || remove(root, shift, position);
    }

    private static boolean remove(@Nullable Object[] at, int level, int position) {
        int slot = position >>> level & WIDTH - 1;
        Object there = at[slot];
        if (there != null && (level == 0 || remove(array(there), level - BITS, position))) {
            at[slot] = null;
        }
        for (Object other : at) {
            if (other != null) {
                return false;
            }
        }
        return true;
    }

    /** Visits what is at {@code from} and after it, in order. */
    void forEachFrom(int from, Consumer<T> visitor) {
        if (from >>> shift < WIDTH) {
            visit(root, shift, from, visitor);
        }
    }

    private static <T> void visit(@Nullable Object[] at, int level, int from, Consumer<T> visitor) {
        int first = from >>> level & WIDTH - 1;
        for (int slot = first; slot < WIDTH; slot++) {
            Object there = at[slot];
            if (there == null) {
                continue;
            }
            if (level == 0) {
                T thing = thing(there);
                if (thing != null) {
                    visitor.accept(thing);
                }
            } else {
                visit(array(there), level - BITS, slot == first ? from : 0, visitor);
            }
        }
    }

    void clear() {
        root = new Object[WIDTH];
        shift = 0;
    }

    private static @Nullable Object[] array(Object node) {
        return (@Nullable Object[]) node;
    }

    @SuppressWarnings("unchecked")
    private static <T> @Nullable T thing(@Nullable Object there) {
        return (T) there;
    }
}
