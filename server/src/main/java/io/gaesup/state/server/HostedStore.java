package io.gaesup.state.server;

import io.gaesup.state.core.Authority;
import io.gaesup.state.core.Authority.Outcome;
import io.gaesup.state.core.Decision;
import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.Operation;
import io.gaesup.state.core.Snapshot;
import io.gaesup.state.core.StateException;
import io.gaesup.state.core.Submission;
import io.gaesup.state.core.codec.ByteWriter;
import io.gaesup.state.core.wire.KeyTable;
import io.gaesup.state.core.wire.OperationCodec;
import io.gaesup.state.journal.Entry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One store of a node: decides batches, has them journalled, and shows the outside only what is on disk. */
final class HostedStore {
    /*
     * Two revisions: the authority's, with everything that was decided, and the durable one, with what the journal has
     * written. Batches between the two are in flight. Readers, deltas and answers follow the durable one, so nobody
     * learns of a batch that a crash could take back; the next batch is decided on the authority's without waiting.
     *
     * When the journal cannot write, the authority is ahead of what is kept, and there is no way back for it: it stops
     * deciding. If the journal is done for, readers stay where they are, at the durable snapshot. If it only lacks room,
     * another life of this object is brought back from the journal as soon as all that is in flight has landed.
     */

    private static final int REJECTION_BYTES = 256;
    private static final int WRITER_BYTES_KEPT_MAX = 1 << 20;

    private final Node node;
    private final String name;
    private final long incarnation;
    private final Authority authority;
    private final Decided decided;
    private final Audience audience;
    private final Checkpointer checkpointer;
    private final ArrayDeque<Flight> inFlight = new ArrayDeque<>();
    private final KeyTable journalKeys = KeyTable.giving();
    private ByteWriter out = new ByteWriter();
    private Snapshot durable;
    private final SizeBound size;
    private @Nullable StateException failure;
    private @Nullable Promise<HostedStore> replaced;
    private boolean closing;
    private boolean deciding;

    HostedStore(Node node, int number, Recovered recovered) {
        this.node = node;
        this.name = recovered.name();
        this.incarnation = recovered.incarnation();
        this.decided = recovered.decided();
        this.authority = recovered.authority();
        this.durable = authority.store().snapshot();
        this.audience = new Audience(this, number, recovered.since(), recovered.lastBatches(), node.config());
        this.checkpointer = new Checkpointer(this, node, recovered);
        this.size = new SizeBound(name, recovered.checkpointBytes());
        size.grew(
                recovered.batchBytes(),
                recovered.lastBatches().stream().mapToInt(List::size).sum());
        decided.inFlight(inFlight);
    }

    String name() {
        return name;
    }

    long incarnation() {
        return incarnation;
    }

    Audience audience() {
        return audience;
    }

    /** The store as it is on disk. */
    Snapshot durable() {
        return durable;
    }

    /** The revision the next batch is made on; ahead of {@link #durable} while batches are in flight. */
    long newestRevision() {
        return authority.store().revision();
    }

    /** The store with everything decided, for the node's own code on the loop. */
    Snapshot newest() {
        return authority.store().snapshot();
    }

    Checkpointer checkpointer() {
        return checkpointer;
    }

    Authority authority() {
        return authority;
    }

    Node node() {
        return node;
    }

    /** Why nothing is decided any more; null while all is well. */
    @Nullable
    StateException failure() {
        return failure;
    }

    /** Looks up what {@code client} may ask for from its sequence {@code oldest} on. */
    Future<?> prepare(String client, long oldest) {
        return decided.fetch(node.loop(), client, oldest);
    }

    /** {@code client} is gone. */
    void forget(String client) {
        decided.forget(client);
    }

    /**
     * Decides a client's group, of about so many bytes, and has it journalled.
     *
     * @throws StateException if nothing was decided: {@code STALE_REVISION}, {@code BAD_REQUEST}, {@code JOURNAL_FAILED},
     *     {@code CLOSED}; {@code author} will hear nothing then
     */
    void submit(String client, Submission.Group group, int groupBytes, Author author) {
        checkAccepting();
        decided.checkSearchable(client, group, authority);
        size.check(operationsOf(group), groupBytes, newest());
        List<Outcome> outcomes = deciding(() -> authority.decide(client, group));
        List<Entry> entries = new ArrayList<>(outcomes.size());
        long bytes = 0;
        for (Outcome outcome : outcomes) {
            if (outcome.repeated()) {
                continue;
            }
            Decision decision = outcome.decision();
            decided.note(client, decision.sequence());
            Entry.Origin origin = new Entry.Origin(client, decision.sequence());
            ErrorCode code = decision.code();
            if (code == null) {
                byte[] payload = encode(outcome.operations(), journalKeys());
                bytes += payload.length;
                size.grew(payload.length, outcome.operations().size());
                entries.add(new Entry.Batch(name, incarnation, decision.revision(), payload, origin));
            } else {
                bytes += REJECTION_BYTES;
                entries.add(new Entry.Rejection(name, incarnation, origin, code.name(), decision.message()));
            }
        }
        launch(new Flight(this, author, client, outcomes, newest(), entries.size(), bytes), entries);
    }

