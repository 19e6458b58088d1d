package io.gaesup.state.journal;

import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.StateException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The one thread that writes: takes what waits, makes it one transaction, and tells the outcomes after the commit. */
final class Writer implements Runnable, AutoCloseable {
    /*
     * Group commit: a sync costs the same for one entry as for a thousand, so while one transaction waits for the disk
     * the next ones gather in the queue. No timer delays anything; at low load each entry is a group of its own.
     * (Gray, "Notes on database operating systems"; DeWitt et al., "Implementation techniques for main memory
     * database systems", 1984.)
     *
     * After a failed sync the kernel may mark dirty pages clean, so that the next sync succeeds without
     * having written them (PostgreSQL's "fsyncgate", 2018; Rebello et al., "Can applications recover from fsync failures?",
     * 2020). Therefore the first failure of a commit is the last thing this writer does.
     *
     * A platform thread: it waits in native code, where a virtual one would hold its carrier.
     */
    private static final System.Logger LOG = System.getLogger(Writer.class.getName());

    /** Stores whose head stays in memory between transactions. */
    private static final int HEADS_MAX = 4096;

    private final Connection connection;
    private final Dialect dialect;
    private final WriteStatements statements;
    private final Dialect.Housekeeping housekeeping;
    private final WriteQueue queue;
    private final JournalSettings settings;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final String place;
    private final long epoch;
    private final Map<String, StoreHead> heads = new LinkedHashMap<>(16, 0.75f, true);
    private long clientId;

    private volatile @Nullable StateException failure;
    private volatile Totals totals = new Totals(0, 0, 0, 0, 0);

    record Totals(long entries, long transactions, long bytes, long nanos, long nanosMax) {}

    Writer(
            Connection connection,
            Dialect dialect,
            WriteQueue queue,
            JournalSettings settings,
            InstantSource clock,
            LongSupplier nanoTime,
            String place,
            long epoch)
            throws SQLException {
        this.connection = connection;
        this.dialect = dialect;
        this.queue = queue;
        this.settings = settings;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.place = place;
        this.epoch = epoch;
        statements = new WriteStatements(connection);
        housekeeping = dialect.housekeeping(connection);
        clientId = statements.clientIdMax();
        connection.commit();
    }

    @Nullable
    StateException failure() {
        return failure;
    }

    Totals totals() {
        return totals;
    }

