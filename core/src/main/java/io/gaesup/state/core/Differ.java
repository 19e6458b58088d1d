package io.gaesup.state.core;

import java.util.ArrayList;
import java.util.List;

/** Finds the operations that turn one document into another; what both share is skipped. */
final class Differ {

    private final List<Operation> found = new ArrayList<>();

    private Differ() {}

    /** Operations that, applied in order to {@code from}, give {@code to}, key order included. */
    static List<Operation> operations(Value from, Value to) {
        Differ differ = new Differ();
        differ.compare(Path.ROOT, from, to);
        return differ.found;
    }

    private void compare(Path path, Value from, Value to) {
        if (from == to) {
            return;
        }
        if (from instanceof MapValue a && to instanceof MapValue b) {
            maps(path, a, b);
        } else if (from instanceof ListValue a && to instanceof ListValue b) {
            lists(path, a, b);
        } else if (!from.equals(to)) {
            found.add(new Operation.Set(path, to));
        }
    }

    private void maps(Path path, MapValue from, MapValue to) {
        if (from instanceof ShapedMap a && to instanceof ShapedMap b && a.shape() == b.shape()) {
            for (int i = 0; i < a.size(); i++) {
                if (a.value(i) != b.value(i)) {
                    compare(path.child(a.shape().key(i)), a.value(i), b.value(i));
                }
            }
        } else if (from instanceof LargeMap a && to instanceof LargeMap b && a.sharesLayout(b)) {
            largeMaps(path, a, b);
        } else {
            anyMaps(path, from, to);
        }
    }

    /** Places mean the same keys in both; {@code to} may have more of them. A key put again has a new place. */
    private void largeMaps(Path path, LargeMap from, LargeMap to) {
        int both = Math.min(from.places(), to.places());
        if (from.places() > both) {
            anyMaps(path, from, to);
            return;
        }
        ListDiff.forEachDifference(from.values(), to.values(), both, place -> {
            Value old = from.values().get(place);
            Value now = to.values().get(place);
            if (LargeMap.isHole(now)) {
                found.add(new Operation.Delete(path.child(from.keyAt(place))));
            } else {
                compare(path.child(to.keyAt(place)), old, now);
            }
        });
        for (int place = both; place < to.places(); place++) {
            Value added = to.values().get(place);
            if (!LargeMap.isHole(added)) {
                found.add(new Operation.Set(path.child(to.keyAt(place)), added));
            }
        }
    }

    private void anyMaps(Path path, MapValue from, MapValue to) {
        if (!sameOrder(from, to)) {
            found.add(new Operation.Set(path, to));
            return;
        }
        from.forEach((key, old) -> {
            if (!to.containsKey(key)) {
                found.add(new Operation.Delete(path.child(key)));
            }
        });
        to.forEach((key, now) -> {
            Value old = from.get(key);
            if (old == null) {
                found.add(new Operation.Set(path.child(key), now));
            } else {
                compare(path.child(key), old, now);
            }
        });
    }

    /** Whether {@code to} has the keys it shares with {@code from} in the same order, and first. */
    private static boolean sameOrder(MapValue from, MapValue to) {
        List<String> kept = new ArrayList<>();
        from.forEach((key, old) -> {
            if (to.containsKey(key)) {
                kept.add(key);
            }
        });
        boolean[] same = {true};
        int[] at = {0};
        to.forEach((key, now) -> {
            if (at[0] < kept.size()) {
                same[0] = same[0] && key.equals(kept.get(at[0]++));
            }
        });
        return same[0];
    }

    private void lists(Path path, ListValue from, ListValue to) {
        new ListDiff(from, to).forEachStep(new ListDiff.Steps() {
            @Override
            public void changed(int index, Value old, Value now) {
                compare(path.child(index), old, now);
            }

            @Override
            public void deleted(int index) {
                found.add(new Operation.Delete(path.child(index)));
            }

            @Override
            public void inserted(int index, Value value) {
                found.add(new Operation.Insert(path.child(index), value));
            }
        });
    }
}
