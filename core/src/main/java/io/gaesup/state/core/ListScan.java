package io.gaesup.state.core;

import java.util.Arrays;

/** Where two lists differ. Subtrees both share are skipped, so that lists of one origin cost O(changed · log size). */
final class ListScan {

    private ListScan() {}

    /** Whether both count as the same element: containers by identity, scalars by content. */
    static boolean same(Value a, Value b) {
        return a == b || (!(a instanceof Container) && a.equals(b));
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
        if (start >= count || found.size() >= most || sharedAt(from, node, start)) {
            return;
        }
        switch (node) {
            case ListNode.Inner inner -> {
                for (int i = 0; i < inner.width(); i++) {
                    scan(from, inner.child(i), start + inner.start(i), count, found, most);
                }
            }
            case ListNode.Leaf leaf -> {
                int end = Math.min(leaf.size(), count - start);
                for (int i = 0; i < end && found.size() < most; i++) {
                    if (!same(from.get(start + i), leaf.get(i))) {
                        found.add(start + i);
                    }
                }
            }
        }
    }

    /** The last place below {@code node}, which starts at {@code start}, that differs from {@code shift} further on. */
    private static int lastDifference(ListNode from, ListNode node, int start, int shift) {
        if (start + shift >= 0 && sharedAt(from, node, start + shift)) {
            return -1;
        }
        for (int i = node.width() - 1; i >= 0; i--) {
            int found = -1;
            if (node instanceof ListNode.Inner inner) {
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

    /** Whether the tree {@code from} has this very node at {@code start} too. */
    private static boolean sharedAt(ListNode from, ListNode node, int start) {
        ListNode at = from;
        int offset = start;
        while (at != node) {
            if (!(at instanceof ListNode.Inner inner) || at.height() <= node.height() || offset >= at.size()) {
                return false;
            }
            int child = inner.childOf(offset);
            offset -= inner.start(child);
            at = inner.child(child);
        }
        return offset == 0;
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
