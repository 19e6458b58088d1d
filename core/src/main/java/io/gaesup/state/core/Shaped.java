package io.gaesup.state.core;

import org.jspecify.annotations.Nullable;

/** A map of up to {@link Shape#KEYS_MAX} keys: a shared {@link Shape}, and values by slot. */
abstract sealed class Shaped extends MapValue permits ShapedMap, Row {

    Shaped(long generation) {
        super(generation);
    }

    abstract Shape shape();

    /** The value in {@code slot} of the shape. */
    abstract Value value(int slot);

    @Override
    public final int size() {
        return shape().size();
    }

    @Override
    public final @Nullable Value get(String key) {
        int slot = shape().slot(key);
        return slot < 0 ? null : value(slot);
    }

    @Override
    @Nullable
    final Value child(Path path, int depth) {
        int slot = shape().slot(path, depth);
        return slot < 0 ? null : value(slot);
    }

    @Override
    public final void forEach(Visitor visitor) {
        Shape keys = shape();
        for (int i = 0; i < keys.size(); i++) {
            visitor.entry(keys.key(i), value(i));
        }
    }

    @Override
    public final MapValue withValues(Value[] other) {
        if (other.length != size()) {
            throw new IllegalArgumentException(other.length + " values for a map of " + size() + " keys");
        }
        return new ShapedMap(Generation.NONE, shape(), other);
    }
}
