package io.gaesup.state.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import org.jspecify.annotations.Nullable;

/**
 * The writer's SQL, prepared once.
 *
 * <p>Rows are gathered per table and sent by {@link #flush}: through sqlite-jdbc a row of an executed batch costs less than half of
 * a row executed by itself (docs/decisions/0003-journal.md).
 */
final class WriteStatements implements AutoCloseable {
    private final Connection connection;
    private final Checksum checksum = new Checksum();
    private final PreparedStatement epoch;
    private final PreparedStatement insertClient;
    private final PreparedStatement insertBatch;
    private final PreparedStatement insertRejection;
    private boolean clientsWait;
    private boolean batchesWait;
    private boolean rejectionsWait;

    WriteStatements(Connection connection) throws SQLException {
        this.connection = connection;
        epoch = connection.prepareStatement("select value from meta where name = 'epoch'");
        insertClient = connection.prepareStatement(
                "insert into clients(id, store, name, sequence, seen, checksum) values (?, ?, ?, ?, ?, ?)");
        insertBatch = connection.prepareStatement(
                "insert into batches(store, revision, client, sequence, at, payload, checksum) values (?, ?, ?, ?, ?, ?, ?)");
        insertRejection = connection.prepareStatement(
                "insert into rejections(store, revision, client, sequence, at, code, message, checksum)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?)");
    }

    long epoch() throws SQLException {
        try (var rows = epoch.executeQuery()) {
            return rows.next() ? rows.getLong(1) : -1;
        }
    }

    void insertClient(StoreHead head, StoreHead.Client client) throws SQLException {
        insertClient.setLong(1, client.id);
        insertClient.setLong(2, head.id);
        insertClient.setString(3, client.name);
        insertClient.setLong(4, client.sequence);
        insertClient.setLong(5, client.seen);
        insertClient.setLong(
                6, checksum.client(head.incarnation, client.id, client.name, client.sequence, client.seen));
        insertClient.addBatch();
        clientsWait = true;
    }

    void insertBatch(StoreHead head, StoreHead.@Nullable Client client, Entry.Batch batch, long at)
            throws SQLException {
        var origin = batch.origin();
        long sequence = origin == null ? 0 : origin.sequence();
        insertBatch.setLong(1, head.id);
        insertBatch.setLong(2, batch.revision());
        if (client == null) {
            insertBatch.setNull(3, Types.BIGINT);
            insertBatch.setNull(4, Types.BIGINT);
        } else {
            insertBatch.setLong(3, client.id);
            insertBatch.setLong(4, sequence);
        }
        insertBatch.setLong(5, at);
        insertBatch.setBytes(6, batch.payload());
        insertBatch.setLong(
                7,
                checksum.batch(
                        head.incarnation,
                        batch.revision(),
                        client == null ? "" : client.name,
                        sequence,
                        at,
                        batch.payload()));
        insertBatch.addBatch();
        batchesWait = true;
    }

    void insertRejection(StoreHead head, StoreHead.Client client, Entry.Rejection rejection, long at)
            throws SQLException {
        long sequence = rejection.origin().sequence();
        insertRejection.setLong(1, head.id);
        insertRejection.setLong(2, head.revision);
        insertRejection.setLong(3, client.id);
        insertRejection.setLong(4, sequence);
        insertRejection.setLong(5, at);
        insertRejection.setString(6, rejection.code());
        insertRejection.setString(7, rejection.message());
        insertRejection.setLong(
                8,
                checksum.rejection(
                        head.incarnation,
                        head.revision,
                        client.name,
                        sequence,
                        at,
                        rejection.code(),
                        rejection.message()));
        insertRejection.addBatch();
        rejectionsWait = true;
    }

    /** Sends the gathered rows; needed before anything that reads or removes them. */
    void flush() throws SQLException {
        if (clientsWait) {
            clientsWait = false;
            insertClient.executeBatch();
        }
        if (batchesWait) {
            batchesWait = false;
            insertBatch.executeBatch();
        }
        if (rejectionsWait) {
            rejectionsWait = false;
            insertRejection.executeBatch();
        }
    }

