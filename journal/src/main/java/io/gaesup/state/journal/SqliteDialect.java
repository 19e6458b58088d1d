package io.gaesup.state.journal;

import io.gaesup.state.core.ErrorCode;
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
}
