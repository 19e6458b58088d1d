package io.gaesup.state.server;

import io.gaesup.state.core.Authority;
import io.gaesup.state.core.Snapshot;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The decisions of one group, on their way to the disk. */
final class Flight {

    final HostedStore store;
    final Author author;

    /** Who made the group; empty for the node itself. */
    final String client;

    final List<Authority.Outcome> outcomes;

    /** The store with the whole group. */
    final Snapshot after;

    final long bytes;

    /** What it counts for among all that is on its way: its entries, and itself. */
    final int weight;

    private final AtomicInteger left;
    private volatile @Nullable Throwable failure;

    /** Whether the journal is done with it, one way or the other; on the loop. */
    boolean landed;

    Flight(
            HostedStore store,
            Author author,
            String client,
            List<Authority.Outcome> outcomes,
            Snapshot after,
            int entries,
            long bytes) {
        this.store = store;
        this.author = author;
        this.client = client;
        this.outcomes = outcomes;
        this.after = after;
        this.bytes = bytes;
        this.weight = entries + 1;
        this.left = new AtomicInteger(entries);
    }

    /** Notes that an entry was written, or why not; says whether it was the last one. From any thread. */
    boolean arrived(@Nullable Throwable reason) {
        if (reason != null && failure == null) {
            failure = reason instanceof CompletionException && reason.getCause() != null ? reason.getCause() : reason;
        }
        return left.decrementAndGet() == 0;
    }

    /** Why it was not written; null if it was. */
    @Nullable
    Throwable failure() {
        return failure;
    }
}
