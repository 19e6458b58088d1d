package io.gaesup.state.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which slots of a {@link Merging} still take operations in, by path. No open slot's path leads to another's: to open
 * one closes all above it and below it.
 */
final class OpenSlots {

    /* Most batches touch places of one depth, none of which leads to another: there a hash table over whole paths does.
     * The first path of another depth, and the first question about what lies above or below, changes it for a trie. So
     * does a path that finds no place near its hash: paths of one hash can be made at will, and would be looked for one by
     * one. */

    /** No slot. */
    static final int NONE = -1;

    /** How many places of the table are looked at for one path, before there is none for it. */
    static final int PROBES_MAX = 128;

    private static final int NO_PLACE = -1;
    private static final int CAPACITY_FIRST = 16;

    /** A table with one place in so many used is begun anew rather than emptied. */
    private static final int SPARSE = 8;

    private static final class Node {
        private int slot = NONE;
        private @Nullable Map<String, Node> children;

        @Nullable
        Node child(String segment) {
            return children == null ? null : children.get(segment);
        }

        Node childOrNew(String segment) {
            if (children == null) {
                children = new HashMap<>();
            }
            Node child = children.get(segment);
            if (child == null) {
                child = new Node();
                children.put(segment, child);
            }
            return child;
        }
    }

    private final MergeSlots slots;

    /** Slot + 1 by hash of its path, with linear probing; 0 is free. Closed slots stay until it grows. */
    private int[] table = new int[2 * CAPACITY_FIRST];

    private int used;

    /** The depth of all paths in the table; -1 while there is none. */
    private int depth = -1;

    private @Nullable Node trie;

    OpenSlots(MergeSlots slots) {
        this.slots = slots;
    }

    void clear() {
        if (used > 0) {
            Arrays.fill(table, 0);
        }
        used = 0;
        depth = -1;
        trie = null;
    }

    /** The open slot of {@code path} or of one that leads to it; {@link #NONE} if there is none. */
    int covering(Path path) {
        Node node = trie;
        if (node == null) {
            if (depth == -1 || path.depth() == depth) {
                return depth == -1 ? NONE : inTable(path);
            }
            node = toTrie();
        }
        for (int i = 0; ; i++) {
            if (node.slot != NONE || i == path.depth()) {
                return node.slot;
            }
            node = node.child(path.segment(i));
            if (node == null) {
                return NONE;
            }
        }
    }

    /** Makes {@code slot} the open one of {@code path}; closes the slot that was, and all above and below. */
    void open(Path path, int slot) {
        if (trie == null && (depth == -1 || path.depth() == depth) && putIntoTable(path, slot)) {
            depth = path.depth();
            return;
        }
        Node node = closeAround(path);
        node.slot = slot;
    }

    /** Closes what is open at, above and below {@code path}, whose node is returned. */
    private Node closeAround(Path path) {
        Node node = trie == null ? toTrie() : trie;
        for (int i = 0; i < path.depth(); i++) {
            close(node);
            node = node.childOrNew(path.segment(i));
        }
        close(node);
        closeBelow(node);
        return node;
    }

    /** Closes what is open at, above and below {@code path}. */
    void close(Path path) {
        closeAround(path);
    }

    /** Closes all that is open; costs no more than what was opened since the last time. */
    void closeAll() {
        slots.closeAll();
        if (used < table.length / SPARSE) {
            table = new int[2 * CAPACITY_FIRST];
            used = 0;
        }
        clear();
    }

    private void close(Node node) {
        if (node.slot != NONE) {
            slots.close(node.slot);
            node.slot = NONE;
        }
    }

    private void closeBelow(Node node) {
        if (node.children == null) {
            return;
        }
        List<Node> left = new ArrayList<>(node.children.values());
        node.children = null;
        while (!left.isEmpty()) {
            Node next = left.removeLast();
            close(next);
            if (next.children != null) {
                left.addAll(next.children.values());
            }
        }
    }

    private Node toTrie() {
        Node root = new Node();
        for (int entry : table) {
            if (entry != 0) {
                Path path = slots.openPath(entry - 1);
                if (path != null) {
                    Node node = root;
                    for (int i = 0; i < path.depth(); i++) {
                        node = node.childOrNew(path.segment(i));
                    }
                    node.slot = entry - 1;
                }
            }
        }
        clear();
        trie = root;
        return root;
    }

    private int inTable(Path path) {
        int at = placeInTable(path);
        return at == NO_PLACE || table[at] == 0 ? NONE : table[at] - 1;
    }

    /** Whether there was a place for it. */
    private boolean putIntoTable(Path path, int slot) {
        if (used * 2 >= table.length && !growTable()) {
            return false;
        }
        int at = placeInTable(path);
        if (at == NO_PLACE) {
            return false;
        }
        if (table[at] == 0) {
            used++;
        } else {
            slots.close(table[at] - 1);
        }
        table[at] = slot + 1;
        return true;
    }

    /** Where in the table {@code path} is, or is to be; {@link #NO_PLACE} if it is not there and finds no place. */
    private int placeInTable(Path path) {
        int mask = table.length - 1;
        int at = start(path) & mask;
        for (int probes = 0; probes < PROBES_MAX; probes++) {
            if (table[at] == 0) {
                return at;
            }
            Path other = slots.openPath(table[at] - 1);
            if (other != null && (other == path || other.equals(path))) {
                return at;
            }
            at = at + 1 & mask;
        }
        return NO_PLACE;
    }

    /** Whether all found a place; if not, the table is as it was. */
    private boolean growTable() {
        int[] old = table;
        int[] longer = new int[old.length * 2];
        int moved = 0;
        int mask = longer.length - 1;
        for (int entry : old) {
            Path path = entry == 0 ? null : slots.openPath(entry - 1);
            if (path != null) {
                int at = start(path) & mask;
                int probes = 1;
                while (longer[at] != 0) {
                    if (++probes > PROBES_MAX) {
                        return false;
                    }
                    at = at + 1 & mask;
                }
                longer[at] = entry;
                moved++;
            }
        }
        table = longer;
        used = moved;
        return true;
    }

    /** Whether the trie has taken the table's place. */
    boolean isTrie() {
        return trie != null;
    }

    /** Hash codes of paths that differ in a digit lie close together; this spreads them. */
    private static int start(Path path) {
        int hash = path.hashCode() * 0x9E3779B9;
        return hash ^ hash >>> 15;
    }
}
