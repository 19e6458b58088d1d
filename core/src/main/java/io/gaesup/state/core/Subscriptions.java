package io.gaesup.state.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who listens to which path, and who is to be told of a commit. Cost of a commit: O(paths it touched + listeners it
 * wakes), however many others there are.
 */
final class Subscriptions {

    /* A trie over path segments. An operation wakes what stands on its way (something below them changed), at its end,
     * and below its end (something above them changed). Inserting or deleting in a list moves all that follows, so it
     * wakes every position from there on; positions are kept sorted for that. A merge wakes what its patch names; where a
     * list makes way for its map, all positions too. The document after all operations stands for the one each operation
     * met, and the one before them for what a merge met: where that is wrong, another operation of the same commit
     * touched the container itself, and wakes all below it. */

    private final Node root = new Node();
    private long lastId;

    /** Grows with each commit; an entry is woken once per round. */
    private long round;

    private int count;

    Subscription add(Path path, Listener listener) {
        Node node = root;
        for (int i = 0; i < path.depth(); i++) {
            node = node.childOrNew(path, i);
        }
        Entry entry = new Entry(++lastId, path, listener);
        node.entries.add(entry);
        count++;
        return () -> remove(entry);
    }

    int count() {
        return count;
    }

    void clear() {
        for (Entry entry : below(root, new ArrayList<>())) {
            entry.closed = true;
        }
        root.entries.clear();
        root.keys.clear();
        root.positions.clear();
        count = 0;
    }

    /**
     * The entries that {@code operations} wake, in order of subscription.
     *
     * @param before the document without them; null if it is not known, which wakes some listeners to merges in vain
     * @param after the document with them
     */
    List<Entry> touchedBy(List<Operation> operations, @Nullable Value before, Value after) {
        if (count == 0) {
            return List.of();
        }
        round++;
        List<Entry> woken = new ArrayList<>();
        for (Operation operation : operations) {
            if (operation instanceof Operation.Merge merge) {
                Value old = before == null ? null : Tree.find(before, merge.path());
                touchMerge(walk(merge.path(), merge.path().depth(), woken), merge.value(), old, before != null, woken);
            } else {
                touch(operation, after, operations.size(), woken);
            }
        }
        if (woken.size() > 1) {
            woken.sort(Comparator.comparingLong(Entry::id));
        }
        return woken;
    }

    private void touch(Operation operation, Value after, int operations, List<Entry> woken) {
        switch (operation) {
            case Operation.Set set -> touchValue(set.path(), woken);
            case Operation.Increment increment -> touchValue(increment.path(), woken);
            case Operation.Delete delete -> touchPlace(delete.path(), after, operations, woken);
            case Operation.Insert insert -> touchPlace(insert.path(), after, operations, woken);
            case Operation.Move move -> {
                touchPlace(move.from(), after, operations, woken);
                touchPlace(move.path(), after, operations, woken);
            }
            case Operation.Merge _, Operation.Test _ -> {}
        }
    }

    private void touchValue(Path path, List<Entry> woken) {
        Node end = walk(path, path.depth(), woken);
        if (end != null) {
            wakeBelow(end, woken);
        }
    }

    /** What an operation changes that adds or removes a place: in a list, all that follow. */
    private void touchPlace(Path path, Value after, int operations, List<Entry> woken) {
        int last = path.depth() - 1;
        Node parent = walk(path, last, woken);
        if (parent == null) {
            return;
        }
        if (!(Tree.find(after, path.parent()) instanceof ListValue list)) {
            Node child = parent.child(path, last);
            if (child != null) {
                wakeBelow(child, woken);
            }
            return;
        }
        int from = path.index(last) >= 0 ? path.index(last) : Math.max(0, list.size() - operations);
        for (Node moved : parent.positions.tailMap(from, true).values()) {
            wakeBelow(moved, woken);
        }
    }

    private void touchMerge(@Nullable Node node, Value patch, @Nullable Value old, boolean known, List<Entry> woken) {
        if (node == null) {
            return;
        }
        if (!(patch instanceof MapValue entries)) {
            wakeBelow(node, woken);
            return;
        }
        wake(node, woken);
        if (!known || old instanceof ListValue) {
            node.positions.values().forEach(position -> wakeBelow(position, woken));
        }
        MapValue map = old instanceof MapValue present ? present : MapValue.empty();
        entries.forEach(
                (key, value) -> touchMerge(node.child(Path.ROOT.child(key), 0), value, map.get(key), known, woken));
    }

    /** Wakes all on the way to the first {@code depth} segments; the node there, if there is one. */
    private @Nullable Node walk(Path path, int depth, List<Entry> woken) {
        Node node = root;
        wake(node, woken);
        for (int i = 0; i < depth; i++) {
            Node next = node.child(path, i);
            if (next == null) {
                return null;
            }
            node = next;
            wake(node, woken);
        }
        return node;
    }

    private void wakeBelow(Node node, List<Entry> woken) {
        wake(node, woken);
        for (Node child : node.keys.values()) {
            wakeBelow(child, woken);
        }
        for (Node child : node.positions.values()) {
            wakeBelow(child, woken);
        }
    }

    private void wake(Node node, List<Entry> woken) {
        for (Entry entry : node.entries) {
            if (entry.round != round) {
                entry.round = round;
                woken.add(entry);
            }
        }
    }

    private static List<Entry> below(Node node, List<Entry> found) {
        found.addAll(node.entries);
        node.keys.values().forEach(child -> below(child, found));
        node.positions.values().forEach(child -> below(child, found));
        return found;
    }

    private void remove(Entry entry) {
        if (entry.closed) {
            return;
        }
        entry.closed = true;
        count--;
        prune(root, entry, 0);
    }

    /** Removes {@code entry} and every node that is empty without it. */
    private static boolean prune(Node node, Entry entry, int depth) {
        if (depth == entry.path.depth()) {
            node.entries.remove(entry);
        } else {
            Node child = node.child(entry.path, depth);
            if (child != null && prune(child, entry, depth + 1)) {
                node.drop(entry.path, depth);
            }
        }
        return node.entries.isEmpty() && node.keys.isEmpty() && node.positions.isEmpty();
    }

    /** One listener on one path. */
    static final class Entry {

        private final long id;
        private final Path path;
        private final Listener listener;
        private long round;
        private boolean closed;

        private Entry(long id, Path path, Listener listener) {
            this.id = id;
            this.path = path;
            this.listener = listener;
        }

        long id() {
            return id;
        }

        Path path() {
            return path;
        }

        void tell(Change change) {
            if (!closed) {
                listener.changed(change);
            }
        }
    }

    private static final class Node {

        private final List<Entry> entries = new ArrayList<>(1);
        private final Map<String, Node> keys = new HashMap<>(4);
        private final TreeMap<Integer, Node> positions = new TreeMap<>();

        @Nullable
        Node child(Path path, int at) {
            int index = path.index(at);
            return index >= 0 ? positions.get(index) : keys.get(path.segment(at));
        }

        Node childOrNew(Path path, int at) {
            int index = path.index(at);
            return index >= 0
                    ? positions.computeIfAbsent(index, _ -> new Node())
                    : keys.computeIfAbsent(path.segment(at), _ -> new Node());
        }

        void drop(Path path, int at) {
            int index = path.index(at);
            if (index >= 0) {
                positions.remove(index);
            } else {
                keys.remove(path.segment(at));
            }
        }
    }
}
