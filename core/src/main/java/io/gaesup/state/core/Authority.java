package io.gaesup.state.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The side that orders: it decides what becomes of the batches many clients make on one store, each exactly once.
 *
 * <p>Holds the store's last batches, so that a batch made on an older revision is carried over what came between (see
 * {@link Replica}). Does no I/O: the caller journals {@link Outcome}s before it tells anybody. Threads: one.
 */
public final class Authority {

    /** How many past batches a group may have missed; one made on an older revision has to be made again. */
    public static final int HISTORY_MAX = 4096;

    /** How many clients' latest sequences are kept at hand; the journal knows the others. */
    public static final int CLIENTS_MAX = 10_000;

    /** Finds a decision that is no longer at hand. */
    @FunctionalInterface
    public interface Archive {

        /** The decision on {@code sequence} of {@code client}, or null if there has been none. */
        @Nullable
        Decision find(String client, long sequence);
    }

    /**
     * What became of one submission.
     *
     * @param decision what to tell the client
     * @param operations what was applied, positions fixed; empty if it was refused
     * @param repeated whether it had been decided before, so that nothing is to be journalled or sent
     */
    public record Outcome(Decision decision, List<Operation> operations, boolean repeated) {}

    private static final class Client {
        private long lastSequence;
        private final ArrayDeque<Decision> recent = new ArrayDeque<>();
    }

    private static final int RECENT_MAX = 256;

    private final LocalStore store;
    private final Archive archive;
    private final ArrayDeque<List<Operation>> history = new ArrayDeque<>();
    private final Map<String, Client> clients = new LinkedHashMap<>(16, 0.75f, true);

    public Authority(LocalStore store, Archive archive) {
        this.store = store;
        this.archive = archive;
    }

    public LocalStore store() {
        return store;
    }

    /**
     * Decides {@code group} of {@code client}, in order. What was decided before is answered as it was then.
     *
     * @throws StateException with code {@code STALE_REVISION} if the group's base is older than the kept history (the
     *     client has to rebase and send again) and {@code BAD_REQUEST} if it is in the future; nothing is decided then
     */
    public List<Outcome> decide(String client, Submission.Group group) {
        List<Submission> submissions = group.submissions();
        List<List<Operation>> rebased = new ArrayList<>(submissions.size());
        for (Submission submission : submissions) {
            rebased.add(submission.operations());
        }
        if (group.base() != Submission.Group.NO_BASE) {
            for (List<Operation> missed : since(group.base())) {
                Rebase.over(missed, rebased);
            }
        }
        List<Outcome> outcomes = new ArrayList<>(submissions.size());
        for (int i = 0; i < submissions.size(); i++) {
            long sequence = submissions.get(i).sequence();
            Decision before = decided(client, sequence);
            if (before != null) {
                outcomes.add(new Outcome(before, List.of(), true));
                continue;
            }
            Outcome outcome = decide(sequence, rebased.get(i));
            remember(client, outcome.decision());
            outcomes.add(outcome);
            if (!outcome.decision().isApplied()) {
                Rebase.without(rebased.get(i), rebased.subList(i + 1, rebased.size()));
            }
        }
        return outcomes;
    }

    private Outcome decide(long sequence, List<Operation> operations) {
        try {
            List<Operation> applied = apply(operations);
            return new Outcome(Decision.applied(sequence, store.revision()), applied, false);
        } catch (StateException e) {
            return new Outcome(Decision.refused(sequence, e.code(), e.detail()), List.of(), false);
        }
    }

    /**
     * Applies a batch of the node itself, outside any client's numbering.
     *
     * @return what was applied, positions fixed
     */
    public List<Operation> apply(List<Operation> operations) {
        List<Operation> applied = store.applyResolved(operations);
        history.addLast(applied);
        if (history.size() > HISTORY_MAX) {
            history.removeFirst();
        }
        return applied;
    }

    /** Takes note of a decision made in an earlier life, when a store is recovered; decisions come in order. */
    public void remember(String client, Decision decision) {
        Client known = clients.get(client);
        if (known == null) {
            known = new Client();
            clients.put(client, known);
            if (clients.size() > CLIENTS_MAX) {
                clients.remove(clients.keySet().iterator().next());
            }
        }
        known.lastSequence = Math.max(known.lastSequence, decision.sequence());
        known.recent.addLast(decision);
        if (known.recent.size() > RECENT_MAX) {
            known.recent.removeFirst();
        }
    }

    /** The decision on {@code sequence} of {@code client}, or null if there is none yet. */
    public @Nullable Decision decided(String client, long sequence) {
        Client known = clients.get(client);
        if (known != null && sequence > known.lastSequence) {
            return null;
        }
        Decision recent = recent(client, sequence);
        return recent == null ? archive.find(client, sequence) : recent;
    }

    /** Whether the decision on {@code sequence} of {@code client} is at hand, so that the archive is not asked for it. */
    public boolean remembers(String client, long sequence) {
        return recent(client, sequence) != null;
    }

    private @Nullable Decision recent(String client, long sequence) {
        Client known = clients.get(client);
        if (known != null) {
            for (Decision decision : known.recent) {
                if (decision.sequence() == sequence) {
                    return decision;
                }
            }
        }
        return null;
    }

    /** The decisions on {@code client}'s sequences from {@code oldest} on, as far as there are any. */
    public List<Decision> decisionsFrom(String client, long oldest) {
        List<Decision> found = new ArrayList<>();
        for (long sequence = oldest; ; sequence++) {
            Decision decision = decided(client, sequence);
            if (decision == null) {
                return found;
            }
            found.add(decision);
        }
    }

    /** The batches after {@code base}, oldest first. */
    private List<List<Operation>> since(long base) {
        long missed = store.revision() - base;
        if (missed < 0) {
            throw new StateException(
                    ErrorCode.BAD_REQUEST,
                    "base revision " + base + " is beyond revision " + store.revision() + " of store '" + store.name()
                            + "'");
        }
        if (missed > history.size()) {
            throw new StateException(
                    ErrorCode.STALE_REVISION,
                    "base revision " + base + " of store '" + store.name() + "' is " + missed + " batches old, at most "
                            + history.size() + " are kept");
        }
        return new ArrayList<>(history).subList(history.size() - (int) missed, history.size());
    }
}
