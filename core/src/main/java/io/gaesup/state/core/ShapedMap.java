package io.gaesup.state.core;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A map with a shape that stands by itself: its values are an array. */
final class ShapedMap extends Shaped {

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
    Shape shape() {
        return shape;
    }

    @Override
    Value value(int slot) {
        return values[slot];
    }

    @Override
    @Nullable
    Container replace(long gen, Path path, int depth, Value value) {
        int slot = shape.slot(path, depth);
        if (slot < 0) {
            return null;
        }
        if (depth == path.depth() - 1) {
            return with(gen, slot, value);
        }
        Value child = values[slot];
        Container changed =
                child instanceof Container container ? container.replace(gen, path, depth + 1, value) : null;
        if (changed == null) {
            return null;
        }
        return changed == child ? this : with(gen, slot, changed);
    }

    @Override
    Container descend(Edit edit, int depth) {
        int slot = shape.slot(edit.path(), depth);
        if (slot < 0) {
            throw edit.missing(this, depth);
        }
        Value child = values[slot];
        Value changed = edit.descend(child, depth + 1);
        return changed == child ? this : with(edit.generation(), slot, changed);
    }

    private ShapedMap with(long gen, int slot, Value value) {
        ShapedMap mine = mine(gen, shape.size());
        mine.values[slot] = value;
        return mine;
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
            return with(gen, slot, value);
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
