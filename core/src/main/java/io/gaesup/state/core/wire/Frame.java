package io.gaesup.state.core.wire;

import io.gaesup.state.core.Decision;
import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.Operation;
import io.gaesup.state.core.Submission;
import io.gaesup.state.core.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What client and server say to each other. Those of a client come first. */
public sealed interface Frame {

    /** The version of the protocol these frames belong to. */
    int VERSION = 1;

    /** How long a client's id is at most, in characters; it is at least one. */
    int CLIENT_LENGTH_MAX = 64;

    /**
     * The first frame of a client.
     *
     * @param version what it speaks
     * @param client its id: random, its own, and the same after a reconnect
     */
    record Hello(int version, String client) implements Frame {}

    /**
     * Asks for a store, from now on.
     *
     * @param incarnation which life of the store the client knows; 0 if none
     * @param revision the revision it has of that
     * @param oldestPending its oldest sequence that is not confirmed; 0 if there is none
     * @param initial what to make the store of if there is none of this name; null to get {@code UNKNOWN_STORE} then
     */
    record Open(
            String store,
            long incarnation,
            long revision,
            long oldestPending,
            @Nullable Value initial) implements Frame {}

    /** No more deltas of this store. */
    record Leave(int number) implements Frame {}

    /** Batches for a store. */
    record Submit(int number, Submission.Group group) implements Frame {}

    /** Asks for a {@link Pong}. */
    record Ping(long nonce) implements Frame {}

    /** Answers a {@link Hello}; {@code server} changes when the server process does. */
    record Welcome(int version, String server) implements Frame {}

    /**
     * Answers an {@link Open} with all there is.
     *
     * @param number what the store is called from here on, the same for all clients of this server
     * @param decisions on the client's sequences from its oldest pending one on
     * @param keys the numbers of keys in this store's deltas
     */
    record State(
            int number,
            String store,
            long incarnation,
            long revision,
            List<Decision> decisions,
            List<String> keys,
            Value root)
            implements Frame {}

    /** Answers an {@link Open}: the client's revision is known, deltas from there on follow. */
    record Resumed(
            int number, String store, long incarnation, long revision, List<Decision> decisions, List<String> keys)
            implements Frame {}

    /** Batches of a store, durable already; the first became revision {@code first}, the others follow it. */
    record Deltas(int number, long first, List<List<Operation>> batches) implements Frame {}

    /** What became of one of the client's batches; comes before the delta it became. */
    record Decided(int number, Decision decision) implements Frame {}

    /**
     * Something the client asked cannot be done.
     *
     * @param store which store it was about; empty if it was about the connection, which the server then closes
     */
    record Failure(String store, ErrorCode code, String message) implements Frame {}

    /** Answers a {@link Ping}. */
    record Pong(long nonce) implements Frame {}
}
