package io.gaesup.state.journal;

import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.StateException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The durable log of every store of one node.
 *
 * <p>Writes ({@link #create}, {@link #append}, {@link #checkpoint}, {@link #delete}) never block: they join one
 * first-in, first-out queue, and one thread writes what has gathered there as one transaction (group commit).
 * A write's future completes after that transaction is on disk, or fails with a {@link StateException}; a write
 * that failed left nothing behind, save where the exception's code says that the outcome is unknown
 * ({@link ErrorCode#JOURNAL_FAILED}). Futures complete in the order of the calls, on the journal's
 * thread: a dependent action must be short and hand longer work to another thread.
 *
 * <p>The queue is bounded by entries and by bytes ({@link JournalSettings}). Beyond that a write is refused at once
 * with {@link ErrorCode#BUSY}: a caller on an event loop cannot wait, and should stop
 * reading from its sockets instead. A refused batch leaves a gap, so later batches of its store are
 * refused with {@link ErrorCode#REVISION_GAP} until the same revision is appended again.
 *
 * <p>Reads ({@link #stores}, {@link #recover}, {@link #lookup}) wait for the database: call them on a virtual thread. They see
 * exactly what has been committed, and nothing of what is still queued.
 *
 * <p>After an input/output error during a commit nobody knows what reached the disk, and asking again may
 * report a success that is none (the kernel forgets a failed sync). So the journal then refuses every
 * write with {@code JOURNAL_FAILED} until it is closed and opened again; reads go on. A full disk is told from that: its
 * transaction is undone, {@link ErrorCode#DISK_FULL} is answered, and the next write tries again.
 *
 * <p>Threads: any.
 */
public interface Journal extends AutoCloseable {

    /**
     * The number under which this journal writes. Each opening takes the next one; from then on every older
     * journal on the same data is refused with {@link ErrorCode#FENCED}.
     */
    long epoch();

    /**
     * Every living store, by name.
     *
     * @throws StateException {@code DATA_DAMAGED}
     */
    List<StoreEntry> stores();

    /**
     * Begins a life of a store, at revision 0.
     *
     * <p>Its incarnation is a random positive number below 2^53: a store that is deleted and created again, or
     * a folder restored from a copy, is never taken for the earlier one.
     *
     * @param store 1 to {@value Entry#STORE_NAME_LENGTH_MAX} characters
     * @return the new store; fails with {@code STORE_EXISTS} where a store of that name lives
     */
    CompletableFuture<StoreEntry> create(String store);

    /**
     * Ends a life of a store and removes all its records.
     *
     * @return done; fails with {@code UNKNOWN_STORE} where no such life goes on
     */
    CompletableFuture<@Nullable Void> delete(String store, long incarnation);

    /**
     * Everything that is needed to bring a store back: its checkpoint, all batches after it in order, and
     * the last decided sequence of each client.
     *
     * <p>Each record's checksum is compared and the revisions must follow each other without a gap. Cost: one
     * ordered read, O(bytes); the result holds it all in memory.
     *
     * @return the recovery, or null where no store of that name lives
     * @throws StateException {@code DATA_DAMAGED} saying which record; nothing is repaired or left out
     */
    @Nullable
    Recovery recover(String store);

    /**
     * Writes a decision: a batch with the next revision of its store, or the rejection of one.
     *
     * <p>The payload is not copied; it must not change any more.
     *
     * <p>Fails with {@code UNKNOWN_STORE} where that life of the store has ended or never began, {@code REVISION_GAP} where the
     * revision does not follow the last one, {@code SEQUENCE_DECIDED} where the client's sequence is at or below its
     * last decided one, {@code LIMIT_EXCEEDED}, {@code BUSY}, {@code FENCED}, {@code DISK_FULL}, {@code JOURNAL_FAILED},
     * {@code CLOSED}.
     *
     * @return done when the decision is on disk
     */
    CompletableFuture<@Nullable Void> append(Entry entry);

    /**
     * What has been decided about a client's sequence.
     *
     * <p>A sequence that is appended but not yet on disk counts as undecided here: who appends must remember
     * what it has in flight. Cost: O(retained batches of the store) in the index, about a millisecond for
     * 4,096; meant for resends after a reconnect.
     *
     * @return the decision, or null where nothing is decided yet or no such store lives
     * @throws StateException {@code DATA_DAMAGED}
     */
    @Nullable
    Decision lookup(String store, long incarnation, String client, long sequence);

    /**
     * Replaces the checkpoint of a store by its snapshot at {@code revision} and forgets what is no longer needed.
     *
     * <p>Batches and rejections at or below {@code revision - } {@link JournalSettings#historyRevisions()} go, and so do
     * clients that were not seen for {@link JournalSettings#clientForgetAfter()} and have no decision left
     * in the history. The last sequence of every other client stays, however old.
     *
     * <p>The snapshot is not copied; it must not change any more.
     *
     * @return done when it is on disk; fails like {@link #append}, with {@code REVISION_GAP} where {@code revision} is not between
     *     that of the last checkpoint and that of the last batch
     */
    CompletableFuture<@Nullable Void> checkpoint(String store, long incarnation, long revision, byte[] snapshot);

    /** Why every write is refused, or null while writes are accepted. For health checks. */
    @Nullable
    StateException failure();

    /** Counts since opening and the length of the queue, read without waiting. */
    JournalStatistics statistics();

    /** Commits what is queued, then lets go of the data. Later calls fail with {@code CLOSED}. */
    @Override
    void close();
}
