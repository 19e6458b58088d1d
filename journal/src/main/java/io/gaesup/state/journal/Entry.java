package io.gaesup.state.journal;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One decision about a store, on its way into the journal. */
public sealed interface Entry {

    /** Longest name of a store, in characters. */
    int STORE_NAME_LENGTH_MAX = 512;

    /** Longest name of a client, in characters. */
    int CLIENT_NAME_LENGTH_MAX = 128;

    /** Longest code of a rejection, in characters. */
    int CODE_LENGTH_MAX = 64;

    /** Longest message of a rejection, in characters; what is longer is cut. */
    int MESSAGE_LENGTH_MAX = 1024;

    /** The store's name. */
    String store();

    /** The life of the store this belongs to. */
    long incarnation();

    /** Who asked for it, or null where nobody will ask again. */
    @Nullable
    Origin origin();

    /**
     * Operations that were applied together.
     *
     * @param store the store's name
     * @param incarnation the life of the store
     * @param revision the revision they made; the last one plus 1
     * @param payload the operations, encoded; not copied
     * @param origin who asked for them; null for a change that no client will send again
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared; copying each payload would double the work of an append
    record Batch(
            String store,
            long incarnation,
            long revision,
            byte[] payload,
            @Nullable Origin origin) implements Entry {
        public Batch {
            Names.check("store name", store, STORE_NAME_LENGTH_MAX);
            Objects.requireNonNull(payload, "payload");
            if (revision < 1) {
                throw new IllegalArgumentException(
                        "revision of a batch of store '" + store + "': expected 1 or more, got " + revision);
            }
        }
    }

    /**
     * A batch that was refused, so that a resend gets the same answer.
     *
     * @param store the store's name
     * @param incarnation the life of the store
     * @param origin who asked
     * @param code the stable code of the refusal
     * @param message its message, cut to {@value Entry#MESSAGE_LENGTH_MAX} characters
     */
    record Rejection(String store, long incarnation, Origin origin, String code, String message) implements Entry {
        public Rejection {
            Names.check("store name", store, STORE_NAME_LENGTH_MAX);
            Objects.requireNonNull(origin, "origin");
            Names.check("code", code, CODE_LENGTH_MAX);
            message = Names.storable(message, MESSAGE_LENGTH_MAX);
        }
    }

    /**
     * A client and its number for a batch.
     *
     * @param client the client's name, 1 to {@value Entry#CLIENT_NAME_LENGTH_MAX} characters; it must be its own for as long as it may resend
     * @param sequence 1 or more, rising with each batch the client sends to a store; gaps are allowed
     */
    record Origin(String client, long sequence) {
        public Origin {
            Names.check("client name", client, CLIENT_NAME_LENGTH_MAX);
            if (sequence < 1) {
                throw new IllegalArgumentException(
                        "sequence of client '" + client + "': expected 1 or more, got " + sequence);
            }
        }
    }
}
