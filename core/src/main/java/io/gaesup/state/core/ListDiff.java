package io.gaesup.state.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one list became another, as changes, deletions and insertions from left to right.
 *
 * <p>Whole subtrees both lists share are skipped at the front, at the end and, in lists of equal length, in between.
 * Where lengths differ or many places do, the rest is aligned by Myers' algorithm ("An O(ND) Difference Algorithm and
 * Its Variations", 1986) with at most {@value #EDITS_MAX} edits; beyond that, place by place. The result is exact in
 * every case.
 */
final class ListDiff {

    /** Told in order; an index counts in the list as it is by then. */
    interface Steps {
        void changed(int index, Value old, Value now);

        void deleted(int index);

        void inserted(int index, Value value);
    }

    static final int EDITS_MAX = 256;

    /** Up to so many changed places in lists of equal length, no alignment is tried; nor where they are scattered. */
    private static final int PLACES_TAKEN_AS_THEY_ARE = 8;

    private final ListValue from;
    private final ListValue to;

    ListDiff(ListValue from, ListValue to) {
        this.from = from;
        this.to = to;
    }

    void forEachStep(Steps steps) {
        int[] places = {};
        if (from.size() == to.size()) {
            places = differences(from, to, from.size());
            if (areScattered(places)) {
                changeEach(places, steps);
                return;
            }
        }
        int start = commonStart();
        int end = commonEnd(start);
        int oldCount = from.size() - start - end;
        int newCount = to.size() - start - end;
        int limit = oldCount == newCount ? Math.min(EDITS_MAX, places.length) : EDITS_MAX;
        List<int[]> matches = oldCount == 0 || newCount == 0 ? List.of() : align(start, oldCount, newCount, limit);
        if (matches != null) {
            walk(start, oldCount, newCount, matches, steps);
        } else if (oldCount == newCount) {
            changeEach(places, steps);
        } else {
            walk(start, oldCount, newCount, List.of(), steps);
        }
    }

    /** Whether single elements changed; elements that moved along differ in one dense run. */
    private static boolean areScattered(int[] places) {
        int count = places.length;
        return count <= PLACES_TAKEN_AS_THEY_ARE || places[count - 1] - places[0] >= 2 * count;
    }

    private void changeEach(int[] places, Steps steps) {
        for (int place : places) {
            steps.changed(place, from.get(place), to.get(place));
        }
    }

    /** Goes from match to match; what lies between is paired off, then deleted or inserted. */
    private void walk(int start, int oldCount, int newCount, List<int[]> matches, Steps steps) {
        int oldAt = 0;
        int newAt = 0;
        for (int i = 0; i <= matches.size(); i++) {
            boolean last = i == matches.size();
            int oldEnd = last ? oldCount : matches.get(i)[0];
            int newEnd = last ? newCount : matches.get(i)[1];
            while (oldAt < oldEnd && newAt < newEnd) {
                steps.changed(start + newAt, from.get(start + oldAt++), to.get(start + newAt));
                newAt++;
            }
            for (; oldAt < oldEnd; oldAt++) {
                steps.deleted(start + newAt);
            }
            for (; newAt < newEnd; newAt++) {
                steps.inserted(start + newAt, to.get(start + newAt));
            }
            oldAt++;
            newAt++;
        }
    }

    private int commonStart() {
        int both = Math.min(from.size(), to.size());
        int[] first = {both};
        firstDifference(from, to, both, first);
        return first[0];
    }

    private int commonEnd(int start) {
        int most = Math.min(from.size(), to.size()) - start;
        int last = lastDifference(to.root(), 0, from.size() - to.size());
        return Math.min(most, to.size() - 1 - last);
    }

    /** The last place below {@code node}, which starts at {@code start}, that differs from {@code shift} further on. */
    private int lastDifference(ListNode node, int start, int shift) {
        if (start + shift >= 0 && sharedAt(from.root(), node, start + shift)) {
            return -1;
        }
        for (int i = node.width() - 1; i >= 0; i--) {
            int found = -1;
            if (node instanceof ListNode.Inner inner) {
                found = lastDifference(inner.child(i), start + inner.start(i), shift);
            } else if (start + i + shift < 0 || !same(from.get(start + i + shift), node.get(i))) {
                found = start + i;
            }
            if (found >= 0) {
                return found;
            }
        }
        return -1;
    }

    /** Pairs (old, new) of places that stay, or null beyond {@code limit} edits. */
    private @Nullable List<int[]> align(int start, int oldCount, int newCount, int limit) {
        Value[] a = slice(from, start, oldCount);
        Value[] b = slice(to, start, newCount);
        if (Math.abs(oldCount - newCount) > limit) {
            return null;
        }
        int[] furthest = new int[2 * limit + 3];
        List<int[]> trace = new ArrayList<>();
        for (int edits = 0; edits <= limit; edits++) {
            trace.add(furthest.clone());
            for (int k = -edits; k <= edits; k += 2) {
                int at = limit + 1 + k;
                boolean down = k == -edits || (k != edits && furthest[at - 1] < furthest[at + 1]);
                int x = down ? furthest[at + 1] : furthest[at - 1] + 1;
                int y = x - k;
                while (x < oldCount && y < newCount && y >= 0 && same(a[x], b[y])) {
                    x++;
                    y++;
                }
                furthest[at] = x;
                if (x >= oldCount && y >= newCount) {
                    return backtrack(trace, edits, limit, oldCount, newCount);
                }
            }
        }
        return null;
    }

    private static List<int[]> backtrack(List<int[]> trace, int edits, int limit, int oldCount, int newCount) {
        List<int[]> matches = new ArrayList<>();
        int x = oldCount;
        int y = newCount;
        for (int d = edits; d >= 0; d--) {
            int[] furthest = trace.get(d);
            int k = x - y;
            int at = limit + 1 + k;
            boolean down = d == 0 || k == -d || (k != d && furthest[at - 1] < furthest[at + 1]);
            int previousX = d == 0 ? 0 : down ? furthest[at + 1] : furthest[at - 1];
            int previousY = d == 0 ? 0 : previousX - (down ? k + 1 : k - 1);
            while (x > previousX && y > previousY) {
                matches.add(new int[] {--x, --y});
            }
            x = previousX;
            y = previousY;
        }
        Collections.reverse(matches);
        return matches;
    }

    private static Value[] slice(ListValue list, int start, int count) {
        Value[] slice = new Value[count];
        for (int i = 0; i < count; i++) {
            slice[i] = list.get(start + i);
        }
        return slice;
    }

    /** Whether both count as the same element: containers by identity, scalars by content. */
    private static boolean same(Value a, Value b) {
        return a == b || (!(a instanceof Container) && a.equals(b));
    }

    /** The places among the first {@code count} where the lists differ; both have that many. */
    static int[] differences(ListValue from, ListValue to, int count) {
        IntBuffer found = new IntBuffer();
        scan(from.root(), to.root(), 0, count, found, Integer.MAX_VALUE);
        return found.toArray();
    }

    private static void firstDifference(ListValue from, ListValue to, int count, int[] first) {
        IntBuffer found = new IntBuffer();
        scan(from.root(), to.root(), 0, count, found, 1);
        if (found.size() > 0) {
            first[0] = found.toArray()[0];
        }
    }

    /** Adds the differing places below {@code node}, a subtree of {@code to} that starts at {@code start}. */
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
