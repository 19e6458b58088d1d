package io.gaesup.state.core;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Numbers for generations of tree nodes, unique across all stores of the process and growing.
 *
 * <p>Uniqueness is what makes it safe to put a node of one store into another: no two trees ever share a generation,
 * so neither takes the other's node for its own. At a billion a second they last for 292 years.
 */
final class Generation {

    /** The generation of nodes that no tree made; no tree ever changes such a node in place. */
    static final long NONE = 0;

    static final int RESERVED = 1024;

    private static final AtomicLong LAST = new AtomicLong(NONE);

    private Generation() {}

    static long next() {
        return LAST.incrementAndGet();
    }

    /** The first of {@link #RESERVED} generations for one tree, which then goes on without asking again. */
    static long reserve() {
        return LAST.getAndAdd(RESERVED) + 1;
    }
}
