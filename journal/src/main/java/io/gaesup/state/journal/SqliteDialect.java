package io.gaesup.state.journal;

import io.gaesup.state.core.ErrorCode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;

/** SQLite: a rowid alias rises by itself; the low byte of a result code is its family. */
enum SqliteDialect implements Dialect {
    INSTANCE;

    @Override
    public String rising() {
        return "integer";
    }

    @Override
    public String bytes() {
        return "blob";
    }

    @Override
    public ErrorCode code(SQLException e) {
        return switch (SQLiteErrorCode.getErrorCode(e.getErrorCode() & 0xff)) {
            case SQLITE_FULL -> ErrorCode.DISK_FULL;
            // A plain error means that a table or the format is not what the schema says.
            case SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_ERROR, SQLITE_FORMAT, SQLITE_SCHEMA, SQLITE_MISMATCH ->
                ErrorCode.DATA_DAMAGED;
            case SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_AUTH -> ErrorCode.DATA_NOT_WRITABLE;
            case SQLITE_BUSY, SQLITE_LOCKED -> ErrorCode.DATA_IN_USE;
            default -> ErrorCode.DATA_IO;
        };
    }

    @Override
    public void rollback(Connection connection) throws SQLException {
        try {
            connection.rollback();
        } catch (SQLException e) {
            // After some errors SQLite has rolled back by itself. Then, and only then, a transaction can begin.
            try (var statement = connection.createStatement()) {
                statement.execute("begin");
            } catch (SQLException next) {
                e.addSuppressed(next);
                throw e;
            }
        }
    }

    @Override
    public Housekeeping housekeeping(Connection connection) throws SQLException {
        return new LogKeeper(connection);
    }

    /**
     * Copies the log back into the database when it has grown.
     *
     * <p>SQLite would do so inside a commit, and keep an error to itself: here it happens after the commit has been told, and an
     * error is seen.
     */
    private static final class LogKeeper implements Housekeeping {
        /** 4 MiB: a longer log makes the pauses longer, not rarer per byte (docs/decisions/0003-journal.md). */
        private static final int PAGES = 1000;

        private final PreparedStatement measure;
        private final PreparedStatement copy;

        LogKeeper(Connection connection) throws SQLException {
            try (var statement = connection.createStatement()) {
                statement.execute("pragma wal_autocheckpoint = 0");
            }
            measure = connection.prepareStatement("pragma wal_checkpoint(noop)");
            copy = connection.prepareStatement("pragma wal_checkpoint(passive)");
        }

        @Override
        public void run() throws SQLException {
            try (var rows = measure.executeQuery()) {
                if (!rows.next() || rows.getInt(2) < PAGES) {
                    return;
                }
            }
            try (var rows = copy.executeQuery()) {
                rows.next();
            }
        }

        @Override
        public void close() throws SQLException {
            measure.close();
            copy.close();
        }
    }
}
