package io.gaesup.state.journal;

import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.StateException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The heads of the stores written to lately, read from the tables when first needed. Threads: the writer. */
final class StoreHeads {
    /** Stores whose head stays in memory between transactions. */
    private static final int KEPT_MAX = 4096;

    private final Connection connection;
    private final Map<String, StoreHead> heads = new LinkedHashMap<>(16, 0.75f, true);

    StoreHeads(Connection connection) {
        this.connection = connection;
    }

    /** The head of the living store of that name, or null. */
    @Nullable
    StoreHead find(String store, long now) throws SQLException {
        var head = heads.get(store);
        if (head == null) {
            head = read(store, now);
            if (head != null) {
                heads.put(store, head);
            }
        }
        return head;
    }

    /** Reads it again when it is next needed. */
    void forget(String store) {
        heads.remove(store);
    }

    /** Reads all again: what they say was undone. */
    void forgetAll() {
        heads.clear();
    }

    /** Lets go of those unused for longest, between transactions. */
    void trim() {
        var eldest = heads.entrySet().iterator();
        while (heads.size() > KEPT_MAX) {
            eldest.next();
            eldest.remove();
        }
    }

    /** Reads where a store stands, or null where none of that name lives. */
    private @Nullable StoreHead read(String name, long now) throws SQLException {
        StoreHead head;
        try (var select = connection.prepareStatement("select id, incarnation from stores where name = ?")) {
            select.setString(1, name);
            try (var rows = select.executeQuery()) {
                if (!rows.next()) {
                    return null;
                }
                head = new StoreHead(rows.getLong(1), name, rows.getLong(2));
            }
        }
        head.checkpointRevision = number("select coalesce(max(revision), 0) from checkpoints where store = ?", head.id);
        head.revision = Math.max(
                head.checkpointRevision,
                number("select coalesce(max(revision), 0) from batches where store = ?", head.id));
        head.rejections = (int) number("select count(*) from rejections where store = ?", head.id);
        readClients(head, now);
        return head;
    }

    private void readClients(StoreHead head, long now) throws SQLException {
        var byId = new HashMap<Long, StoreHead.Client>();
        try (var select = connection.prepareStatement("select id, name, sequence, seen from clients where store = ?")) {
            select.setLong(1, head.id);
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    var client =
                            new StoreHead.Client(rows.getLong(1), rows.getString(2), rows.getLong(3), rows.getLong(4));
                    byId.put(client.id, client);
                    head.add(client);
                }
            }
        }
        for (String table : new String[] {"batches", "rejections"}) {
            try (var select = connection.prepareStatement("select client, max(sequence) from " + table
                    + " where store = ? and client is not null group by client")) {
                select.setLong(1, head.id);
                try (var rows = select.executeQuery()) {
                    while (rows.next()) {
                        raise(byId.get(rows.getLong(1)), rows, head, now);
                    }
                }
            }
        }
    }

    private static void raise(StoreHead.@Nullable Client client, ResultSet rows, StoreHead head, long now)
            throws SQLException {
        if (client == null) {
            throw new StateException(
                    ErrorCode.DATA_DAMAGED,
                    "store '" + head.name + "': client " + rows.getLong(1) + " has decisions but no row");
        }
        if (rows.getLong(2) > client.sequence) {
            client.sequence = rows.getLong(2);
            client.seen = now;
            client.ahead = true;
        }
    }

    private long number(String sql, long store) throws SQLException {
        try (var select = connection.prepareStatement(sql)) {
            select.setLong(1, store);
            try (var rows = select.executeQuery()) {
                return rows.next() ? rows.getLong(1) : 0;
            }
        }
    }
}
