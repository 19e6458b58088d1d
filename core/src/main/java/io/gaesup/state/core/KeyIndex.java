package io.gaesup.state.core;

import java.util.Arrays;
import java.util.Random;

/**
 * From a key to its place in a {@link LargeMap}: a hash trie with 32 branches a level, copied on write by generation
 * (Bagwell, "Ideal Hash Trees", 2001). Keys whose hashes agree in all 32 bits go on by a second hash, which nobody outside
 * can foresee, so that keys chosen to collide cost seven levels more and no scan. If they agree in that too, they share a
 * sorted bucket.
 */
final class KeyIndex {

    static final KeyIndex EMPTY = new KeyIndex(Generation.NONE, 0, new Object[0]);

    private static final int BITS = 5;

    /** The second hash begins at this shift: the first multiple of {@link #BITS} beyond the 32 bits of the first. */
    private static final int SECOND = 35;

    private static final int SHIFT_END = 2 * SECOND;

    /** Odd, and another in each process; not passed in, because nothing anybody sees depends on it. */
    private static final int SECRET = new Random().nextInt() | 1;

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
        for (int shift = 0; shift < SHIFT_END; shift += BITS) {
            if (shift == SECOND) {
                hash = secondHash(key);
            }
            int bit = bit(hash, shift);
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
        if (shift == SHIFT_END) {
            int at = search(entry.key);
            return at >= 0 ? replace(gen, at, entry) : insert(gen, 0, -at - 1, entry);
        }
        int bit = bit(hash, shift);
        int at = slotOf(bit);
        if ((branches & bit) == 0) {
            return insert(gen, bit, at, entry);
        }
        Object slot = slots[at];
        if (slot instanceof KeyIndex child) {
            KeyIndex changed = child.put(gen, entry, below(hash, shift, entry.key), shift + BITS);
            return changed == child ? this : replace(gen, at, changed);
        }
        Entry there = (Entry) slot;
        if (there.key.equals(entry.key)) {
            return replace(gen, at, entry);
        }
        KeyIndex both = new KeyIndex(gen, 0, new Object[0])
                .put(gen, there, hashAt(shift + BITS, there.key), shift + BITS)
                .put(gen, entry, hashAt(shift + BITS, entry.key), shift + BITS);
        return replace(gen, at, both);
    }

    /** Without {@code key}, which is there. */
    KeyIndex remove(long gen, String key) {
        return remove(gen, key, key.hashCode(), 0);
    }

    private KeyIndex remove(long gen, String key, int hash, int shift) {
        if (shift == SHIFT_END) {
            return cut(gen, 0, search(key));
        }
        int bit = bit(hash, shift);
        int at = slotOf(bit);
        if (!(slots[at] instanceof KeyIndex child)) {
            return cut(gen, bit, at);
        }
        KeyIndex changed = child.remove(gen, key, below(hash, shift, key), shift + BITS);
        if (changed.slots.length == 0) {
            return cut(gen, bit, at);
        }
        return changed == child ? this : replace(gen, at, changed);
    }

    private static int bit(int hash, int shift) {
        return 1 << (hash >>> (shift < SECOND ? shift : shift - SECOND));
    }

    /** The hash for the level below {@code shift}, given the one for this. */
    private static int below(int hash, int shift, String key) {
        return shift + BITS == SECOND ? secondHash(key) : hash;
    }

    private static int hashAt(int shift, String key) {
        return shift < SECOND ? key.hashCode() : secondHash(key);
    }

    /* Each character is spread over all bits before the next one comes, so that no two characters can make up for each
     * other whatever the secret is, as they can in the first hash. */
    private static int secondHash(String key) {
        int hash = SECRET;
        for (int i = 0; i < key.length(); i++) {
            hash = (hash ^ key.charAt(i)) * 0x85EBCA6B;
            hash ^= hash >>> 15;
        }
        return hash * SECRET;
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
