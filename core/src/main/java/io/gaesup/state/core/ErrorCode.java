package io.gaesup.state.core;

/**
 * Why something could not be done. The names are stable: they travel over the wire and over HTTP, and callers may
 * branch on them.
 */
public enum ErrorCode {
    /** A path is not a JSON Pointer. */
    BAD_PATH,
    /** No value is at the path. */
    NOT_FOUND,
    /** A list has no such index. */
    INDEX_OUT_OF_RANGE,
    /** A value on the path or at its end has another type than the operation needs. */
    WRONG_TYPE,
    /** An increment met something that is no number. */
    NOT_A_NUMBER,
    /** A sum does not fit in 64 bits, or is not finite. */
    OVERFLOW,
    /** NaN or an infinity where a number was expected. */
    BAD_NUMBER,
    /** A {@code test} found something else than it expected. */
    TEST_FAILED,
    /** A batch lost against another that was confirmed first. */
    CONFLICT,
    /** A named limit was passed: depth, key length, document size, frame size, queue length. */
    LIMIT_EXCEEDED,
    /** Bytes that are not what they should be: JSON, MessagePack, a frame. The message says at which offset. */
    MALFORMED,
    /** The other side speaks another protocol version. */
    UNSUPPORTED_VERSION,
    /** A frame or request that is well-formed and makes no sense now. */
    BAD_REQUEST,
    /** There is no store of that name. */
    UNKNOWN_STORE,
    /** If-Match named another revision than the store has. */
    STALE_REVISION,
    /** The store is closed, or was deleted. */
    CLOSED,
    /** The Host or Origin is not one this server answers. */
    FORBIDDEN,
    /** A store of that name lives already. */
    STORE_EXISTS,
    /** A revision that does not follow the last one in the journal. */
    REVISION_GAP,
    /** A client's sequence at or below its last decided one. */
    SEQUENCE_DECIDED,
    /** The disk is full; the write was undone, a later one may succeed. */
    DISK_FULL,
    /** The journal could not write; nothing more is accepted until the node is opened again. */
    JOURNAL_FAILED,
    /** The data folder cannot be written. */
    DATA_NOT_WRITABLE,
    /** Another process has the data folder open. */
    DATA_IN_USE,
    /** The data folder holds something that is not a whole, valid journal. */
    DATA_DAMAGED,
    /** The data folder was written by a newer version of this program. */
    DATA_VERSION,
    /** The operating system could not read or close the data. */
    DATA_IO,
    /** A newer node has taken over writing. */
    FENCED,
    /** Too much is waiting already; try again later. */
    BUSY,
    /** The address is taken by another process. */
    PORT_IN_USE,
    /** A fault of ours. */
    INTERNAL
}
