package io.gaesup.state.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the operations that turn one document into another; what both share is skipped. */
final class Differ {

    private final List<Operation> found = new ArrayList<>();

    /* The way from the root to what is compared. A path is made of it only where something is found. */
    private @Nullable String[] keys = new String[8];
    private int[] positions = new int[8];
    private long marks;
    private int depth;

    private Differ() {}

    /** Operations that, applied in order to {@code from}, give {@code to}, key order included. */
    static List<Operation> operations(Value from, Value to) {
        Differ differ = new Differ();
        differ.compare(from, to);
        return differ.found;
    }

    private void compare(Value from, Value to) {
        if (from == to) {
            return;
        }
        if (from instanceof MapValue a && to instanceof MapValue b) {
            maps(a, b);
        } else if (from instanceof ListValue a && to instanceof ListValue b) {
            lists(a, b);
        } else if (!from.equals(to)) {
            found.add(new Operation.Set(path(), to));
        }
    }

    /** Compares what is below {@code key} in the present map. */
    private void compareEntry(String key, Value from, Value to) {
        enter(key, Path.NO_INDEX);
        compare(from, to);
        depth--;
    }

    private void enter(@Nullable String key, int position) {
        if (depth == keys.length) {
            keys = Arrays.copyOf(keys, 2 * depth);
            positions = Arrays.copyOf(positions, 2 * depth);
        }
        keys[depth] = key;
        positions[depth] = key == null ? position : Path.index(key);
        marks = key == null ? Path.mark(marks, depth) : Path.unmark(marks, depth);
        depth++;
    }

    private Path path() {
        return Path.ofParts(keys, positions, depth, marks);
    }

    /** The path of what is at {@code position} of the present list. */
    private Path path(int position) {
        enter(null, position);
        Path path = path();
        depth--;
        return path;
    }

    private Path path(String key) {
        enter(key, Path.NO_INDEX);
        Path path = path();
        depth--;
        return path;
    }

    private void maps(MapValue from, MapValue to) {
        if (from instanceof Shaped a && to instanceof Shaped b && a.shape() == b.shape()) {
            for (int slot = 0; slot < a.size(); slot++) {
                if (!ListScan.sameCell(a, b, slot)) {
                    compareEntry(a.shape().key(slot), a.value(slot), b.value(slot));
                }
            }
        } else if (!(from instanceof LargeMap a && to instanceof LargeMap b && largeMaps(a, b))) {
            anyMaps(from, to);
        }
    }

    /**
     * Compares place by place, if places mean the same keys in both: {@code to} has what {@code from} has, less what was
     * removed, and more at the end. False, and nothing found, if that is not so.
     */
    private boolean largeMaps(LargeMap from, LargeMap to) {
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
            String key = from.keyAt(place);
            if (LargeMap.isHole(now)) {
                found.add(new Operation.Delete(path(key)));
            } else {
                compareEntry(key, from.values().get(place), now);
            }
        }
        for (int place = from.places(); place < to.places(); place++) {
            Value added = to.values().get(place);
            if (!LargeMap.isHole(added)) {
                found.add(new Operation.Set(path(to.keyAt(place)), added));
            }
        }
        return true;
    }

    /**
     * Deleting leaves the other keys in their order, and setting puts new ones behind them. So what can stay is the
     * longest start of {@code to} whose keys come in this order in {@code from} too; the rest is deleted and set again.
     */
    private void anyMaps(MapValue from, MapValue to) {
        Set<String> stay = staying(from, to);
        int[] again = {0};
        from.forEach((key, old) -> again[0] += !stay.contains(key) && to.containsKey(key) ? 1 : 0);
        if (again[0] > stay.size()) {
            found.add(new Operation.Set(path(), to));
            return;
        }
        from.forEach((key, old) -> {
            if (!stay.contains(key)) {
                found.add(new Operation.Delete(path(key)));
            }
        });
        to.forEach((key, now) -> {
            Value old = stay.contains(key) ? from.get(key) : null;
            if (old == null) {
                found.add(new Operation.Set(path(key), now));
            } else {
                compareEntry(key, old, now);
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

    private void lists(ListValue from, ListValue to) {
        new ListDiff(from, to).forEachStep(new ListDiff.Steps() {
            @Override
            public void changed(int index, Value old, Value now) {
                enter(null, index);
                compare(old, now);
                depth--;
            }

            @Override
            public void deleted(int index) {
                found.add(new Operation.Delete(path(index)));
            }

            @Override
            public void inserted(int index, Value value) {
                found.add(new Operation.Insert(path(index), value));
            }
        });
    }
}
