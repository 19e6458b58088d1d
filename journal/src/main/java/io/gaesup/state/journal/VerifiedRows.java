package io.gaesup.state.journal;

import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.StateException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns rows into records, and believes none before its checksum. */
final class VerifiedRows {
    private final String place;
    private final Checksum checksum = new Checksum();

    VerifiedRows(String place) {
        this.place = place;
    }

    record Store(long id, String name, long incarnation) {}

    record Client(String name, long sequence) {}

    /** The columns are id, name, incarnation, created, checksum. */
    Store store(ResultSet rows) throws SQLException {
        String name = rows.getString(2);
        var store = new Store(rows.getLong(1), name == null ? "" : name, rows.getLong(3));
        verify(
                checksum.store(store.id, store.name, store.incarnation, rows.getLong(4)),
                rows.getLong(5),
                store,
                "entry");
        return store;
    }

    /** The columns are id, name, sequence, seen, checksum. */
    Client client(Store store, ResultSet rows) throws SQLException {
        var client = new Client(text(rows, 2, store), rows.getLong(3));
        verify(
                checksum.client(store.incarnation, rows.getLong(1), client.name, client.sequence, rows.getLong(4)),
                rows.getLong(5),
                store,
                "client '" + client.name + "'");
        return client;
    }

    /** The columns are revision, at, payload, checksum. */
    byte[] checkpoint(Store store, ResultSet rows) throws SQLException {
        String what = "checkpoint at revision " + rows.getLong(1);
        byte[] payload = bytes(rows, 3, store, what);
        verify(
                checksum.checkpoint(store.incarnation, rows.getLong(1), rows.getLong(2), payload),
                rows.getLong(4),
                store,
                what);
        return payload;
    }

    /** The columns are revision, client, sequence, at, payload, checksum. */
    Entry.Batch batch(Store store, ResultSet rows, Map<Long, Client> clients) throws SQLException {
        long revision = rows.getLong(1);
        long sequence = rows.getLong(3);
        Entry.@Nullable Origin origin = null;
        long id = rows.getLong(2);
        if (!rows.wasNull()) {
            var client = clients.get(id);
            if (client == null || sequence < 1) {
                throw damaged(store, "revision " + revision + " names client " + id + " and sequence " + sequence);
            }
            origin = new Entry.Origin(client.name, sequence);
        }
        byte[] payload = bytes(rows, 5, store, "revision " + revision);
        verify(
                checksum.batch(
                        store.incarnation,
                        revision,
                        origin == null ? "" : origin.client(),
                        origin == null ? 0 : sequence,
                        rows.getLong(4),
                        payload),
                rows.getLong(6),
                store,
                "revision " + revision);
        return new Entry.Batch(store.name, store.incarnation, revision, payload, origin);
    }

    /** The columns are revision, at, code, message, checksum. */
    Decision.Rejected rejection(Store store, ResultSet rows, String client, long sequence) throws SQLException {
        String code = text(rows, 3, store);
        String message = text(rows, 4, store);
        verify(
                checksum.rejection(
                        store.incarnation, rows.getLong(1), client, sequence, rows.getLong(2), code, message),
                rows.getLong(5),
                store,
                "rejection of sequence " + sequence + " of client '" + client + "'");
        return new Decision.Rejected(code, message);
    }

    private byte[] bytes(ResultSet rows, int column, Store store, String what) throws SQLException {
        byte[] bytes = rows.getBytes(column);
        if (bytes == null) {
            throw damaged(store, what + " has no payload");
        }
        return bytes;
    }

    private String text(ResultSet rows, int column, Store store) throws SQLException {
        String text = rows.getString(column);
        if (text == null) {
            throw damaged(store, "a text is missing");
        }
        return text;
    }

    private void verify(long computed, long stored, Store store, String what) {
        if (computed != stored) {
            throw damaged(
                    store,
                    what + ": expected checksum " + Long.toHexString(stored) + ", computed "
                            + Long.toHexString(computed));
        }
    }

    StateException damaged(Store store, String what) {
        return new StateException(
                ErrorCode.DATA_DAMAGED,
                place + ", store '" + store.name + "' (incarnation " + store.incarnation + "): " + what
                        + ". The data was changed outside this program or the disk lost it; restore a copy");
    }
}
