package io.gaesup.state.core;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Who watches which path, and who is woken by a commit. Cost of a commit: O(paths it touched + watchers it wakes),
 * however many others there are.
 */
final class Subscriptions {

    /* A trie over path segments. An operation wakes what stands on its way (something below them changed), at its end,
     * and below its end (something above them changed). Inserting or deleting in a list moves all that follows, so it
     * wakes every position from there on; positions are in order for that. A merge wakes what its patch names; where a
     * list makes way for its map, all positions too. The document after all operations stands for the one each operation
     * met, and the one before them for what a merge met: where that is wrong, another operation of the same commit
     * touched the container itself, and wakes all below it.
     *
     * Wildcards are children of their own beside the literal ones, so a walk may be at several places at once; a place
     * reached twice in one step counts once. What a pattern means below the end of an operation is woken only if a
     * container was or is there: else setting a scalar would wake every pattern with "any number of segments" above it. */

    private final WatchNode root = new WatchNode();
    private NodeSet at = new NodeSet();
    private NodeSet next = new NodeSet();
    private long steps;

    /** Grows with each commit; a watcher is woken once per round. */
    private long round;

    private int count;
    private int wild;

    // The commit under way.
    private Woken woken = Woken.NOBODY;
    private @Nullable Value before;
    private Value after = Value.NULL;

    void add(Watcher watcher) {
        WatchNode node = root;
        for (int i = 0; i < watcher.path.depth(); i++) {
            node = node.childOrNew(watcher, i);
        }
        node.add(watcher);
        count++;
        wild += watcher.isWild() ? 1 : 0;
    }

    void remove(Watcher watcher) {
        if (watcher.closed) {
            return;
        }
        watcher.closed = true;
        count--;
        wild -= watcher.isWild() ? 1 : 0;
        prune(root, watcher, 0);
    }

    /** Removes {@code watcher} and every place that is empty without it. */
    private static boolean prune(WatchNode node, Watcher watcher, int depth) {
        if (depth == watcher.path.depth()) {
            node.remove(watcher);
        } else {
            WatchNode child = node.child(watcher, depth);
            if (child != null && prune(child, watcher, depth + 1)) {
                node.drop(watcher, depth);
            }
        }
        return node.isEmpty();
    }

    int count() {
        return count;
    }

    /** Whether no place is kept, not even one that nobody watches. */
    boolean isEmpty() {
        return root.isEmpty();
    }

    /** Whether some watch patterns: then the document before a commit must be known as it was. */
    boolean hasPatterns() {
        return wild > 0;
    }

    void clear() {
        forEach(Watcher::end);
        root.clear();
        count = 0;
        wild = 0;
    }

    void forEach(Consumer<Watcher> visitor) {
        forEach(root, visitor);
    }

    private static void forEach(WatchNode node, Consumer<Watcher> visitor) {
        for (Watcher watcher = node.first; watcher != null; watcher = watcher.next) {
            visitor.accept(watcher);
        }
        node.forEachLiteral(child -> forEach(child, visitor));
        if (node.any() != null) {
            forEach(node.any(), visitor);
        }
        if (node.deep() != null) {
            forEach(node.deep(), visitor);
        }
    }

    /**
     * Tells {@code collector} whom {@code operations} wake, each once.
     *
     * @param documentBefore without them; null if it is not known, which wakes some to merges and patterns in vain
     * @param documentAfter with them
     */
    void touch(List<Operation> operations, @Nullable Value documentBefore, Value documentAfter, Woken collector) {
        if (count == 0) {
            return;
        }
        round++;
        woken = collector;
        before = documentBefore;
        after = documentAfter;
        for (int i = 0; i < operations.size(); i++) {
            touch(operations.get(i), operations.size());
        }
        woken = Woken.NOBODY;
        before = null;
        after = Value.NULL;
    }

    private void touch(Operation operation, int operations) {
        switch (operation) {
            case Operation.Set set -> touchValue(set.path());
            case Operation.Increment increment -> touchValue(increment.path());
            case Operation.Delete delete -> touchPlace(delete.path(), operations);
            case Operation.Insert insert -> touchPlace(insert.path(), operations);
            case Operation.Move move -> {
                touchPlace(move.from(), operations);
                touchPlace(move.path(), operations);
            }
            case Operation.Merge merge -> {
                Path path = merge.path();
                Value old = before == null ? null : Tree.find(before, path);
                touchMerge(walk(path, path.depth(), path.depth()).copy(), merge.value(), old, before != null);
            }
            case Operation.Test _ -> {}
        }
    }

    private void touchValue(Path path) {
        wakeBelow(walk(path, path.depth(), path.depth()), path);
    }

