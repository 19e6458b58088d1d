package io.gaesup.state.journal;

import org.jspecify.annotations.Nullable;

/** Trouble with the journal or its data, with a stable code. The message says what, where, and what to do. */
public final class JournalException extends RuntimeException {

    /** The data folder cannot be made, is not a folder, or does not let this process write. */
    public static final String DATA_NOT_WRITABLE = "DATA_NOT_WRITABLE";
    /** Another journal, in this process or another one, has the data open. */
    public static final String DATA_IN_USE = "DATA_IN_USE";
    /** The data was changed by something else than the journal: a checksum, an order or a structure does not hold. */
    public static final String DATA_DAMAGED = "DATA_DAMAGED";
    /** The data belongs to another program. */
    public static final String DATA_FOREIGN = "DATA_FOREIGN";
    /** The data was written by a newer version of this program. */
    public static final String DATA_VERSION = "DATA_VERSION";
    /** The disk is full. The transaction was undone; the next write tries again. */
    public static final String DISK_FULL = "DISK_FULL";
    /** A read failed in the operating system. */
    public static final String DATA_IO = "DATA_IO";
    /** A commit failed; whether its entries are on disk is unknown until the journal is opened again. */
    public static final String JOURNAL_FAILED = "JOURNAL_FAILED";
    /** The queue is full; nothing was queued. */
    public static final String JOURNAL_BUSY = "JOURNAL_BUSY";
    /** The journal is closed; nothing was queued. */
    public static final String JOURNAL_CLOSED = "JOURNAL_CLOSED";
    /** A journal opened later writes to this data now. */
    public static final String FENCED = "FENCED";
    /** No store of that name lives, or another life of it. */
    public static final String STORE_UNKNOWN = "STORE_UNKNOWN";
    /** A store of that name lives. */
    public static final String STORE_EXISTS = "STORE_EXISTS";
    /** A revision that does not follow the last one. */
    public static final String REVISION_GAP = "REVISION_GAP";
    /** A sequence at or below the client's last decided one. */
    public static final String SEQUENCE_DECIDED = "SEQUENCE_DECIDED";
    /** A payload or snapshot beyond {@link JournalSettings#recordBytesMax()}. */
    public static final String RECORD_TOO_LARGE = "RECORD_TOO_LARGE";

    private static final long serialVersionUID = 1;

    private final String code;

    JournalException(String code, String message) {
        this(code, message, null);
    }

    JournalException(String code, String message, @Nullable Throwable cause) {
        super(code + ": " + message, cause);
        this.code = code;
    }

    /** One of the constants of this class. */
    public String code() {
        return code;
    }
}
