package io.gaesup.state.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of the places of a document, told from its content alone: operations that carry edits made on one document
 * to another that somebody else sent (see {@link Rebase}). What they do to values does not matter.
 */
final class Resync {

    /* Unlike two snapshots of one store, these documents share no nodes. Elements of lists are the same if they are maps
     * with equal ids; if nothing has that id, if they are equal; and next to such, if they are of one kind and, maps, have
     * half of their entries in common. An edit of what has no counterpart is dropped, so rows without an id may lose one
     * here, but no row gets what was meant for another. */

    /** The entries that tell rows apart, by their usual names. */
    private static final String[] ID_KEYS = {"id", "_id", "key", "uuid"};

    private static final int NONE = -1;

    private final List<Operation> found = new ArrayList<>();

    private Resync() {}

    static List<Operation> operations(Value from, Value to) {
        Resync resync = new Resync();
        resync.compare(Path.ROOT, from, to);
        return resync.found;
    }

    private void compare(Path path, Value from, Value to) {
        if (from instanceof MapValue a && to instanceof MapValue b) {
            a.forEach((key, old) -> {
                Value now = b.get(key);
                if (now == null) {
                    found.add(new Operation.Delete(path.child(key)));
                } else {
                    compare(path.child(key), old, now);
                }
            });
        } else if (from instanceof ListValue a && to instanceof ListValue b) {
            lists(path, elements(a), elements(b));
        } else if (from instanceof Container || to instanceof Container) {
            found.add(new Operation.Set(path, Value.NULL));
        }
    }

    private void lists(Path path, Value[] from, Value[] to) {
        int[] oldOf = match(from, to);
        arrange(path, from.length, oldOf);
        for (int i = 0; i < to.length; i++) {
            if (oldOf[i] != NONE && to[i] instanceof Container) {
                compare(path.child(i), from[oldOf[i]], to[i]);
            }
        }
    }

    /** For each new place the old one of the same element, or {@link #NONE}. */
    private static int[] match(Value[] from, Value[] to) {
        int[] oldOf = new int[to.length];
        boolean[] taken = new boolean[from.length];
        Map<Value, ArrayDeque<Integer>> byId = new HashMap<>();
        Map<Value, ArrayDeque<Integer>> byContent = new HashMap<>();
        for (int i = 0; i < from.length; i++) {
            Value id = id(from[i]);
            Map<Value, ArrayDeque<Integer>> map = id == null ? byContent : byId;
            map.computeIfAbsent(id == null ? from[i] : id, _ -> new ArrayDeque<>())
                    .add(i);
        }
        for (int i = 0; i < to.length; i++) {
            Value id = id(to[i]);
            ArrayDeque<Integer> places = id == null ? byContent.get(to[i]) : byId.get(id);
            oldOf[i] = places == null || places.isEmpty() ? NONE : places.poll();
            if (oldOf[i] != NONE) {
                taken[oldOf[i]] = true;
            }
        }
        for (int i = 0; i < to.length; i++) {
            int next = i == 0 ? 0 : oldOf[i - 1] + 1;
            boolean follows = i == 0 || oldOf[i - 1] != NONE;
            if (oldOf[i] == NONE && follows && next < from.length && !taken[next] && alike(from[next], to[i])) {
                oldOf[i] = next;
                taken[next] = true;
            }
        }
        return oldOf;
    }

    private static @Nullable Value id(Value element) {
        if (element instanceof MapValue map) {
            for (String key : ID_KEYS) {
                Value id = map.get(key);
                if (id != null && id != Value.NULL && !(id instanceof Container)) {
                    return id;
                }
            }
        }
        return null;
    }

    private static boolean alike(Value from, Value to) {
        if (from instanceof MapValue a && to instanceof MapValue b) {
            int[] equal = {0};
            a.forEach((key, value) -> equal[0] += value.equals(b.get(key)) ? 1 : 0);
            return id(from) == null && id(to) == null && 2 * equal[0] >= Math.max(a.size(), b.size());
        }
        return from instanceof ListValue == to instanceof ListValue
                && from instanceof MapValue == to instanceof MapValue;
    }

    /** Deletes what is gone; then, from left to right, inserts what is new and moves what is out of order. */
    private void arrange(Path path, int count, int[] oldOf) {
        List<Integer> present = new ArrayList<>();
        boolean[] stays = new boolean[count];
        for (int old : oldOf) {
            if (old != NONE) {
                stays[old] = true;
            }
        }
        for (int i = count - 1; i >= 0; i--) {
            if (!stays[i]) {
                found.add(new Operation.Delete(path.child(i)));
            }
        }
        for (int i = 0; i < count; i++) {
            if (stays[i]) {
                present.add(i);
            }
        }
        boolean[] inOrder = Alignment.longestRun(oldOf);
        int at = 0;
        for (int i = 0; i < oldOf.length; i++) {
            if (oldOf[i] == NONE) {
                found.add(new Operation.Insert(path.child(at), Value.NULL));
                present.add(at++, NONE);
            } else if (inOrder[i]) {
                while (present.get(at) != oldOf[i]) {
                    at++;
                }
                at++;
            } else {
                int source = present.indexOf(oldOf[i]);
                present.remove(source);
                at -= source < at ? 1 : 0;
                found.add(new Operation.Move(path.child(source), path.child(at)));
                present.add(at++, oldOf[i]);
            }
        }
    }

    private static Value[] elements(ListValue list) {
        return ListScan.slice(list, 0, list.size());
    }
}