    /** What an operation changes that adds or removes a place: in a list, all that follow. */
    private void touchPlace(Path path, int operations) {
        int last = path.depth() - 1;
        NodeSet parents = walk(path, last, path.depth());
        if (parents.size == 0) {
            return;
        }
        if (!(Tree.find(after, path.parent()) instanceof ListValue list)) {
            wakeBelow(step(path, last, path.depth()), path);
            return;
        }
        int from = path.index(last) >= 0 ? path.index(last) : Math.max(0, list.size() - operations);
        for (int i = 0; i < parents.size; i++) {
            wakePositions(parents.nodes[i], from);
        }
    }

    private void wakePositions(WatchNode parent, int from) {
        Positions<WatchNode> positions = parent.positions();
        if (positions != null) {
            positions.forEachFrom(from, moved -> wakeBelow(moved, true));
        }
        if (parent.any() != null) {
            wakeBelow(parent.any(), true);
        }
        if (parent.isDeep) {
            wakeBelow(parent, true);
        }
    }

    private void touchMerge(NodeSet nodes, Value patch, @Nullable Value old, boolean known) {
        boolean isMap = patch instanceof MapValue;
        for (int i = 0; i < nodes.size; i++) {
            WatchNode node = nodes.nodes[i];
            wake(node, 0);
            if (!isMap) {
                wakeBelow(node, !known || old instanceof Container || patch instanceof Container);
            } else if (!known || old instanceof ListValue) {
                wakePositions(node, 0);
            }
        }
        if (nodes.size > 0 && patch instanceof MapValue entries) {
            MapValue map = old instanceof MapValue present ? present : MapValue.empty();
            entries.forEach((key, value) -> {
                NodeSet below = new NodeSet();
                advance(nodes, Path.ROOT.child(key), 0, below);
                touchMerge(below, value, map.get(key), known);
            });
        }
    }

    /**
     * Goes along the first {@code depth} segments of {@code path} and wakes all on the way, of which the change is as far
     * away as the path's {@code length} segments say.
     */
    private NodeSet walk(Path path, int depth, int length) {
        at.size = 0;
        at.add(root, ++steps);
        wakeAll(at, length);
        for (int i = 0; i < depth && at.size > 0; i++) {
            step(path, i, length);
        }
        return at;
    }

    private NodeSet step(Path path, int segment, int length) {
        advance(at, path, segment, next);
        NodeSet reached = next;
        next = at;
        at = reached;
        wakeAll(at, length - segment - 1);
        return at;
    }

    private void advance(NodeSet from, Path path, int segment, NodeSet to) {
        to.size = 0;
        long step = ++steps;
        for (int i = 0; i < from.size; i++) {
            WatchNode node = from.nodes[i];
            WatchNode child = node.child(path, segment);
            if (child != null) {
                to.add(child, step);
            }
            if (node.any() != null) {
                to.add(node.any(), step);
            }
            if (node.isDeep) {
                to.add(node, step);
            }
        }
    }

    private void wakeBelow(NodeSet ends, Path path) {
        if (ends.size == 0) {
            return;
        }
        boolean container = wild > 0
                && (before == null
                        || Tree.find(before, path) instanceof Container
                        || Tree.find(after, path) instanceof Container);
        for (int i = 0; i < ends.size; i++) {
            wakeBelow(ends.nodes[i], container);
        }
    }

    private void wakeBelow(WatchNode node, boolean container) {
        wake(node, 0);
        if (container || !node.isWild) {
            node.forEachLiteral(child -> wakeBelow(child, container));
        }
        if (container && node.any() != null) {
            wakeBelow(node.any(), true);
        }
        if (container && node.deep() != null) {
            wakeBelow(node.deep(), true);
        }
    }

    private void wakeAll(NodeSet nodes, int distance) {
        for (int i = 0; i < nodes.size; i++) {
            wake(nodes.nodes[i], distance);
        }
    }

    private void wake(WatchNode node, int distance) {
        for (Watcher watcher = node.first; watcher != null; watcher = watcher.next) {
            if (watcher.round != round && watcher.reach >= distance) {
                watcher.round = round;
                watcher.touched(woken);
            }
        }
    }

    /** Where a walk is, each place once. */
    private static final class NodeSet {

        private WatchNode[] nodes = new WatchNode[4];
        private int size;

        /** Adds {@code node}, and what no segment at all leads to from it. */
        void add(WatchNode node, long step) {
            if (node.step == step) {
                return;
            }
            node.step = step;
            if (size == nodes.length) {
                nodes = Arrays.copyOf(nodes, size * 2);
            }
            nodes[size++] = node;
            if (node.deep() != null) {
                add(node.deep(), step);
            }
        }

        NodeSet copy() {
            NodeSet copy = new NodeSet();
            copy.nodes = Arrays.copyOf(nodes, Math.max(1, size));
            copy.size = size;
            return copy;
        }
    }
}