    private static List<Operation> operationsOf(Submission.Group group) {
        List<Submission> submissions = group.submissions();
        if (submissions.size() == 1) {
            return submissions.getFirst().operations();
        }
        return submissions.stream().flatMap(one -> one.operations().stream()).toList();
    }

    /**
     * Applies a batch of nobody's numbering: one over HTTP, or of the node itself.
     *
     * @return the revision it becomes
     * @throws StateException if it does not apply; {@code author} will hear nothing then
     */
    long apply(List<Operation> operations, Author author) {
        checkAccepting();
        size.check(operations, encode(operations, journalKeys()).length, newest());
        List<Operation> applied = deciding(() -> authority.apply(operations));
        long revision = newestRevision();
        byte[] payload = encode(applied, journalKeys());
        size.grew(payload.length, applied.size());
        Outcome outcome = new Outcome(Decision.applied(0, revision), applied, false);
        launch(
                new Flight(this, author, "", List.of(outcome), newest(), 1, payload.length),
                List.of(new Entry.Batch(name, incarnation, revision, payload, null)));
        return revision;
    }

    /**
     * Does {@code work} on the authority, whose listeners are called within it. What they would write now would reach the
     * journal before the batch they are told of, so they write later: by {@link GaesupNode#with}.
     */
    private <T> T deciding(Supplier<T> work) {
        if (deciding) {
            throw new StateException(
                    ErrorCode.BAD_REQUEST,
                    "store '" + name
                            + "' is telling its listeners of a batch; one that writes does so by GaesupNode.with");
        }
        deciding = true;
        try {
            return work.get();
        } catch (StateException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            // A listener broke after the change was made, which the journal does not have: it is taken back.
            fail(e);
            throw e;
        } finally {
            deciding = false;
        }
    }

    /** Calls {@code author} when all that is in flight now has landed. */
    void afterInFlight(Author author) {
        launch(new Flight(this, author, "", List.of(), newest(), 0, 0), List.of());
    }

    /** What is durably decided on {@code client}'s sequences from {@code oldest} on. */
    List<Decision> decisionsFrom(String client, long oldest) {
        if (oldest <= 0) {
            return List.of();
        }
        List<Decision> all = authority.decisionsFrom(client, oldest);
        long undurable = decided.firstInFlight(client);
        List<Decision> durablyDecided = new ArrayList<>(all.size());
        for (Decision decision : all) {
            if (decision.sequence() < undurable) {
                durablyDecided.add(decision);
            }
        }
        return durablyDecided;
    }

    /** The journal is done with {@code flight}; says whether readers have something new to be sent. */
    boolean landed(Flight flight) {
        flight.landed = true;
        boolean advanced = false;
        while (!inFlight.isEmpty() && inFlight.getFirst().landed) {
            Flight first = inFlight.removeFirst();
            Throwable reason = first.failure();
            if (failure == null && reason != null) {
                fail(reason);
            }
            if (failure != null) {
                first.author.failed(this, failure);
            } else {
                advanced |= release(first);
            }
        }
        if (replaced != null && inFlight.isEmpty()) {
            replaced.complete(this);
        }
        return advanced;
    }

    private boolean release(Flight flight) {
        boolean advanced = false;
        for (Outcome outcome : flight.outcomes) {
            if (!outcome.repeated() && outcome.decision().isApplied()) {
                audience.append(encode(outcome.operations(), audience.keys()));
                node.meters().applied(outcome.operations().size());
                advanced = true;
            }
        }
        durable = flight.after;
        flight.author.decided(this, flight.outcomes);
        if (advanced) {
            checkpointer.advanced(flight.bytes);
        }
        return advanced;
    }

    private void launch(Flight flight, List<Entry> entries) {
        inFlight.addLast(flight);
        node.committer().commit(flight, entries);
    }

    /** Nothing more is decided here; those who listen are told. */
    private void fail(Throwable reason) {
        StateException failed = Problems.of(reason);
        failure = failed;
        node.failed(this, failed);
        if (isLasting(failed.code())) {
            audience.failed(failed);
        } else {
            replaced = Promise.promise();
            node.stores().replace(this, replaced.future());
            audience.end(failed.code(), failed.detail());
        }
    }

    private static boolean isLasting(ErrorCode code) {
        return code == ErrorCode.JOURNAL_FAILED || code == ErrorCode.FENCED || code == ErrorCode.CLOSED;
    }

    SizeBound size() {
        return size;
    }

    /** Refuses everything from here on; used before the store is deleted. */
    void closing() {
        closing = true;
    }

    void reopened() {
        closing = false;
    }

    private void checkAccepting() {
        node.committer().checkRoom();
        if (failure != null) {
            throw failure;
        }
        if (closing) {
            throw new StateException(ErrorCode.CLOSED, "store '" + name + "' is being deleted");
        }
    }

    private KeyTable journalKeys() {
        journalKeys.reset(List.of());
        return journalKeys;
    }

    private byte[] encode(List<Operation> operations, KeyTable keys) {
        out.reset();
        OperationCodec.write(out, operations, keys);
        byte[] bytes = out.toBytes();
        if (bytes.length > WRITER_BYTES_KEPT_MAX) {
            out = new ByteWriter();
        }
        return bytes;
    }
}
