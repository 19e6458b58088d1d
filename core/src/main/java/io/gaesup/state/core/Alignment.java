package io.gaesup.state.core;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which elements of one list stay in another, as pairs (old place, new place) that grow on both sides. */
final class Alignment {

    /* Few edits: Myers' algorithm, the shortest script there is (Myers, "An O(ND) Difference Algorithm and Its
     * Variations", 1986), whose time and memory grow with the edits squared. Many: the elements the old list has once
     * are looked up, and the longest run of them that comes in the same order stays; O(n log n) however much changed. */

    static final int EDITS_MAX = 256;

    private static final int TWICE = -1;

    private Alignment() {}

    /** The pairs; the shortest script has been found if it takes at most {@code editsMax} edits. */
    static List<int[]> of(Value[] from, Value[] to, int editsMax) {
        List<int[]> shortest = shortest(from, to, Math.min(editsMax, EDITS_MAX));
        return shortest == null ? longestRun(from, to) : shortest;
    }

    private static @Nullable List<int[]> shortest(Value[] from, Value[] to, int limit) {
        if (Math.abs(from.length - to.length) > limit) {
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
                while (x < from.length && y < to.length && y >= 0 && ListScan.same(from[x], to[y])) {
                    x++;
                    y++;
                }
                furthest[at] = x;
                if (x >= from.length && y >= to.length) {
                    return backtrack(trace, edits, limit, from.length, to.length);
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

    private static List<int[]> longestRun(Value[] from, Value[] to) {
        Places places = new Places(from);
        int[] oldOf = new int[to.length];
        for (int i = 0; i < to.length; i++) {
            oldOf[i] = places.of(to[i]);
        }
        boolean[] inOrder = longestRun(oldOf);
        List<int[]> run = new ArrayList<>();
        for (int i = 0; i < to.length; i++) {
            if (inOrder[i]) {
                run.add(new int[] {oldOf[i], i});
            }
        }
        return run;
    }

    private record Pair(
            int oldPlace, int newPlace, @Nullable Pair before) {}

    /**
     * Which of the new places are part of the longest run whose old places grow; {@code oldOf} has the old place of each,
     * negative if there is none. Patience sorting: a pair goes on the first pile whose top has no smaller old place, above
     * the pile before it.
     */
    static boolean[] longestRun(int[] oldOf) {
        List<Pair> tops = new ArrayList<>();
        for (int i = 0; i < oldOf.length; i++) {
            if (oldOf[i] >= 0) {
                int pile = pileFor(tops, oldOf[i]);
                Pair pair = new Pair(oldOf[i], i, pile == 0 ? null : tops.get(pile - 1));
                if (pile == tops.size()) {
                    tops.add(pair);
                } else {
                    tops.set(pile, pair);
                }
            }
        }
        boolean[] inOrder = new boolean[oldOf.length];
        for (Pair pair = tops.isEmpty() ? null : tops.getLast(); pair != null; pair = pair.before) {
            inOrder[pair.newPlace] = true;
        }
        return inOrder;
    }

    private static int pileFor(List<Pair> tops, int old) {
        int low = 0;
        int high = tops.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (tops.get(middle).oldPlace >= old) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** Finds elements that are in a list once; which count as the same says {@link ListScan#same}. */
    private static final class Places {

        private record Element(Value value, int hash) {

            @Override
            public boolean equals(Object other) {
                return other instanceof Element that && hash == that.hash && ListScan.same(value, that.value);
            }

            @Override
            public int hashCode() {
                return hash;
            }
        }

        private final HashMap<Element, Integer> places = new HashMap<>();

        Places(Value[] values) {
            for (int i = 0; i < values.length; i++) {
                Element element = element(values[i]);
                if (places.put(element, i) != null) {
                    places.put(element, TWICE);
                }
            }
        }

        private static Element element(Value value) {
            return new Element(value, ListScan.hash(value));
        }

        int of(Value value) {
            Integer place = places.get(element(value));
            return place == null ? -1 : place;
        }
    }
}
