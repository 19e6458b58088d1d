package io.gaesup.state.server;

import io.gaesup.state.core.Authority;
import io.gaesup.state.core.Authority.Outcome;
import io.gaesup.state.core.Decision;
import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.journal.Journal;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was decided on each client's sequences of one store, beyond what the authority has at hand: so that a sequence is
 * never decided twice, however late it is sent again.
 *
 * <p>Threads: the loop. Cost: a number per client; a search of the journal, about a millisecond, for a decision older than
 * the authority's memory.
 */
final class Decided implements Authority.Archive {

    private final Journal journal;
    private final String store;
    private final long incarnation;
    private final Map<String, Long> lastSequences;
    private ArrayDeque<Flight> inFlight = new ArrayDeque<>();

    Decided(Journal journal, String store, long incarnation, Map<String, Long> lastSequences) {
        this.journal = journal;
        this.store = store;
        this.incarnation = incarnation;
        this.lastSequences = new HashMap<>(lastSequences);
    }

    /** Where decisions are that the journal does not know yet. */
    void inFlight(ArrayDeque<Flight> flights) {
        inFlight = flights;
    }

    /** Takes note that {@code sequence} is decided. */
    void note(String client, long sequence) {
        lastSequences.merge(client, sequence, Math::max);
    }

    /** The oldest of {@code client}'s sequences that is decided and not on disk; beyond all if there is none. */
    long firstInFlight(String client) {
        for (Flight flight : inFlight) {
            if (flight.client.equals(client)) {
                for (Outcome outcome : flight.outcomes) {
                    if (!outcome.repeated()) {
                        return outcome.decision().sequence();
                    }
                }
            }
        }
        return Long.MAX_VALUE;
    }

    @Override
    public @Nullable Decision find(String client, long sequence) {
        Long last = lastSequences.get(client);
        if (last == null || sequence > last) {
            return null;
        }
        for (Flight flight : inFlight) {
            if (flight.client.equals(client)) {
                for (Outcome outcome : flight.outcomes) {
                    if (outcome.decision().sequence() == sequence) {
                        return outcome.decision();
                    }
                }
            }
        }
        return switch (journal.lookup(store, incarnation, client, sequence)) {
            case io.gaesup.state.journal.Decision.Applied(long revision) -> Decision.applied(sequence, revision);
            case io.gaesup.state.journal.Decision.Rejected(String code, String message) ->
                Decision.refused(sequence, code(code), message);
            case io.gaesup.state.journal.Decision.Forgotten(long lastSequence) ->
                Decision.refused(
                        sequence,
                        ErrorCode.CONFLICT,
                        "sequence " + sequence + " of client '" + client + "' was decided long ago (the last one is "
                                + lastSequence + "), and what became of it is no longer kept");
            case null ->
                Decision.refused(
                        sequence,
                        ErrorCode.BAD_REQUEST,
                        "sequence " + sequence + " of client '" + client + "' comes after its sequence " + last);
        };
    }

    private static ErrorCode code(String name) {
        for (ErrorCode code : ErrorCode.values()) {
            if (code.name().equals(name)) {
                return code;
            }
        }
        return ErrorCode.INTERNAL;
    }
}
