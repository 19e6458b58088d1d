package io.gaesup.state.journal;

import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.StateException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The journal over two connections to one database: one writes, one reads. */
final class JdbcJournal implements Journal {
    private static final System.Logger LOG = System.getLogger(JdbcJournal.class.getName());

    private final Connection connection;
    private final AutoCloseable data;
    private final JournalSettings settings;
    private final LongSupplier incarnations;
    private final String place;
    private final long epoch;
    private final WriteQueue queue;
    private final Writer writer;
    private final Reader reader;
    private final Thread thread;
    private final ReentrantLock closing = new ReentrantLock();
    private boolean closed;

    JdbcJournal(
            Connection writing,
            Connection reading,
            Dialect dialect,
            JournalSettings settings,
            InstantSource clock,
            LongSupplier incarnations,
            String place,
            AutoCloseable data)
            throws SQLException {
        connection = writing;
        this.data = data;
        this.settings = settings;
        this.incarnations = incarnations;
        this.place = place;
        writing.setAutoCommit(false);
        reading.setAutoCommit(false);
        epoch = nextEpoch(writing);
        queue = new WriteQueue(settings.queueEntriesMax(), settings.queueBytesMax());
        reader = new Reader(reading, dialect, place);
        writer = new Writer(writing, dialect, queue, settings, clock, System::nanoTime, place, epoch);
        thread = Thread.ofPlatform().daemon().name("journal-writer").start(writer);
    }

    private static long nextEpoch(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.executeUpdate("update meta set value = value + 1 where name = 'epoch'");
            long epoch;
            try (var rows = statement.executeQuery("select value from meta where name = 'epoch'")) {
                epoch = rows.next() ? rows.getLong(1) : -1;
            }
            connection.commit();
            return epoch;
        }
    }

    @Override
    public long epoch() {
        return epoch;
    }

    @Override
    public List<StoreEntry> stores() {
        return reader.stores();
    }

    @Override
    public CompletableFuture<StoreEntry> create(String store) {
        Names.check("store name", store, Entry.STORE_NAME_LENGTH_MAX);
        return write(new Task.Create(new StoreEntry(store, incarnations.getAsLong(), 0)));
    }

    @Override
    public CompletableFuture<@Nullable Void> delete(String store, long incarnation) {
        return write(new Task.Delete(store, incarnation));
    }

    @Override
    public @Nullable Recovery recover(String store) {
        return reader.recover(store);
    }

    @Override
    public CompletableFuture<@Nullable Void> append(Entry entry) {
        return write(new Task.Append(entry));
    }

    @Override
    public @Nullable Decision lookup(String store, long incarnation, String client, long sequence) {
        return reader.lookup(store, incarnation, client, sequence);
    }

    @Override
    public CompletableFuture<@Nullable Void> checkpoint(
            String store, long incarnation, long revision, byte[] snapshot) {
        return write(new Task.Checkpoint(store, incarnation, revision, snapshot));
    }

    private <T extends @Nullable Object> CompletableFuture<T> write(Task<T> task) {
        var failed = writer.failure();
        if (failed != null) {
            task.fail(failed);
        } else if (task.bytes() > settings.recordBytesMax()) {
            task.fail(new StateException(
                    ErrorCode.LIMIT_EXCEEDED,
                    task + " has " + task.bytes() + " bytes, the limit is " + settings.recordBytesMax()));
        } else {
            queue.offer(task);
        }
        return task.done;
    }

    @Override
    public @Nullable StateException failure() {
        return writer.failure();
    }

    @Override
    public JournalStatistics statistics() {
        var totals = writer.totals();
        return new JournalStatistics(
                totals.entries(),
                totals.transactions(),
                totals.bytes(),
                totals.nanos(),
                totals.nanosMax(),
                queue.entries(),
                queue.bytes(),
                queue.refused());
    }

    @Override
    public void close() {
        closing.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            queue.close();
            join();
            try (data;
                    connection;
                    writer;
                    reader) {
                LOG.log(System.Logger.Level.DEBUG, "closing {0}", place);
            }
        } catch (Exception e) {
            throw new StateException(ErrorCode.DATA_IO, "closing " + place + ": " + e.getMessage(), e);
        } finally {
            closing.unlock();
        }
    }

    private void join() {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
