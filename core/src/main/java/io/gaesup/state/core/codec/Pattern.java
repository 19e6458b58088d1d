package io.gaesup.state.core.codec;

import io.gaesup.state.core.MapValue;
import io.gaesup.state.core.StateException;
import io.gaesup.state.core.Value;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a map that was read, and where their bytes stand in the input.
 *
 * @param like a map of these keys, in this order
 * @param from where the bytes of each key begin: whatever stands for it, quotes or header included
 * @param to where they end
 */
record Pattern(MapValue like, String[] keys, int[] from, int[] to) {

    /* Rows repeat their keys. The next map that begins as one before is first taken to be alike: its keys are compared with
     * the bytes of those, and if all agree, no key becomes a String and the map shares the keys of the one before. A map
     * that differs somewhere goes the general way from there on, and is the pattern for the next. The comparison saves more
     * than it costs even for one map in two. */

    /** How many patterns a reader remembers. */
    static final int COUNT = 64;

    /** How many keys a pattern has at most. */
    static final int KEYS_MAX = 32;

    int size() {
        return keys.length;
    }

    /** How long key {@code i} is if {@code bytes} have it at {@code at}, otherwise -1. */
    int match(int i, byte[] bytes, int at, int end) {
        int start = from[i];
        int length = to[i] - start;
        return length <= end - at && Arrays.equals(bytes, start, start + length, bytes, at, at + length) ? length : -1;
    }

    /** Collects the entries of a map that is like none before. */
    static final class Builder {

        private final MapValue.Builder map = MapValue.builder();
        private String[] keys = new String[8];
        private int[] from = new int[8];
        private int[] to = new int[8];
        private int size;

        /** Adds the first {@code count} keys of {@code pattern} with {@code values}. */
        void addAll(Pattern pattern, Value[] values, int count) {
            for (int i = 0; i < count; i++) {
                add(pattern.keys[i], values[i], pattern.from[i], pattern.to[i]);
            }
        }

        /**
         * Adds an entry whose key stands between {@code keyFrom} and {@code keyTo}; false if it was there already.
         *
         * @throws StateException with code {@code LIMIT_EXCEEDED} for a key that is too long
         */
        boolean add(String key, Value value, int keyFrom, int keyTo) {
            map.put(key, value);
            if (map.size() == size) {
                return false;
            }
            if (size < KEYS_MAX) {
                if (size == keys.length) {
                    keys = Arrays.copyOf(keys, 2 * size);
                    from = Arrays.copyOf(from, 2 * size);
                    to = Arrays.copyOf(to, 2 * size);
                }
                keys[size] = key;
                from[size] = keyFrom;
                to[size] = keyTo;
            }
            size++;
            return true;
        }

        /** The key of the first entry, of which there is one. */
        String firstKey() {
            return keys[0];
        }

        MapValue build() {
            return map.build();
        }

        /** What {@code built}, the map that this has built, is a pattern for; null if it is too large. */
        @Nullable
        Pattern pattern(MapValue built) {
            return size > KEYS_MAX
                    ? null
                    : new Pattern(built, Arrays.copyOf(keys, size), Arrays.copyOf(from, size), Arrays.copyOf(to, size));
        }
    }
}
