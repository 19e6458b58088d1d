package io.gaesup.state.journal;

import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.StateException;
import io.gaesup.state.journal.VerifiedRows.Client;
import io.gaesup.state.journal.VerifiedRows.Store;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Reads through a connection of its own, each call in one read transaction, and believes no row before its checksum. */
final class Reader implements AutoCloseable {
    private final ReentrantLock lock = new ReentrantLock();
    private final Connection connection;
    private final Dialect dialect;
    private final String place;
    private final VerifiedRows verified;

    Reader(Connection connection, Dialect dialect, String place) {
        this.connection = connection;
        this.dialect = dialect;
        this.place = place;
        verified = new VerifiedRows(place);
    }

    private interface Query<T extends @Nullable Object> {
        T run() throws SQLException;
    }

    List<StoreEntry> stores() {
        return read("the list of stores", () -> {
            var stores = new ArrayList<StoreEntry>();
            try (var select = connection.prepareStatement("select id, name, incarnation, created, checksum,"
                            + " (select coalesce(max(revision), 0) from batches where store = stores.id),"
                            + " (select coalesce(max(revision), 0) from checkpoints where store = stores.id)"
                            + " from stores order by name");
                    var rows = select.executeQuery()) {
                while (rows.next()) {
                    var store = verified.store(rows);
                    stores.add(new StoreEntry(
                            store.name(), store.incarnation(), Math.max(rows.getLong(6), rows.getLong(7))));
                }
            }
            return stores;
        });
    }

    @Nullable
    Recovery recover(String name) {
        return this.<@Nullable Recovery>read("store '" + name + "'", () -> {
            var store = find(name);
            return store == null ? null : recover(store);
        });
    }

    private Recovery recover(Store store) throws SQLException {
        long checkpointRevision = 0;
        byte @Nullable [] snapshot = null;
        try (var select =
                        prepare("select revision, at, payload, checksum from checkpoints where store = ?", store.id());
                var rows = select.executeQuery()) {
            if (rows.next()) {
                checkpointRevision = rows.getLong(1);
                snapshot = verified.checkpoint(store, rows);
            }
        }
        var clients = clients(store);
        var batches = batches(store, checkpointRevision, clients);
        var entry = new StoreEntry(store.name(), store.incarnation(), checkpointRevision + batches.size());
        return new Recovery(entry, checkpointRevision, snapshot, batches, lastSequences(store, clients, batches));
    }

    private List<Entry.Batch> batches(Store store, long after, Map<Long, Client> clients) throws SQLException {
        var batches = new ArrayList<Entry.Batch>();
        try (var select = prepare(
                        "select revision, client, sequence, at, payload, checksum from batches"
                                + " where store = ? and revision > ? order by revision",
                        store.id(),
                        after);
                var rows = select.executeQuery()) {
            while (rows.next()) {
                long expected = after + batches.size() + 1;
                if (rows.getLong(1) != expected) {
                    throw verified.damaged(store, "expected revision " + expected + ", found " + rows.getLong(1));
                }
                batches.add(verified.batch(store, rows, clients));
            }
        }
        return batches;
    }

    @Nullable
    Decision lookup(String name, long incarnation, String client, long sequence) {
        return this.<@Nullable Decision>read("sequence " + sequence + " of client '" + client + "'", () -> {
            var store = find(name);
            return store == null || store.incarnation() != incarnation ? null : lookup(store, client, sequence);
        });
    }

    private @Nullable Decision lookup(Store store, String name, long sequence) throws SQLException {
        var clients = clients(store, name);
        if (clients.isEmpty()) {
            return null;
        }
        long id = clients.keySet().iterator().next();
        try (var select = prepare(
                        "select revision, client, sequence, at, payload, checksum from batches"
                                + " where store = ? and client = ? and sequence = ?",
                        store.id(),
                        id,
                        sequence);
                var rows = select.executeQuery()) {
            if (rows.next()) {
                return new Decision.Applied(verified.batch(store, rows, clients).revision());
            }
        }
        try (var select = prepare(
                        "select revision, at, code, message, checksum from rejections"
                                + " where store = ? and client = ? and sequence = ?",
                        store.id(),
                        id,
                        sequence);
                var rows = select.executeQuery()) {
            if (rows.next()) {
                return verified.rejection(store, rows, name, sequence);
            }
        }
        long last = lastSequence(store, id, clients.values().iterator().next().sequence());
        return sequence <= last ? new Decision.Forgotten(last) : null;
    }

