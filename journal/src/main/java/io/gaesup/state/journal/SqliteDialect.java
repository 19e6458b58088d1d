package io.gaesup.state.journal;

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
    public String code(SQLException e) {
        return switch (SQLiteErrorCode.getErrorCode(e.getErrorCode() & 0xff)) {
            case SQLITE_FULL -> JournalException.DISK_FULL;
            case SQLITE_CORRUPT, SQLITE_NOTADB -> JournalException.DATA_DAMAGED;
            case SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_AUTH -> JournalException.DATA_NOT_WRITABLE;
            case SQLITE_BUSY, SQLITE_LOCKED -> JournalException.DATA_IN_USE;
            default -> JournalException.DATA_IO;
        };
    }
}
