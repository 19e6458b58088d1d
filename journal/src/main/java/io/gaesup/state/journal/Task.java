package io.gaesup.state.journal;

import io.gaesup.state.core.StateException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One write on its way through the queue. The writer notes its outcome, and tells it once the transaction has ended. */
abstract sealed class Task<T extends @Nullable Object> {
    final CompletableFuture<T> done = new CompletableFuture<>();
    private @Nullable StateException refusal;

    /** Payload bytes, for the limits. */
    abstract int bytes();

    /** What the future gives after the commit. */
    abstract T result();

    /** Notes that this write is not part of the transaction. */
    void refuse(StateException e) {
        refusal = e;
    }

    boolean isRefused() {
        return refusal != null;
    }

    /** Tells the outcome: the transaction is on disk. */
    void settle() {
        var e = refusal;
        if (e != null) {
            done.completeExceptionally(e);
        } else {
            done.complete(result());
        }
    }

    void fail(StateException e) {
        done.completeExceptionally(e);
    }

    /** Appends a batch or a rejection. */
    static final class Append extends Task<@Nullable Void> {
        final Entry entry;

        Append(Entry entry) {
            this.entry = entry;
        }

        @Override
        int bytes() {
            return switch (entry) {
                case Entry.Batch batch -> batch.payload().length;
                case Entry.Rejection rejection -> rejection.message().length();
            };
        }

        @Override
        @Nullable
        Void result() {
            return null;
        }

        @Override
        public String toString() {
            return switch (entry) {
                case Entry.Batch batch -> "revision " + batch.revision() + " of store '" + batch.store() + "'";
                case Entry.Rejection rejection ->
                    "rejection of sequence " + rejection.origin().sequence() + " of client '"
                            + rejection.origin().client() + "' in store '" + rejection.store() + "'";
            };
        }
    }

    /** Begins a life of a store. */
    static final class Create extends Task<StoreEntry> {
        final StoreEntry entry;

        Create(StoreEntry entry) {
            this.entry = entry;
        }

        @Override
        int bytes() {
            return 0;
        }

        @Override
        StoreEntry result() {
            return entry;
        }

        @Override
        public String toString() {
            return "creation of store '" + entry.name() + "'";
        }
    }

    /** Ends a life of a store. */
    static final class Delete extends Task<@Nullable Void> {
        final String store;
        final long incarnation;

        Delete(String store, long incarnation) {
            this.store = store;
            this.incarnation = incarnation;
        }

        @Override
        int bytes() {
            return 0;
        }

        @Override
        @Nullable
        Void result() {
            return null;
        }

        @Override
        public String toString() {
            return "deletion of store '" + store + "'";
        }
    }

    /** Replaces a checkpoint. */
    static final class Checkpoint extends Task<@Nullable Void> {
        final String store;
        final long incarnation;
        final long revision;
        final byte[] snapshot;

        Checkpoint(String store, long incarnation, long revision, byte[] snapshot) {
            this.store = store;
            this.incarnation = incarnation;
            this.revision = revision;
            this.snapshot = snapshot;
        }

        @Override
        int bytes() {
            return snapshot.length;
        }

        @Override
        @Nullable
        Void result() {
            return null;
        }

        @Override
        public String toString() {
            return "checkpoint of store '" + store + "' at revision " + revision;
        }
    }
}
