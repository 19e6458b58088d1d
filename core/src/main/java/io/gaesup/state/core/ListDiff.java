package io.gaesup.state.core;

import java.util.List;

/**
 * How one list became another, as changes, deletions and insertions from left to right. Exact in every case; few steps
 * where few elements were inserted, deleted, moved or changed.
 */
final class ListDiff {

    /* Whole subtrees both lists share are skipped (see ListScan). What is left falls into sections: in lists of equal
     * length, runs of places that differ, so that what happened far apart is looked at apart; otherwise all between the
     * common start and end. A section is aligned (see Alignment) unless taking it place by place is as short. */

    /** Told in order; an index counts in the list as it is by then. */
    interface Steps {
        void changed(int index, Value old, Value now);

        void deleted(int index);

        void inserted(int index, Value value);
    }

    /** So many equal places in a row end a section. */
    private static final int GAP = 8;

    /** To move an element takes two steps, so that up to so many changed places are best taken as they are. */
    private static final int PLACES_TAKEN_AS_THEY_ARE = 2;

    private final ListValue from;
    private final ListValue to;

    ListDiff(ListValue from, ListValue to) {
        this.from = from;
        this.to = to;
    }

    void forEachStep(Steps steps) {
        if (from.size() == to.size()) {
            forEachRun(ListScan.differences(from, to, from.size()), steps);
            return;
        }
        int start = ListScan.commonStart(from, to);
        int end = ListScan.commonEnd(from, to, start);
        int oldCount = from.size() - start - end;
        int newCount = to.size() - start - end;
        walk(start, oldCount, newCount, align(start, oldCount, newCount, Integer.MAX_VALUE), steps);
    }

    private void forEachRun(int[] places, Steps steps) {
        for (int first = 0, next = 1; first < places.length; first = next++) {
            while (next < places.length && places[next] - places[next - 1] <= GAP) {
                next++;
            }
            run(places, first, next, steps);
        }
    }

    /** One section of equal length: the places from {@code first} to before {@code end} differ in it. */
    private void run(int[] places, int first, int end, Steps steps) {
        int start = places[first];
        int span = places[end - 1] + 1 - start;
        int changes = end - first;
        if (changes > PLACES_TAKEN_AS_THEY_ARE) {
            List<int[]> matches = align(start, span, span, 2 * changes);
            StepCounter counter = new StepCounter();
            walk(start, span, span, matches, counter);
            if (counter.count < changes) {
                walk(start, span, span, matches, steps);
                return;
            }
        }
        for (int i = first; i < end; i++) {
            steps.changed(places[i], from.get(places[i]), to.get(places[i]));
        }
    }

    private List<int[]> align(int start, int oldCount, int newCount, int editsMax) {
        return oldCount == 0 || newCount == 0
                ? List.of()
                : Alignment.of(ListScan.slice(from, start, oldCount), ListScan.slice(to, start, newCount), editsMax);
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

    private static final class StepCounter implements Steps {

        private int count;

        @Override
        public void changed(int index, Value old, Value now) {
            count++;
        }

        @Override
        public void deleted(int index) {
            count++;
        }

        @Override
        public void inserted(int index, Value value) {
            count++;
        }
    }
}
