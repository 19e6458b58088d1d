package io.gaesup.state.core;

import org.jspecify.annotations.Nullable;

/** Something that stands at a path or a pattern in {@link Subscriptions} and is woken when a commit touches it. */
abstract sealed class Watcher permits PathSubscription, Footprint.Watch {

    /** Woken by every change at the path, above it or below it. */
    static final int VALUE = Integer.MAX_VALUE;

    /** Woken by a change at the path, above it, or of one of its direct entries: what can change size and keys. */
    static final int SHAPE = 1;

    /** Woken by a change at the path or above it: what can make it come and go. */
    static final int EXISTENCE = 0;

    final Path path;

    /** What each segment of the path is, as in {@link PathPattern}; null where all are literal. */
    final byte @Nullable [] kinds;

    /** How far below the path a change may be to be noticed. */
    final int reach;

    boolean closed;

    /** The round that woke it last. */
    long round;

    // The other watchers of the same place, in order of their subscription.
    @Nullable
    Watcher previous;

    @Nullable
    Watcher next;

    Watcher(Path path, int reach) {
        this.path = path;
        this.kinds = null;
        this.reach = reach;
    }

    Watcher(PathPattern pattern) {
        this.path = pattern.segments();
        this.kinds = pattern.isLiteral() ? null : pattern.kinds();
        this.reach = VALUE;
    }

    final byte kind(int at) {
        byte[] known = kinds;
        return known == null ? PathPattern.LITERAL : known[at];
    }

    final boolean isWild() {
        return kinds != null;
    }

    /** The store was closed. */
    void end() {
        closed = true;
    }

    /** A commit touched what is watched. Nothing may be told yet: the commit's other operations have not been looked at. */
    abstract void touched(Woken woken);
}
