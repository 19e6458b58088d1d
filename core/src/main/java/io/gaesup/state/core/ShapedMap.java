package io.gaesup.state.core;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A map of up to {@link Shape#KEYS_MAX} keys: a shared {@link Shape} and an array of values. */
final class ShapedMap extends MapValue {

    static final ShapedMap EMPTY = new ShapedMap(Generation.NONE, Shape.EMPTY, new Value[0]);

    private Shape shape;

    /** At least as long as the shape. */
    private Value[] values;

    ShapedMap(long generation, Shape shape, Value[] values) {
        super(generation);
        this.shape = shape;
        this.values = values;
    }

    @Override
    public int size() {
        return shape.size();
    }

    Shape shape() {
        return shape;
    }

    Value value(int slot) {
        return values[slot];
    }

    @Override
    public @Nullable Value get(String key) {
        int slot = shape.slot(key);
        return slot < 0 ? null : values[slot];
    }

    @Override
    @Nullable
    Value child(Path path, int depth) {
        int slot = shape.slot(path, depth);
        return slot < 0 ? null : values[slot];
    }

    @Override
    public void forEach(Visitor visitor) {
        for (int i = 0; i < shape.size(); i++) {
            visitor.entry(shape.key(i), values[i]);
        }
    }

    @Override
    public MapValue withValues(Value[] other) {
        if (other.length != shape.size()) {
            throw new IllegalArgumentException(other.length + " values for a map of " + shape.size() + " keys");
        }
        return new ShapedMap(Generation.NONE, shape, other);
    }

    @Override
    MapValue put(long gen, String key, Value value) {
        return put(gen, shape.slot(key), key, value);
    }

    @Override
    MapValue put(long gen, Path path, int depth, Value value) {
        return put(gen, shape.slot(path, depth), path.segment(depth), value);
    }

    private MapValue put(long gen, int slot, String key, Value value) {
        if (slot >= 0) {
            ShapedMap mine = mine(gen, shape.size());
            mine.values[slot] = value;
            return mine;
        }
        if (shape.size() == Shape.KEYS_MAX) {
            return LargeMap.of(gen, this).put(gen, key, value);
        }
        int size = shape.size();
        Shape longer = shape.with(key);
        ShapedMap mine = mine(gen, size + 1);
        mine.shape = longer;
        mine.values[size] = value;
        return mine;
    }

    @Override
    MapValue remove(long gen, String key) {
        int slot = shape.slot(key);
        if (slot < 0) {
            return this;
        }
        int last = shape.size() - 1;
        ShapedMap mine = mine(gen, shape.size());
        System.arraycopy(mine.values, slot + 1, mine.values, slot, last - slot);
        mine.values[last] = Null.NULL;
        mine.shape = shape.without(slot);
        return mine;
    }

    /** This map if it may be changed, otherwise a copy; with room for {@code needed} values either way. */
    private ShapedMap mine(long gen, int needed) {
        if (generation != gen) {
            return new ShapedMap(gen, shape, Arrays.copyOf(values, needed));
        }
        if (values.length < needed) {
            values = Arrays.copyOf(values, Math.min(Shape.KEYS_MAX, Math.max(needed, values.length * 2)));
        }
        return this;
    }
}