    /** Forgets the gathered rows. */
    void discard() throws SQLException {
        clientsWait = false;
        batchesWait = false;
        rejectionsWait = false;
        insertClient.clearBatch();
        insertBatch.clearBatch();
        insertRejection.clearBatch();
    }

    long clientIdMax() throws SQLException {
        return number("select coalesce(max(id), 0) from clients");
    }

    void insertStore(StoreEntry store, long created) throws SQLException {
        long id = number("select coalesce(max(id), 0) + 1 from stores");
        try (var insert = connection.prepareStatement(
                "insert into stores(id, name, incarnation, created, checksum) values (?, ?, ?, ?, ?)")) {
            insert.setLong(1, id);
            insert.setString(2, store.name());
            insert.setLong(3, store.incarnation());
            insert.setLong(4, created);
            insert.setLong(5, checksum.store(id, store.name(), store.incarnation(), created));
            insert.executeUpdate();
        }
    }

    void deleteStore(StoreHead head) throws SQLException {
        for (String table : new String[] {"batches", "rejections", "checkpoints", "clients"}) {
            update("delete from " + table + " where store = ?", head.id);
        }
        update("delete from stores where id = ?", head.id);
    }

    void replaceCheckpoint(StoreHead head, long revision, long at, byte[] snapshot) throws SQLException {
        try (var upsert = connection.prepareStatement(
                "insert into checkpoints(store, revision, at, payload, checksum) values (?, ?, ?, ?, ?)"
                        + " on conflict(store) do update set revision = excluded.revision, at = excluded.at,"
                        + " payload = excluded.payload, checksum = excluded.checksum")) {
            upsert.setLong(1, head.id);
            upsert.setLong(2, revision);
            upsert.setLong(3, at);
            upsert.setBytes(4, snapshot);
            upsert.setLong(5, checksum.checkpoint(head.incarnation, revision, at, snapshot));
            upsert.executeUpdate();
        }
    }

    /** Raises the rows of clients to what the batches and rejections say, so that those may go. */
    void updateClients(StoreHead head) throws SQLException {
        try (var update =
                connection.prepareStatement("update clients set sequence = ?, seen = ?, checksum = ? where id = ?")) {
            boolean any = false;
            for (var client : head.clients()) {
                if (client.ahead) {
                    update.setLong(1, client.sequence);
                    update.setLong(2, client.seen);
                    update.setLong(
                            3, checksum.client(head.incarnation, client.id, client.name, client.sequence, client.seen));
                    update.setLong(4, client.id);
                    update.addBatch();
                    client.ahead = false;
                    any = true;
                }
            }
            if (any) {
                update.executeBatch();
            }
        }
    }

    void deleteHistory(StoreHead head, long revision) throws SQLException {
        update("delete from batches where store = ? and revision <= ?", head.id, revision);
        update("delete from rejections where store = ? and revision <= ?", head.id, revision);
    }

    /** Keeps the newest {@code kept} rejections. */
    void deleteOldRejections(StoreHead head, int kept) throws SQLException {
        update(
                "delete from rejections where store = ? and position <= (select position from rejections where store = ?"
                        + " order by position desc limit 1 offset ?)",
                head.id,
                head.id,
                kept);
    }

    void deleteClients(StoreHead head, long seenBefore) throws SQLException {
        update(
                "delete from clients where store = ? and seen < ?"
                        + " and id not in (select client from batches where store = ? and client is not null)"
                        + " and id not in (select client from rejections where store = ?)",
                head.id,
                seenBefore,
                head.id,
                head.id);
    }

    private long number(String sql, long... arguments) throws SQLException {
        try (var select = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                select.setLong(i + 1, arguments[i]);
            }
            try (var rows = select.executeQuery()) {
                return rows.next() ? rows.getLong(1) : 0;
            }
        }
    }

    private void update(String sql, long... arguments) throws SQLException {
        try (var update = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                update.setLong(i + 1, arguments[i]);
            }
            update.executeUpdate();
        }
    }

    @Override
    public void close() throws SQLException {
        epoch.close();
        insertClient.close();
        insertBatch.close();
        insertRejection.close();
    }
}
