package io.gaesup.state.core;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** At which revision each place of a store was changed last, as far back as a bounded memory goes. */
final class RecentChanges {

    /* A trie over path segments. Each node knows when its place was changed last, and when something below it was; so a
     * path has changed since a revision if a node on the way to it or at its end was changed after, or something below
     * its end. What shifts the elements of a list changes all places from there on. A merge counts for its whole place,
     * and removing an entry whose key is a number for a shift: both may report a conflict that is none, never the reverse.
     *
     * When there are too many nodes, the older half of the remembered time is forgotten until half of them are left. */

    private static final class Node {
        private long changed = -1;
        private long changedBelow = -1;
        /** The last revision in which elements shifted, and the first position that ever did. */
        private long shifted = -1;

        private int shiftedFrom = Integer.MAX_VALUE;
        private @Nullable Map<String, Node> children;

        private long latest() {
            return Math.max(changed, Math.max(changedBelow, shifted));
        }
    }

    private final int nodesMax;
    private Node root = new Node();
    private int nodes;
    private long known;
    private long newest;

    /** Knows everything after {@code revision}. */
    RecentChanges(int nodesMax, long revision) {
        this.nodesMax = nodesMax;
        this.known = revision;
        this.newest = revision;
    }

    /** The oldest revision for which it can be told what has changed since. */
    long known() {
        return known;
    }

    /** The last revision that was noted. */
    long newest() {
        return newest;
    }

    /** Nothing more is to come about revisions up to this one. */
    void upTo(long revision) {
        newest = Math.max(newest, revision);
    }

    /** Notes what became {@code revision}. */
    void note(long revision, List<Operation> operations) {
        upTo(revision);
        for (Operation operation : operations) {
            switch (operation) {
                case Operation.Set set -> note(set.path(), revision);
                case Operation.Merge merge -> note(merge.path(), revision);
                case Operation.Increment increment -> note(increment.path(), revision);
                case Operation.Delete delete -> noteShift(delete.path(), revision);
                case Operation.Insert insert -> noteShift(insert.path(), revision);
                case Operation.Move move -> {
                    noteShift(move.from(), revision);
                    noteShift(move.path(), revision);
                }
                case Operation.Test _ -> {}
            }
            if (nodes > nodesMax) {
                forget();
            }
        }
    }

    private void note(Path path, long revision) {
        Node node = walk(path, path.depth(), revision);
        node.changed = revision;
        // What is below was changed with it; the place itself says so.
        nodes -= count(node) - 1;
        node.children = null;
    }

    private void noteShift(Path path, long revision) {
        int last = path.depth() - 1;
        if (path.index(last) >= 0) {
            Node list = walk(path, last, revision);
            list.shifted = revision;
            list.shiftedFrom = Math.min(list.shiftedFrom, path.index(last));
        } else {
            note(path, revision);
        }
    }

    private Node walk(Path path, int depth, long revision) {
        Node node = root;
        for (int i = 0; i < depth; i++) {
            node.changedBelow = revision;
            node = child(node, path.segment(i));
        }
        return node;
    }

    private Node child(Node node, String segment) {
        Map<String, Node> children = node.children;
        if (children == null) {
            children = new HashMap<>(4);
            node.children = children;
        }
        Node child = children.get(segment);
        if (child == null) {
            child = new Node();
            children.put(segment, child);
            nodes++;
        }
        return child;
    }

    /** The last revision after {@code basis} in which {@code path}, or something above or below it, changed; or -1. */
    long changedAfter(long basis, Path path) {
        Node node = root;
        long latest = -1;
        for (int i = 0; i < path.depth(); i++) {
            latest = Math.max(latest, node.changed);
            int index = path.index(i);
            if (index == Path.END || index >= node.shiftedFrom) {
                latest = Math.max(latest, node.shifted);
            }
            Node next = node.children == null ? null : node.children.get(path.segment(i));
            if (next == null) {
                return latest > basis ? latest : -1;
            }
            node = next;
        }
        latest = Math.max(latest, node.latest());
        return latest > basis ? latest : -1;
    }

    private void forget() {
        while (nodes > nodesMax / 2 && known < newest) {
            known += (newest - known + 1) / 2;
            if (root.latest() <= known) {
                root = new Node();
                nodes = 0;
            } else {
                prune(root);
            }
        }
    }

    private void prune(Node node) {
        if (node.children == null) {
            return;
        }
        for (Iterator<Node> each = node.children.values().iterator(); each.hasNext(); ) {
            Node child = each.next();
            if (child.latest() <= known) {
                nodes -= count(child);
                each.remove();
            } else {
                prune(child);
            }
        }
        if (node.children.isEmpty()) {
            node.children = null;
        }
    }

    private static int count(Node node) {
        int count = 1;
        if (node.children != null) {
            for (Node child : node.children.values()) {
                count += count(child);
            }
        }
        return count;
    }
}