    @Override
    public void run() {
        var group = new ArrayList<Task<?>>();
        try {
            while (queue.take(group, settings.groupEntriesMax(), settings.groupBytesMax())) {
                write(group);
                group.clear();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail(group, new StateException(ErrorCode.JOURNAL_FAILED, "the writer of " + place + " was interrupted", e));
        }
    }

    private void write(List<Task<?>> group) {
        var failed = failure;
        if (failed != null) {
            tell(group, failed);
            return;
        }
        long begun = nanoTime.getAsLong();
        try {
            commit(group);
        } catch (SQLException e) {
            undo(group, e);
            return;
        } catch (StateException e) {
            fail(group, e);
            return;
        } catch (RuntimeException | Error e) {
            fail(group, new StateException(ErrorCode.JOURNAL_FAILED, "writing to " + place + " failed: " + e, e));
            return;
        }
        count(group, nanoTime.getAsLong() - begun);
        for (var task : group) {
            task.settle();
        }
        forgetHeads(HEADS_MAX);
        keepHouse();
    }

    private void keepHouse() {
        try {
            housekeeping.run();
        } catch (SQLException e) {
            var code = dialect.code(e);
            if (code != ErrorCode.DISK_FULL) { // of a full disk the next commit tells
                fail(
                        List.of(),
                        new StateException(
                                ErrorCode.JOURNAL_FAILED,
                                "tidying up " + place + " failed (" + code + ", " + e.getMessage()
                                        + "); every write told so far is safe, open the journal again",
                                e));
            }
        }
    }

    private void commit(List<Task<?>> group) throws SQLException {
        long found = statements.epoch();
        if (found != epoch) {
            throw new StateException(
                    ErrorCode.FENCED,
                    place + " is written by epoch " + found + " now; this journal has epoch " + epoch
                            + " and may write no more");
        }
        long now = clock.millis();
        for (var task : group) {
            try {
                stage(task, now);
            } catch (Refusal e) {
                task.refuse(e.reason);
            } catch (StateException e) { // damage in one store is no reason to stop the others
                task.refuse(e);
            }
        }
        statements.flush();
        connection.commit();
    }

    /** The next transaction may succeed only where this one failed for lack of room and is undone for certain. */
    private void undo(List<Task<?>> group, SQLException e) {
        var code = dialect.code(e);
        if (code == ErrorCode.DISK_FULL) {
            try {
                statements.discard();
                dialect.rollback(connection);
                heads.clear();
                tell(
                        group,
                        new StateException(
                                code,
                                place + ": no room for " + group.size()
                                        + " writes; they were undone. Free some space; the next write tries again",
                                e));
                return;
            } catch (SQLException next) {
                e.addSuppressed(next);
            }
        }
        fail(
                group,
                new StateException(
                        ErrorCode.JOURNAL_FAILED,
                        "committing " + group.size() + " writes to " + place + " failed (" + code + ", "
                                + e.getMessage()
                                + "); whether they are on disk is unknown until the journal is opened again",
                        e));
    }

    private void fail(List<Task<?>> group, StateException e) {
        failure = e;
        heads.clear();
        LOG.log(System.Logger.Level.ERROR, e.getMessage(), e.getCause());
        try {
            statements.discard();
            dialect.rollback(connection);
        } catch (SQLException next) {
            e.addSuppressed(next);
        }
        tell(group, e);
    }

    private static void tell(List<Task<?>> group, StateException e) {
        for (var task : group) {
            task.fail(e);
        }
    }

    private void stage(Task<?> task, long now) throws SQLException, Refusal {
        switch (task) {
            case Task.Append append -> {
                switch (append.entry) {
                    case Entry.Batch batch -> append(batch, now);
                    case Entry.Rejection rejection -> append(rejection, now);
                }
            }
            case Task.Create create -> create(create.entry, now);
            case Task.Delete delete -> delete(delete);
            case Task.Checkpoint checkpoint -> checkpoint(checkpoint, now);
        }
    }

    private void append(Entry.Batch batch, long now) throws SQLException, Refusal {
        var head = living(batch.store(), batch.incarnation(), now);
        if (batch.revision() != head.revision + 1) {
            throw new Refusal(
                    ErrorCode.REVISION_GAP,
                    "store '" + head.name + "': expected revision " + (head.revision + 1) + ", got "
                            + batch.revision());
        }
        var origin = batch.origin();
        var client = origin == null ? null : decide(head, origin, now);
        statements.insertBatch(head, client, batch, now);
        head.revision = batch.revision();
    }

    private void append(Entry.Rejection rejection, long now) throws SQLException, Refusal {
        var head = living(rejection.store(), rejection.incarnation(), now);
        var client = decide(head, rejection.origin(), now);
        statements.insertRejection(head, client, rejection, now);
        if (++head.rejections >= 2L * settings.historyRejections()) {
            statements.flush();
            statements.updateClients(head);
            statements.deleteOldRejections(head, settings.historyRejections());
            head.rejections = settings.historyRejections();
        }
    }

    /** Takes the sequence: from here on it is decided, if the transaction commits. */
    private StoreHead.Client decide(StoreHead head, Entry.Origin origin, long now) throws SQLException, Refusal {
        var client = head.client(origin.client());
        if (client == null) {
            client = new StoreHead.Client(++clientId, origin.client(), 0, now);
            statements.insertClient(head, client);
            head.add(client);
        } else if (origin.sequence() <= client.sequence) {
            throw new Refusal(
                    ErrorCode.SEQUENCE_DECIDED,
                    "store '" + head.name + "': sequence " + origin.sequence() + " of client '" + client.name
                            + "' is at or below its last decided one, " + client.sequence);
        }
        client.sequence = origin.sequence();
        client.seen = now;
        client.ahead = true;
        return client;
    }

    private void create(StoreEntry store, long now) throws SQLException, Refusal {
        var head = head(store.name(), now);
        if (head != null) {
            throw new Refusal(
                    ErrorCode.STORE_EXISTS,
                    "store '" + store.name() + "' lives, with incarnation " + head.incarnation + " at revision "
                            + head.revision);
        }
        statements.insertStore(store, now);
    }

    private void delete(Task.Delete task) throws SQLException, Refusal {
        var head = living(task.store, task.incarnation, clock.millis());
        statements.flush();
        statements.deleteStore(head);
        heads.remove(task.store);
    }

    private void checkpoint(Task.Checkpoint task, long now) throws SQLException, Refusal {
        var head = living(task.store, task.incarnation, now);
        if (task.revision < head.checkpointRevision || task.revision > head.revision) {
            throw new Refusal(
                    ErrorCode.REVISION_GAP,
                    "checkpoint of store '" + head.name + "': expected a revision from " + head.checkpointRevision
                            + " to " + head.revision + ", got " + task.revision);
        }
        statements.flush();
        statements.updateClients(head);
        statements.replaceCheckpoint(head, task.revision, now, task.snapshot);
        statements.deleteHistory(head, task.revision - settings.historyRevisions());
        statements.deleteClients(head, now - settings.clientForgetAfter().toMillis());
        heads.remove(task.store);
    }

    private StoreHead living(String store, long incarnation, long now) throws SQLException, Refusal {
        var head = head(store, now);
        if (head == null) {
            throw new Refusal(ErrorCode.UNKNOWN_STORE, "no store '" + store + "' lives");
        }
        if (head.incarnation != incarnation) {
            throw new Refusal(
                    ErrorCode.UNKNOWN_STORE,
                    "store '" + store + "' lives with incarnation " + head.incarnation + "; " + incarnation
                            + " has ended or never was");
        }
        return head;
    }

    private @Nullable StoreHead head(String store, long now) throws SQLException {
        var head = heads.get(store);
        if (head == null) {
            head = statements.head(store, now);
            if (head != null) {
                heads.put(store, head);
            }
        }
        return head;
    }

    private void forgetHeads(int kept) {
        var eldest = heads.entrySet().iterator();
        while (heads.size() > kept) {
            eldest.next();
            eldest.remove();
        }
    }

    /** After the thread has ended. */
    @Override
    public void close() throws SQLException {
        statements.close();
        housekeeping.close();
    }

    private void count(List<Task<?>> group, long nanos) {
        long bytes = 0;
        int written = 0;
        for (var task : group) {
            if (!task.isRefused()) {
                bytes += task.bytes();
                written++;
            }
        }
        var t = totals;
        totals = new Totals(
                t.entries + written, t.transactions + 1, t.bytes + bytes, t.nanos + nanos, Math.max(t.nanosMax, nanos));
    }

    /** One write that cannot be part of the transaction; the others can. */
    private static final class Refusal extends Exception {
        private static final long serialVersionUID = 1;
        final StateException reason;

        Refusal(ErrorCode code, String message) {
            super(message, null, false, false);
            reason = new StateException(code, message);
        }
    }
}
