package io.gaesup.state.core;

import org.jspecify.annotations.Nullable;

/**
 * A row of a {@link RowLeaf}, read where it stands: it costs one small object, however many fields it has. To change it
 * makes a {@link ShapedMap} of it.
 *
 * <p>Within the tree it is good until the next change, which may be made in its leaf; what leaves the tree is not changed
 * any more (see {@link Tree#share}). It keeps its leaf in memory, so a tree takes in what is {@link #settled} only.
 */
final class Row extends Shaped {

    private final RowLeaf leaf;
    private final int index;

    Row(RowLeaf leaf, int index) {
        super(Generation.NONE);
        this.leaf = leaf;
        this.index = index;
    }

    @Override
    Shape shape() {
        return leaf.shape();
    }

    @Override
    Value value(int slot) {
        return leaf.cell(slot, index);
    }

    /** Whether the cell at {@code slot} is the same in a row of the same shape. */
    boolean sameCell(int slot, Row other) {
        Column mine = leaf.column(slot);
        Column theirs = other.leaf.column(slot);
        return (mine == theirs && index == other.index) || mine.same(index, theirs, other.index);
    }

    /** The same map, by itself. */
    ShapedMap settled() {
        return settled(Generation.NONE);
    }

    private ShapedMap settled(long generation) {
        Value[] values = new Value[size()];
        for (int slot = 0; slot < values.length; slot++) {
            values[slot] = value(slot);
        }
        return new ShapedMap(generation, shape(), values);
    }

    @Override
    MapValue put(long gen, String key, Value value) {
        return settled(gen).put(gen, key, value);
    }

    @Override
    MapValue put(long gen, Path path, int depth, Value value) {
        return settled(gen).put(gen, path, depth, value);
    }

    @Override
    MapValue remove(long gen, String key) {
        return containsKey(key) ? settled(gen).remove(gen, key) : this;
    }

    @Override
    Container descend(Edit edit, int depth) {
        return settled(edit.generation()).descend(edit, depth);
    }

    @Override
    @Nullable
    Container replace(long gen, Path path, int depth, Value value) {
        return settled(gen).replace(gen, path, depth, value);
    }
}
