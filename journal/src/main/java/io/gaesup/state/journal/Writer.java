package io.gaesup.state.journal;

import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.StateException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
    private final StoreHeads heads;
    private final Admission admission;

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
        heads = new StoreHeads(connection);
        admission = new Admission(statements, heads, settings);
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
        } catch (InterruptedException | RuntimeException | Error e) {
            fail(
                    group,
                    new StateException(ErrorCode.JOURNAL_FAILED, "the writer of " + place + " ended early: " + e, e));
            refuseTheRest();
        }
    }

    /** Nobody will take what waits: tell it. */
    private void refuseTheRest() {
        queue.close();
        var rest = new ArrayList<Task<?>>();
        var why = Objects.requireNonNull(failure);
        queue.drainTo(rest);
        tell(rest, why);
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
        heads.trim();
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
            admission.admit(task, now);
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
                heads.forgetAll();
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
        heads.forgetAll();
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
}
