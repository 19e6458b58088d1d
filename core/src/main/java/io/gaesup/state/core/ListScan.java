package io.gaesup.state.core;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Where two lists differ. Subtrees both share are skipped, so that lists of one origin cost O(changed · log size). */
final class ListScan {

    private ListScan() {}

    /**
     * Whether both count as the same element: scalars by content, maps of one shape by what their cells are, other
     * containers by identity.
     */
    static boolean same(Value a, Value b) {
        if (a == b) {
            return true;
        }
        if (!(a instanceof Container)) {
            return a.equals(b);
        }
        return a instanceof Shaped one && b instanceof Shaped other && sameCells(one, other);
    }

    /* One level deep only: cells that are containers count by identity, or comparing would cost the whole tree. The map
     * without keys is left out: a large map knows its holes by identity. */
    private static boolean sameCells(Shaped a, Shaped b) {
        Shape shape = a.shape();
        if (shape != b.shape() || shape.size() == 0) {
            return false;
        }
        for (int slot = 0; slot < shape.size(); slot++) {
            if (!sameCell(a, b, slot)) {
                return false;
            }
        }
        return true;
    }

    /** Whether two maps of one shape have the same in {@code slot}: scalars by content, containers by identity. */
    static boolean sameCell(Shaped a, Shaped b, int slot) {
        if (a instanceof Row one && b instanceof Row other) {
            return one.sameCell(slot, other);
        }
        return sameCell(a.value(slot), b.value(slot));
    }

    static boolean sameCell(Value a, Value b) {
        return a == b || (!(a instanceof Container) && a.equals(b));
    }

    /** A hash that agrees with {@link #same}. */
    static int hash(Value value) {
        if (!(value instanceof Shaped map) || map.isEmpty()) {
            return value instanceof Container ? System.identityHashCode(value) : value.hashCode();
        }
        int hash = 0;
        for (int slot = 0; slot < map.size(); slot++) {
            Value cell = map.value(slot);
            hash = 31 * hash + (cell instanceof Container ? System.identityHashCode(cell) : cell.hashCode());
        }
        return hash;
    }

    /** The places among the first {@code count} where the lists differ; both have that many. */
    static int[] differences(ListValue from, ListValue to, int count) {
        IntBuffer found = new IntBuffer();
        scan(from.root(), to.root(), 0, count, found, Integer.MAX_VALUE);
        return found.toArray();
    }

    /** How many elements both have in common at the start. */
    static int commonStart(ListValue from, ListValue to) {
        int both = Math.min(from.size(), to.size());
        IntBuffer found = new IntBuffer();
        scan(from.root(), to.root(), 0, both, found, 1);
        return found.size() > 0 ? found.toArray()[0] : both;
    }

    /** How many elements both have in common at the end, behind the first {@code start}. */
    static int commonEnd(ListValue from, ListValue to, int start) {
        int most = Math.min(from.size(), to.size()) - start;
        int last = lastDifference(from.root(), to.root(), 0, from.size() - to.size());
        return Math.min(most, to.size() - 1 - last);
    }

    static Value[] slice(ListValue list, int start, int count) {
        Value[] slice = new Value[count];
        for (int i = 0; i < count; i++) {
            slice[i] = list.get(start + i);
        }
        return slice;
    }

    /** Adds the differing places below {@code node}, a subtree of the second list that starts at {@code start}. */
    private static void scan(ListNode from, ListNode node, int start, int count, IntBuffer found, int most) {
        if (start >= count || found.size() >= most) {
            return;
        }
        ListNode other = counterpart(from, node, start);
        if (other == node) {
            return;
        }
        if (node instanceof InnerNode inner) {
            for (int i = 0; i < inner.width(); i++) {
                scan(from, inner.child(i), start + inner.start(i), count, found, most);
            }
            return;
        }
        int end = Math.min(node.size(), count - start);
        if (other instanceof RowLeaf before && node instanceof RowLeaf now && now.isLike(before)) {
            int changed = now.changedRows(before) & lowBits(end);
            for (; changed != 0 && found.size() < most; changed &= changed - 1) {
                found.add(start + Integer.numberOfTrailingZeros(changed));
            }
            return;
        }
        for (int i = 0; i < end && found.size() < most; i++) {
            if (!same(from.get(start + i), node.get(i))) {
                found.add(start + i);
            }
        }
    }

    private static int lowBits(int count) {
        return count >= ListNode.LEAF_WIDTH ? -1 : (1 << count) - 1;
    }

    /** The last place below {@code node}, which starts at {@code start}, that differs from {@code shift} further on. */
    private static int lastDifference(ListNode from, ListNode node, int start, int shift) {
        if (start + shift >= 0 && counterpart(from, node, start + shift) == node) {
            return -1;
        }
        for (int i = node.width() - 1; i >= 0; i--) {
            int found = -1;
            if (node instanceof InnerNode inner) {
                found = lastDifference(from, inner.child(i), start + inner.start(i), shift);
            } else if (start + i + shift < 0 || !same(from.get(start + i + shift), node.get(i))) {
                found = start + i;
            }
            if (found >= 0) {
                return found;
            }
        }
        return -1;
    }

    /** The node of the tree {@code from} that starts at {@code start} and is as high as {@code node}; null if none is. */
    private static @Nullable ListNode counterpart(ListNode from, ListNode node, int start) {
        ListNode at = from;
        int offset = start;
        while (at != node && at instanceof InnerNode inner && inner.height() > node.height()) {
            if (offset >= inner.size()) {
                return null;
            }
            int child = inner.childOf(offset);
            offset -= inner.start(child);
            at = inner.child(child);
        }
        return offset == 0 ? at : null;
    }

    /** A growing array of ints. */
    private static final class IntBuffer {

        private int[] ints = new int[16];
        private int size;

        void add(int value) {
            if (size == ints.length) {
                ints = Arrays.copyOf(ints, size * 2);
            }
            ints[size++] = value;
        }

        int size() {
            return size;
        }

        int[] toArray() {
            return Arrays.copyOf(ints, size);
        }
    }
}
