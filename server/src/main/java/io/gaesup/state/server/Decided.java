package io.gaesup.state.server;

import io.gaesup.state.core.Authority;
import io.gaesup.state.core.Authority.Outcome;
import io.gaesup.state.core.Decision;
import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.StateException;
import io.gaesup.state.core.Submission;
import io.gaesup.state.journal.Journal;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was decided on each client's sequences of one store, beyond what the authority has at hand: so that a sequence is
 * never decided twice, however late it is sent again.
 *
 * <p>Threads: the loop. Cost: a number per client; a search of the journal, about a millisecond, for a decision that neither
 * the authority has nor {@link #fetch} brought.
 */
final class Decided implements Authority.Archive {

    /** How many of a client's latest sequences are looked up when it comes back. */
    static final int FETCHED_MAX = 4096;

    /** How many decisions one group may ask for that have to be searched for on the loop. */
    static final int SEARCHED_MAX = 64;

    private final Journal journal;
    private final String store;
    private final long incarnation;
    private final Map<String, Long> lastSequences;
    private final Map<String, Map<Long, Decision>> fetched = new HashMap<>();
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

    /**
     * Searches the journal, away from the loop, for what was decided on {@code client}'s sequences from {@code oldest} on; it
     * is at hand until {@link #forget}.
     */
    Future<?> fetch(Loop loop, String client, long oldest) {
        Long last = lastSequences.get(client);
        if (oldest <= 0 || last == null || oldest > last) {
            return Future.succeededFuture();
        }
        long from = Math.max(oldest, last - FETCHED_MAX + 1);
        long to = Math.min(last, firstInFlight(client) - 1);
        return loop.<Map<Long, Decision>>aside(() -> {
                    Map<Long, Decision> found = new HashMap<>();
                    for (long sequence = from; sequence <= to; sequence++) {
                        found.put(sequence, search(client, sequence, last));
                    }
                    return found;
                })
                .onSuccess(found -> fetched.put(client, found));
    }

    /** Lets go of what {@link #fetch} brought. */
    void forget(String client) {
        fetched.remove(client);
    }

    /** Checks that {@code group} does not ask for more old decisions than may be searched for. */
    void checkSearchable(String client, Submission.Group group, Authority authority) {
        Long last = lastSequences.get(client);
        if (last == null || group.submissions().size() <= SEARCHED_MAX) {
            return;
        }
        Map<Long, Decision> known = fetched.getOrDefault(client, Map.of());
        long undurable = firstInFlight(client);
        long unknown = group.submissions().stream()
                .mapToLong(Submission::sequence)
                .filter(sequence -> sequence <= last && sequence < undurable)
                .filter(sequence -> !known.containsKey(sequence) && !authority.remembers(client, sequence))
                .count();
        if (unknown > SEARCHED_MAX) {
            throw new StateException(
                    ErrorCode.BAD_REQUEST,
                    unknown + " of these batches were sent before; open the store with the oldest of them first");
        }
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
        Decision known = fetched.getOrDefault(client, Map.of()).get(sequence);
        return known != null ? known : search(client, sequence, last);
    }

    private Decision search(String client, long sequence, long last) {
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
