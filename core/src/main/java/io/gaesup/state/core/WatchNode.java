package io.gaesup.state.core;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One place of the trie in {@link Subscriptions}: who watches it, and the places below it. */
final class WatchNode {

    /* Most places have one watcher or one child, so nothing is made for either before there is a second. */

    /** Whether this stands for any number of segments, so that one more leads to it again. */
    final boolean isDeep;

    /** Whether a wildcard is on the way to it. */
    final boolean isWild;

    /** The step of a walk that reached it last. */
    long step;

    @Nullable
    Watcher first;

    private @Nullable Watcher last;

    private @Nullable String soleKey;
    private @Nullable WatchNode soleChild;
    private @Nullable Map<String, WatchNode> keys;
    private @Nullable Positions<WatchNode> positions;
    private @Nullable WatchNode any;
    private @Nullable WatchNode deep;

    WatchNode() {
        this(false, false);
    }

    private WatchNode(boolean isDeep, boolean isWild) {
        this.isDeep = isDeep;
        this.isWild = isWild;
    }

    boolean isEmpty() {
        return first == null && soleChild == null && keys == null && positions == null && any == null && deep == null;
    }

    @Nullable
    WatchNode any() {
        return any;
    }

    @Nullable
    WatchNode deep() {
        return deep;
    }

    @Nullable
    Positions<WatchNode> positions() {
        return positions;
    }

    /** The place that segment {@code at} of {@code path} leads to, wildcards aside. */
    @Nullable
    WatchNode child(Path path, int at) {
        int index = path.index(at);
        if (index >= 0) {
            return positions == null ? null : positions.get(index);
        }
        return child(path.segment(at));
    }

    private @Nullable WatchNode child(String key) {
        if (keys != null) {
            return keys.get(key);
        }
        return soleKey != null && soleKey.equals(key) ? soleChild : null;
    }

    /** The place that segment {@code at} of what {@code watcher} watches leads to. */
    @Nullable
    WatchNode child(Watcher watcher, int at) {
        return switch (watcher.kind(at)) {
            case PathPattern.ANY -> any;
            case PathPattern.DEEP -> deep;
            default -> child(watcher.path, at);
        };
    }

    WatchNode childOrNew(Watcher watcher, int at) {
        WatchNode there = child(watcher, at);
        if (there != null) {
            return there;
        }
        byte kind = watcher.kind(at);
        WatchNode made = new WatchNode(kind == PathPattern.DEEP, isWild || kind != PathPattern.LITERAL);
        switch (kind) {
            case PathPattern.ANY -> any = made;
            case PathPattern.DEEP -> deep = made;
            default -> put(watcher.path, at, made);
        }
        return made;
    }

    private void put(Path path, int at, WatchNode made) {
        int index = path.index(at);
        String key = path.segment(at);
        if (index >= 0) {
            if (positions == null) {
                positions = new Positions<>();
            }
            positions.put(index, made);
        } else if (keys != null) {
            keys.put(key, made);
        } else if (soleKey == null || soleChild == null) {
            soleKey = key;
            soleChild = made;
        } else {
            keys = new HashMap<>();
            keys.put(soleKey, soleChild);
            keys.put(key, made);
            soleKey = null;
            soleChild = null;
        }
    }

    void drop(Watcher watcher, int at) {
        switch (watcher.kind(at)) {
            case PathPattern.ANY -> any = null;
            case PathPattern.DEEP -> deep = null;
            default -> drop(watcher.path, at);
        }
    }

    private void drop(Path path, int at) {
        int index = path.index(at);
        if (index >= 0) {
            if (positions != null && positions.remove(index)) {
                positions = null;
            }
        } else if (keys == null) {
            soleKey = null;
            soleChild = null;
        } else {
            keys.remove(path.segment(at));
            if (keys.isEmpty()) {
                keys = null;
            }
        }
    }

    void add(Watcher watcher) {
        watcher.previous = last;
        if (last == null) {
            first = watcher;
        } else {
            last.next = watcher;
        }
        last = watcher;
    }

    void remove(Watcher watcher) {
        Watcher before = watcher.previous;
        Watcher after = watcher.next;
        if (before == null) {
            first = after;
        } else {
            before.next = after;
        }
        if (after == null) {
            last = before;
        } else {
            after.previous = before;
        }
    }

    /** Calls {@code visitor} for each place one key or position below, wildcards aside. */
    void forEachLiteral(Consumer<WatchNode> visitor) {
        if (soleChild != null) {
            visitor.accept(soleChild);
        }
        if (keys != null) {
            keys.values().forEach(visitor);
        }
        if (positions != null) {
            positions.forEachFrom(0, visitor);
        }
    }

    void clear() {
        first = null;
        last = null;
        soleKey = null;
        soleChild = null;
        keys = null;
        positions = null;
        any = null;
        deep = null;
    }
}
