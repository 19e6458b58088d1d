package io.gaesup.state.core;

import java.util.Arrays;

/**
 * From a key to its place in a {@link LargeMap}: a hash trie with 32 branches a level, copied on write by generation
 * (Bagwell, "Ideal Hash Trees", 2001). Keys whose hashes agree in all 32 bits share a sorted bucket, so that keys chosen
 * to collide cost a binary search and not a scan.
 */
final class KeyIndex {

    static final KeyIndex EMPTY = new KeyIndex(Generation.NONE, 0, new Object[0]);

    private static final int BITS = 5;
    private static final int HASH_BITS = 32;

    private record Entry(String key, int place) {}

    private final long generation;

    /** Bit b: branch b is there. In a bucket: unused. */
    private int branches;

    /** An {@link Entry} or a {@link KeyIndex} per branch; in a bucket, entries sorted by key. */
    private Object[] slots;

    private KeyIndex(long generation, int branches, Object[] slots) {
        this.generation = generation;
        this.branches = branches;
        this.slots = slots;
    }

    /** The place of {@code key}, or -1. */
    int get(String key) {
        int hash = key.hashCode();
        KeyIndex node = this;
        for (int shift = 0; shift < HASH_BITS; shift += BITS) {
            int bit = 1 << (hash >>> shift);
            if ((node.branches & bit) == 0) {
                return -1;
            }
            Object slot = node.slots[node.slotOf(bit)];
            if (slot instanceof Entry entry) {
                return entry.key.equals(key) ? entry.place : -1;
            }
            node = (KeyIndex) slot;
        }
        int at = node.search(key);
        return at < 0 ? -1 : ((Entry) node.slots[at]).place;
    }

    KeyIndex put(long gen, String key, int place) {
        return put(gen, new Entry(key, place), key.hashCode(), 0);
    }

    private KeyIndex put(long gen, Entry entry, int hash, int shift) {
        if (shift >= HASH_BITS) {
            int at = search(entry.key);
            return at >= 0 ? replace(gen, at, entry) : insert(gen, 0, -at - 1, entry);
        }
        int bit = 1 << (hash >>> shift);
        int at = slotOf(bit);
        if ((branches & bit) == 0) {
            return insert(gen, bit, at, entry);
        }
        Object slot = slots[at];
        if (slot instanceof KeyIndex child) {
            KeyIndex changed = child.put(gen, entry, hash, shift + BITS);
            return changed == child ? this : replace(gen, at, changed);
        }
        Entry there = (Entry) slot;
        if (there.key.equals(entry.key)) {
            return replace(gen, at, entry);
        }
        KeyIndex both = new KeyIndex(gen, 0, new Object[0])
                .put(gen, there, there.key.hashCode(), shift + BITS)
                .put(gen, entry, hash, shift + BITS);
        return replace(gen, at, both);
    }

    /** Without {@code key}, which is there. */
    KeyIndex remove(long gen, String key) {
        return remove(gen, key, key.hashCode(), 0);
    }

    private KeyIndex remove(long gen, String key, int hash, int shift) {
        if (shift >= HASH_BITS) {
            return cut(gen, 0, search(key));
        }
        int bit = 1 << (hash >>> shift);
        int at = slotOf(bit);
        if (!(slots[at] instanceof KeyIndex child)) {
            return cut(gen, bit, at);
        }
        KeyIndex changed = child.remove(gen, key, hash, shift + BITS);
        if (changed.slots.length == 0) {
            return cut(gen, bit, at);
        }
        return changed == child ? this : replace(gen, at, changed);
    }

    private int slotOf(int bit) {
        return Integer.bitCount(branches & (bit - 1));
    }

    private int search(String key) {
        int low = 0;
        int high = slots.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = ((Entry) slots[middle]).key.compareTo(key);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }

    private KeyIndex replace(long gen, int at, Object slot) {
        if (generation == gen) {
            slots[at] = slot;
            return this;
        }
        Object[] copy = slots.clone();
        copy[at] = slot;
        return new KeyIndex(gen, branches, copy);
    }

    private KeyIndex insert(long gen, int bit, int at, Object slot) {
        Object[] longer = new Object[slots.length + 1];
        System.arraycopy(slots, 0, longer, 0, at);
        longer[at] = slot;
        System.arraycopy(slots, at, longer, at + 1, slots.length - at);
        return changed(gen, branches | bit, longer);
    }

    private KeyIndex cut(long gen, int bit, int at) {
        Object[] shorter = Arrays.copyOf(slots, slots.length - 1);
        System.arraycopy(slots, at + 1, shorter, at, shorter.length - at);
        return changed(gen, branches & ~bit, shorter);
    }

    private KeyIndex changed(long gen, int newBranches, Object[] newSlots) {
        if (generation != gen) {
            return new KeyIndex(gen, newBranches, newSlots);
        }
        branches = newBranches;
        slots = newSlots;
        return this;
    }
}
