package io.gaesup.state.core;

import org.jspecify.annotations.Nullable;

/**
 * A map from string keys to values that keeps the order in which keys were first put. Reading and changing an entry
 * cost O(log size). Two maps are equal if they hold equal values under the same keys, in whatever order.
 */
public abstract sealed class MapValue extends Container permits Shaped, LargeMap {

    /** Called for each entry, in order. */
    @FunctionalInterface
    public interface Visitor {
        void entry(String key, Value value);
    }

    MapValue(long generation) {
        super(generation);
    }

    /** The map without entries. A method and not a constant: a class must not wait for its subclass to be made. */
    public static MapValue empty() {
        return ShapedMap.EMPTY;
    }

    /** A map of one entry. */
    public static MapValue of(String key, Value value) {
        return builder().put(key, value).build();
    }

    public static MapValue of(String key1, Value value1, String key2, Value value2) {
        return builder().put(key1, value1).put(key2, value2).build();
    }

    public static MapValue of(String key1, Value value1, String key2, Value value2, String key3, Value value3) {
        return builder().put(key1, value1).put(key2, value2).put(key3, value3).build();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The value under {@code key}, or null. */
    public abstract @Nullable Value get(String key);

    /** Calls {@code visitor} for each entry, in order. */
    public abstract void forEach(Visitor visitor);

    /**
     * A map of the same keys in the same order with {@code values}, one for each, which it takes over: the caller never
     * changes them again. The cheapest way to make many maps alike: no key is looked at.
     *
     * @throws IllegalArgumentException unless there are as many values as keys
     */
    public abstract MapValue withValues(Value[] values);

    public final boolean containsKey(String key) {
        return get(key) != null;
    }

    /**
     * This map with {@code value} under {@code key}: this very object if it is of {@code generation}. A new key goes to
     * the end.
     *
     * @throws StateException with code {@code LIMIT_EXCEEDED} for a key beyond {@link Limits#KEY_BYTES_MAX}, {@code
     *     MALFORMED} for one with a lone surrogate
     */
    abstract MapValue put(long generation, String key, Value value);

    /** As {@link #put}, with the key being segment {@code depth} of {@code path}. */
    abstract MapValue put(long generation, Path path, int depth, Value value);

    /** This map without {@code key}. */
    abstract MapValue remove(long generation, String key);

    @Override
    public final String kind() {
        return "map";
    }

    @Override
    public final boolean equals(Object other) {
        if (this == other) {
            return true;
        }
        if (!(other instanceof MapValue that) || size() != that.size()) {
            return false;
        }
        boolean[] same = {true};
        forEach((key, value) -> same[0] = same[0] && value.equals(that.get(key)));
        return same[0];
    }

    @Override
    public final int hashCode() {
        int[] sum = {0};
        forEach((key, value) -> sum[0] += key.hashCode() ^ value.hashCode());
        return sum[0];
    }

    @Override
    public final String toString() {
        return "map(" + size() + " entries)";
    }

    static void checkKey(String key) {
        Text.checkSurrogates(key);
        if (key.length() * 3L > Limits.KEY_BYTES_MAX && utf8Length(key) > Limits.KEY_BYTES_MAX) {
            throw new StateException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "a map key has at most " + Limits.KEY_BYTES_MAX + " bytes, this one has " + utf8Length(key));
        }
    }

    static int utf8Length(String text) {
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return bytes;
    }

    /** Collects entries for one map; a key put twice keeps its place and has the last value. */
    public static final class Builder {

        private final long generation = Generation.next();
        private MapValue map = empty();

        private Builder() {}

        public Builder put(String key, Value value) {
            map = map.put(generation, key, value);
            return this;
        }

        public int size() {
            return map.size();
        }

        /** The map; the builder starts again with an empty one. */
        public MapValue build() {
            MapValue built = map;
            map = empty();
            return built;
        }
    }
}
