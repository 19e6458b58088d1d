package io.gaesup.state.core;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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
        } else if (!(from instanceof LargeMap a && to instanceof LargeMap b && largeMaps(path, a, b))) {
            anyMaps(path, from, to);
        }
    }

    /**
     * Compares place by place, if places mean the same keys in both: {@code to} has what {@code from} has, less what was
     * removed, and more at the end. False, and nothing found, if that is not so.
     */
    private boolean largeMaps(Path path, LargeMap from, LargeMap to) {
        if (!from.keepsPlacesIn(to)) {
            return false;
        }
        int[] places = ListScan.differences(from.values(), to.values(), from.places());
        for (int place : places) {
            if (LargeMap.isHole(from.values().get(place))) {
                return false;
            }
        }
        for (int place : places) {
            Value now = to.values().get(place);
            Path entry = path.child(from.keyAt(place));
            if (LargeMap.isHole(now)) {
                found.add(new Operation.Delete(entry));
            } else {
                compare(entry, from.values().get(place), now);
            }
        }
        for (int place = from.places(); place < to.places(); place++) {
            Value added = to.values().get(place);
            if (!LargeMap.isHole(added)) {
                found.add(new Operation.Set(path.child(to.keyAt(place)), added));
            }
        }
        return true;
    }

    /**
     * Deleting leaves the other keys in their order, and setting puts new ones behind them. So what can stay is the
     * longest start of {@code to} whose keys come in this order in {@code from} too; the rest is deleted and set again.
     */
    private void anyMaps(Path path, MapValue from, MapValue to) {
        Set<String> stay = staying(from, to);
        int[] again = {0};
        from.forEach((key, old) -> again[0] += !stay.contains(key) && to.containsKey(key) ? 1 : 0);
        if (again[0] > stay.size()) {
            found.add(new Operation.Set(path, to));
            return;
        }
        from.forEach((key, old) -> {
            if (!stay.contains(key)) {
                found.add(new Operation.Delete(path.child(key)));
            }
        });
        to.forEach((key, now) -> {
            Value old = stay.contains(key) ? from.get(key) : null;
            if (old == null) {
                found.add(new Operation.Set(path.child(key), now));
            } else {
                compare(path.child(key), old, now);
            }
        });
    }

    private static Set<String> staying(MapValue from, MapValue to) {
        List<String> keys = new ArrayList<>(from.size());
        from.forEach((key, old) -> keys.add(key));
        Set<String> stay = new HashSet<>();
        int[] at = {0};
        to.forEach((key, now) -> {
            if (at[0] < keys.size() && !from.containsKey(key)) {
                at[0] = keys.size();
            }
            while (at[0] < keys.size() && !keys.get(at[0]).equals(key)) {
                at[0]++;
            }
            if (at[0] < keys.size()) {
                at[0]++;
                stay.add(key);
            }
        });
        return stay;
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
