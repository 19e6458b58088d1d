package io.gaesup.state.core;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a small map, in order, shared by all maps that got the same keys in the same order. A map then holds only
 * its values.
 */
final class Shape {

    /* Shapes form a tree: from the empty one, each added key leads to the next. (The idea: hidden classes, Chambers,
     * Ungar, Lee: "An efficient implementation of SELF", OOPSLA 1989.) What hostile or dictionary-like data could make
     * of it is bounded: beyond SHARED_MAX shapes, new ones are private to their map. */

    /** How many keys a map with a shape has at most; a larger one is a {@link LargeMap}. */
    static final int KEYS_MAX = 32;

    private static final int SHARED_MAX = 65_536;
    private static int shared;

    static final Shape EMPTY = new Shape(new String[0], new int[0]);

    private final String[] keys;
    private final int[] hashes;

    /** The shape that came next the last time: nearly always the one that comes next again. */
    private volatile @Nullable Shape lastNext;

    private @Nullable Map<String, Shape> nexts;

    private Shape(String[] keys, int[] hashes) {
        this.keys = keys;
        this.hashes = hashes;
    }

    int size() {
        return keys.length;
    }

    String key(int slot) {
        return keys[slot];
    }

    /** The slot of {@code key}, or -1. */
    int slot(String key) {
        int hash = key.hashCode();
        for (int i = 0; i < hashes.length; i++) {
            if (hashes[i] == hash && keys[i].equals(key)) {
                return i;
            }
        }
        return -1;
    }

    /** As {@link #slot(String)} for a segment of a path, which remembers where it was last. */
    int slot(Path path, int depth) {
        String key = path.segment(depth);
        int guess = path.slotGuess(depth);
        if (guess < keys.length && keys[guess].equals(key)) {
            return guess;
        }
        int slot = slot(key);
        if (slot >= 0) {
            path.guessSlot(depth, slot);
        }
        return slot;
    }

    /** The shape with {@code key}, which this one does not have, at the end; the key is checked when it is new here. */
    Shape with(String key) {
        Shape next = lastNext;
        if (next != null && next.keys[keys.length].equals(key)) {
            return next;
        }
        next = find(key);
        lastNext = next;
        return next;
    }

    /** The shape without the key at {@code slot}. */
    Shape without(int slot) {
        Shape shape = EMPTY;
        for (int i = 0; i < keys.length; i++) {
            if (i != slot) {
                shape = shape.with(keys[i]);
            }
        }
        return shape;
    }

    private Shape find(String key) {
        synchronized (Shape.class) {
            Shape known = nexts == null ? null : nexts.get(key);
            if (known != null) {
                return known;
            }
            MapValue.checkKey(key);
            Shape made = extend(key);
            if (shared < SHARED_MAX) {
                shared++;
                if (nexts == null) {
                    nexts = new HashMap<>();
                }
                nexts.put(key, made);
            }
            return made;
        }
    }

    private Shape extend(String key) {
        int size = keys.length;
        String[] longer = Arrays.copyOf(keys, size + 1);
        int[] longerHashes = Arrays.copyOf(hashes, size + 1);
        longer[size] = key;
        longerHashes[size] = key.hashCode();
        return new Shape(longer, longerHashes);
    }
}
