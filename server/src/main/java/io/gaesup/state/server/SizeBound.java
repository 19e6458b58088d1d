package io.gaesup.state.server;

import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.Limits;
import io.gaesup.state.core.Operation;
import io.gaesup.state.core.Snapshot;
import io.gaesup.state.core.StateException;
import io.gaesup.state.core.codec.ByteWriter;
import io.gaesup.state.core.codec.MessagePack;
import io.gaesup.state.core.wire.KeyTable;
import io.gaesup.state.core.wire.OperationCodec;
import java.util.List;

/** How large one store is at most, without measuring it for each batch. Threads: the loop. */
final class SizeBound {
    /*
     * A batch makes a document at most as much larger as the batch itself is, with all its keys written out. So the sum is
     * an upper bound; the document is measured again by each checkpoint, and when the bound passes the limit. A store
     * that grew beyond what can be encoded could neither be checkpointed nor sent to anybody.
     */
    private static final int KEY_BYTES = KeyTable.KEY_LENGTH_MAX + 2;

    private final String store;
    private long bound;

    SizeBound(String store, long bytes) {
        this.store = store;
        this.bound = bytes;
    }

    long bound() {
        return bound;
    }

    /** A batch of so many bytes and operations was applied. */
    void grew(long bytes, int operations) {
        bound += bytes + (long) operations * KEY_BYTES;
    }

    /** When the bound was {@code then}, the store had {@code bytes} really. */
    void measured(long bytes, long then) {
        bound -= then - bytes;
    }

    /**
     * Checks that {@code operations}, of about so many bytes on the wire, have room.
     *
     * @throws StateException with code {@code LIMIT_EXCEEDED}
     */
    void check(List<Operation> operations, long bytes, Snapshot newest) {
        if (bound + bytes + (long) operations.size() * KEY_BYTES > Limits.DOCUMENT_BYTES_MAX) {
            checkClosely(operations, newest);
        }
    }

    private void checkClosely(List<Operation> operations, Snapshot newest) {
        if (canOnlyShrink(operations)) {
            return;
        }
        ByteWriter out = new ByteWriter("batch", Integer.MAX_VALUE - 64);
        OperationCodec.write(out, operations, KeyTable.learning());
        measured(MessagePack.encode(newest.root()).length, bound);
        if (bound + out.size() > Limits.DOCUMENT_BYTES_MAX) {
            throw new StateException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "store '" + store + "' has " + bound + " bytes, and " + out.size()
                            + " more may make it larger than " + Limits.DOCUMENT_BYTES_MAX);
        }
    }

    /** Whether there is always a way back from the limit. */
    private static boolean canOnlyShrink(List<Operation> operations) {
        return operations.stream()
                .allMatch(operation -> operation instanceof Operation.Delete || operation instanceof Operation.Test);
    }
}