    private @Nullable Store find(String name) throws SQLException {
        try (var select = connection.prepareStatement(
                "select id, name, incarnation, created, checksum from stores where name = ?")) {
            select.setString(1, name);
            try (var rows = select.executeQuery()) {
                return rows.next() ? verified.store(rows) : null;
            }
        }
    }

    private Map<Long, Client> clients(Store store) throws SQLException {
        try (var select =
                prepare("select id, name, sequence, seen, checksum from clients where store = ?", store.id())) {
            return clients(store, select);
        }
    }

    private Map<Long, Client> clients(Store store, String name) throws SQLException {
        try (var select = prepare(
                "select id, name, sequence, seen, checksum from clients where store = ? and name = ?", store.id())) {
            select.setString(2, name);
            return clients(store, select);
        }
    }

    private Map<Long, Client> clients(Store store, PreparedStatement select) throws SQLException {
        var clients = new HashMap<Long, Client>();
        try (var rows = select.executeQuery()) {
            while (rows.next()) {
                clients.put(rows.getLong(1), verified.client(store, rows));
            }
        }
        return clients;
    }

    /** What the rows of the clients say, raised by what was decided since the last checkpoint; all of it verified. */
    private Map<String, Long> lastSequences(Store store, Map<Long, Client> clients, List<Entry.Batch> batches)
            throws SQLException {
        var last = new HashMap<String, Long>();
        for (var client : clients.values()) {
            last.put(client.name(), client.sequence());
        }
        for (var batch : batches) {
            var origin = batch.origin();
            if (origin != null) {
                last.merge(origin.client(), origin.sequence(), Math::max);
            }
        }
        try (var select = prepare(
                        "select revision, at, code, message, checksum, client, sequence from rejections where store = ?",
                        store.id());
                var rows = select.executeQuery()) {
            while (rows.next()) {
                var client = clients.get(rows.getLong(6));
                long sequence = rows.getLong(7);
                if (client == null) {
                    throw verified.damaged(store, "a rejection names client " + rows.getLong(6) + ", who has no row");
                }
                verified.rejection(store, rows, client.name(), sequence);
                last.merge(client.name(), sequence, Math::max);
            }
        }
        return last;
    }

    private long lastSequence(Store store, long client, long atLeast) throws SQLException {
        long last = atLeast;
        for (String table : new String[] {"batches", "rejections"}) {
            try (var select = prepare(
                            "select coalesce(max(sequence), 0) from " + table + " where store = ? and client = ?",
                            store.id(),
                            client);
                    var rows = select.executeQuery()) {
                last = rows.next() ? Math.max(last, rows.getLong(1)) : last;
            }
        }
        return last;
    }

    private PreparedStatement prepare(String sql, long... arguments) throws SQLException {
        var statement = connection.prepareStatement(sql);
        for (int i = 0; i < arguments.length; i++) {
            statement.setLong(i + 1, arguments[i]);
        }
        return statement;
    }

    private <T extends @Nullable Object> T read(String what, Query<T> query) {
        lock.lock();
        try {
            if (connection.isClosed()) {
                throw new StateException(ErrorCode.CLOSED, place + " is closed; " + what + " cannot be read");
            }
            try {
                return query.run();
            } finally {
                connection.rollback();
            }
        } catch (SQLException e) {
            throw new StateException(dialect.code(e), "reading " + what + " from " + place + ": " + e.getMessage(), e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            connection.close();
        } catch (SQLException e) {
            throw new StateException(ErrorCode.DATA_IO, "closing " + place + ": " + e.getMessage(), e);
        } finally {
            lock.unlock();
        }
    }
}
