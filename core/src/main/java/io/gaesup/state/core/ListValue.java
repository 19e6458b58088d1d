package io.gaesup.state.core;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * A list of values. Reading, replacing, inserting and removing at a position cost O(log size); a change copies about
 * two chunks of {@value ListNode#WIDTH} references, or nothing within one generation.
 */
public final class ListValue extends Container implements Iterable<Value> {

    /* A counted B+ tree: leaves hold up to WIDTH values, inner nodes up to WIDTH children with running counts, so that a
     * position is found without keys and an insertion moves at most WIDTH references a level. This class is its handle. */

    public static final ListValue EMPTY = new ListValue(Generation.NONE, ListNode.Leaf.EMPTY);

    private ListNode root;

    private ListValue(long generation, ListNode root) {
        super(generation);
        this.root = root;
    }

    public static ListValue of(Value... values) {
        return of(List.of(values));
    }

    public static ListValue of(List<? extends Value> values) {
        Builder builder = builder();
        for (Value value : values) {
            builder.add(value);
        }
        return builder.build();
    }

    public static Builder builder() {
        return new Builder();
    }

    @Override
    public int size() {
        return root.size();
    }

    /**
     * The element at {@code index}.
     *
     * @throws StateException with code {@code INDEX_OUT_OF_RANGE}
     */
    public Value get(int index) {
        if (index < 0 || index >= size()) {
            throw new StateException(ErrorCode.INDEX_OUT_OF_RANGE, "no element " + index + " in a list of " + size());
        }
        return root.get(index);
    }

    @Override
    @Nullable
    Value child(Path path, int depth) {
        int index = path.index(depth);
        return index >= 0 && index < size() ? root.get(index) : null;
    }

    /** This list with {@code value} at {@code index}; this very object if it is of {@code generation}. */
    ListValue replace(long generation, int index, Value value) {
        return with(generation, root.set(generation, index, value));
    }

    /** This list with {@code value} before {@code index}, which may be the size. */
    ListValue insert(long generation, int index, Value value) {
        return with(generation, root.insert(generation, index, value));
    }

    /** This list without the element at {@code index}. */
    ListValue remove(long generation, int index) {
        return with(generation, root.remove(generation, index).trimmed());
    }

    private ListValue with(long newGeneration, ListNode newRoot) {
        if (generation != newGeneration) {
            return new ListValue(newGeneration, newRoot);
        }
        root = newRoot;
        return this;
    }

    ListNode root() {
        return root;
    }

    @Override
    public Iterator<Value> iterator() {
        return new Cursor();
    }

    @Override
    public String kind() {
        return "list";
    }

    @Override
    public boolean equals(Object other) {
        if (this == other) {
            return true;
        }
        if (!(other instanceof ListValue that) || size() != that.size()) {
            return false;
        }
        if (root == that.root) {
            return true;
        }
        Iterator<Value> theirs = that.iterator();
        for (Value mine : this) {
            Value their = theirs.next();
            if (mine != their && !mine.equals(their)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (Value value : this) {
            hash = 31 * hash + value.hashCode();
        }
        return hash;
    }

    @Override
    public String toString() {
        return "list(" + size() + " elements)";
    }

    /** Goes through the leaves, so that a step costs O(1). */
    private final class Cursor implements Iterator<Value> {

        private final int size = size();
        private int next;
        private ListNode.@Nullable Leaf leaf;
        private int leafStart;

        @Override
        public boolean hasNext() {
            return next < size;
        }

        @Override
        public Value next() {
            if (next >= size) {
                throw new NoSuchElementException("the list has " + size + " elements");
            }
            ListNode.Leaf current = leaf;
            if (current == null || next - leafStart >= current.size()) {
                current = root.leafAt(next);
                leaf = current;
                leafStart = next;
            }
            return current.get(next++ - leafStart);
        }
    }

    /** Collects values for one list. */
    public static final class Builder {

        private final List<Value> values = new ArrayList<>();

        private Builder() {}

        public Builder add(Value value) {
            values.add(value);
            return this;
        }

        public ListValue build() {
            return values.isEmpty() ? EMPTY : new ListValue(Generation.NONE, ListNode.of(values));
        }
    }
}
