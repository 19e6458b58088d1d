package io.gaesup.state.core;

import org.jspecify.annotations.Nullable;

/** An applied batch. Threads: the store's owner only. */
public final class Commit {

    private final long revision;

    /** Null for a batch that was safe at once, until somebody asks. */
    private @Nullable Committed committed;

    /** A batch that is as safe as it will be when {@code committed} is done. */
    public Commit(long revision, Committed committed) {
        this.revision = revision;
        this.committed = committed;
    }

    private Commit(long revision) {
        this.revision = revision;
    }

    /** A batch that is as safe as it will be. */
    static Commit done(long revision) {
        return new Commit(revision);
    }

    /** The store's revision with it; for a replica, the confirmed one it was made on. */
    public long revision() {
        return revision;
    }

    /**
     * Done when the batch is as safe as this store makes it: at once for a store in memory, on disk for a durable one,
     * confirmed by the server for a replica.
     */
    public Committed committed() {
        Committed known = committed;
        if (known == null) {
            known = Committed.at(revision);
            committed = known;
        }
        return known;
    }
}
