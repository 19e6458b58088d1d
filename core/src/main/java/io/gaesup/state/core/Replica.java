package io.gaesup.state.core;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A client's copy of a store that somebody else orders: what was confirmed, and on top of it the client's own batches
 * that are still on their way. Reading shows both; a batch shows at once, and is rebased on what others did first.
 *
 * <p>A state machine without I/O: whoever owns the connection passes in what the server said ({@link #state}, {@link
 * #resume}, {@link #deltas}, {@link #decide}) and sends what {@link #nextGroup} gives. Threads: one.
 */
public final class Replica implements Store {

    /* One group of batches is on its way at a time, and the next goes out when all of it came back. Everything the server
     * puts between is then foreign, and both sides carry the same batches over the same operations. Batches made
     * meanwhile wait and leave together, so a slow line makes groups larger, not queues longer.
     *
     * While nothing is pending the view is the confirmed document; `confirmed` is kept only beside pending batches. */

    /** How many own batches may wait for the server; one more is refused with {@code BUSY}. */
    public static final int PENDING_MAX = 100_000;

    /** How many batches one group has at most. */
    public static final int GROUP_MAX = 1_000;

    /** {@link #incarnation} before the first state arrived. */
    public static final long NO_INCARNATION = 0;

    private static final long NOT_DECIDED = -1;

    private static final class Pending {
        private final long sequence;
        private final Committed committed = new Committed();
        private List<Operation> operations;
        private boolean sent;
        private long appliedAs = NOT_DECIDED;

        private Pending(long sequence, List<Operation> operations) {
            this.sequence = sequence;
            this.operations = operations;
        }
    }

    private final String name;
    private final Tree view;
    private final Notifier notifier = new Notifier();
    private final List<Pending> pending = new ArrayList<>();
    private Value confirmed;
    private long incarnation = NO_INCARNATION;
    private long revision;
    private long lastSequence;
    private boolean connected;
    private boolean closed;
    private @Nullable Snapshot last;

    /**
     * A replica that knows nothing of the server yet.
     *
     * @param initial what to show until the first state arrives
     */
    public Replica(String name, Value initial) {
        this.name = name;
        this.view = new Tree(initial);
        this.confirmed = initial;
    }

    @Override
    public String name() {
        return name;
    }

    /** The revision the server confirmed last. */
    @Override
    public long revision() {
        return revision;
    }

    /** Which life of the server's store this is a copy of; {@link #NO_INCARNATION} before the first state. */
    public long incarnation() {
        return incarnation;
    }

    /** How many own batches the server has not confirmed yet. */
    public int pendingCount() {
        return pending.size();
    }

    /** The sequence of the oldest own batch that is not confirmed yet; 0 if there is none. */
    public long oldestPending() {
        return pending.isEmpty() ? 0 : pending.getFirst().sequence;
    }

    @Override
    public Snapshot snapshot() {
        checkOpen();
        Snapshot snapshot = last;
        if (snapshot == null) {
            snapshot = new Snapshot(name, revision, view.share());
            last = snapshot;
        }
        return snapshot;
    }

    @Override
    public @Nullable Value get(Path path) {
        checkOpen();
        Value found = Tree.find(view.peek(), path);
        if (found instanceof Container) {
            view.share();
        }
        return found;
    }

    /**
     * Applies {@code batch} to the view and queues it for the server. {@link Commit#committed} ends when the server has
     * decided; if it refuses, the batch disappears from the view.
     */
    @Override
    public Commit apply(Batch batch) {
        checkOpen();
        notifier.checkChain(name);
        if (pending.size() >= PENDING_MAX) {
            throw new StateException(
                    ErrorCode.BUSY, PENDING_MAX + " batches of store '" + name + "' wait for the server already");
        }
        if (pending.isEmpty()) {
            confirmed = view.share();
        }
        Pending mine = new Pending(lastSequence + 1, view.applyResolved(batch.operations()));
        lastSequence++;
        pending.add(mine);
        changed(mine.operations);
        return new Commit(revision, mine.committed);
    }

    @Override
    public Subscription subscribe(Path path, Listener listener) {
        checkOpen();
        return notifier.subscribe(path, listener);
    }

    /** Who is told when a listener throws; without it such failures are dropped. */
    public void onListenerFailure(ListenerFailure handler) {
        notifier.onFailure(handler);
    }

    @Override
    public void close() {
        closed = true;
        connected = false;
        notifier.clear();
        StateException reason = new StateException(ErrorCode.CLOSED, "store '" + name + "' was closed");
        List<Pending> left = List.copyOf(pending);
        pending.clear();
        left.forEach(mine -> mine.committed.fail(reason));
    }

    /**
     * The batches to send now, or null: nothing waits, or the last group is not back yet, or there is no connection.
     * What was given out counts as sent until {@link #disconnected}.
     */
    public Submission.@Nullable Group nextGroup() {
        if (!connected || pending.isEmpty() || pending.getFirst().sent) {
            return null;
        }
        List<Submission> group = new ArrayList<>();
        for (Pending mine : pending.subList(0, Math.min(GROUP_MAX, pending.size()))) {
            mine.sent = true;
            group.add(new Submission(mine.sequence, mine.operations));
        }
        return new Submission.Group(revision, group);
    }

    /** The connection is gone; what was not confirmed is sent again, under the same sequences, over the next one. */
    public void disconnected() {
        connected = false;
        for (Pending mine : pending) {
            if (mine.appliedAs == NOT_DECIDED) {
                mine.sent = false;
            }
        }
    }

    /**
     * The whole store arrived: on the first connection, or because the server no longer knows what is missing here.
     *
     * @param decisions what became of own batches from {@link #oldestPending} on, as far as decided
     */
    public void state(long newIncarnation, long newRevision, Value root, List<Decision> decisions) {
        Value before = pending.isEmpty() ? view.share() : confirmed;
        List<Operation> touched = new ArrayList<>();
        List<Pending> done = takeDecided(decisions, newRevision);
        for (Pending mine : done) {
            touched.addAll(mine.operations);
            if (mine.appliedAs != Decision.REFUSED) {
                before = applyIfPossible(before, mine.operations);
            }
        }
        List<Operation> difference = Differ.operations(before, root);
        touched.addAll(difference);
        rebase(difference);
        incarnation = newIncarnation;
        revision = newRevision;
        confirmed = root;
        connected = true;
        rebuild();
        changed(touched);
        done.forEach(Replica::tell);
    }

    /** The server goes on from this replica's revision; deltas follow. {@code decisions} as in {@link #state}. */
    public void resume(List<Decision> decisions) {
        connected = true;
        decisions.forEach(this::decide);
    }

    /**
     * The next batches of the store, those of this client included.
     *
     * @param first the revision the first of {@code batches} became; ones known already are skipped
     * @throws StateException with code {@code BAD_REQUEST} if there is a gap, {@code CONFLICT} if a batch does not fit
     *     what is here; it and those after it are not applied, and the replica has to be given the whole state
     */
    public void deltas(long first, List<List<Operation>> batches) {
        if (first > revision + 1) {
            throw new StateException(
                    ErrorCode.BAD_REQUEST,
                    "deltas of store '" + name + "' start at revision " + first + ", expected " + (revision + 1));
        }
        List<Operation> touched = new ArrayList<>();
        List<Pending> done = new ArrayList<>();
        try {
            for (int i = (int) (revision + 1 - first); i < batches.size(); i++) {
                delta(batches.get(i), touched, done);
            }
        } finally {
            changed(touched);
            done.forEach(Replica::tell);
        }
    }

    private void delta(List<Operation> operations, List<Operation> touched, List<Pending> done) {
        if (pending.isEmpty()) {
            fit(view, operations);
            revision++;
            touched.addAll(operations);
            return;
        }
        Tree next = new Tree(confirmed);
        fit(next, operations);
        confirmed = next.share();
        revision++;
        Pending head = pending.getFirst();
        if (head.appliedAs != revision) {
            touched.addAll(operations);
            pending.forEach(mine -> touched.addAll(mine.operations));
            rebase(operations);
            rebuild();
            return;
        }
        pending.removeFirst();
        done.add(head);
        if (!head.operations.equals(operations)) {
            touched.addAll(operations);
            touched.addAll(head.operations);
            rebuild();
        }
    }

    private void fit(Tree tree, List<Operation> operations) {
        try {
            tree.apply(operations);
        } catch (StateException e) {
            throw new StateException(
                    ErrorCode.CONFLICT,
                    "delta " + (revision + 1) + " of store '" + name + "' does not fit: " + e.getMessage(),
                    e);
        }
    }

    /** The server decided one of this client's batches. One it applied stays pending until its delta is here. */
    public void decide(Decision decision) {
        int at = indexOf(decision.sequence());
        if (at < 0) {
            return;
        }
        Pending mine = pending.get(at);
        mine.sent = true;
        if (decision.code() == ErrorCode.STALE_REVISION) {
            mine.sent = false;
        } else if (decision.isApplied() && decision.revision() > revision) {
            mine.appliedAs = decision.revision();
        } else if (!decision.isApplied()) {
            refuse(at, decision);
        }
    }

    /** The server does not decide what was sent, because it was made on too old a revision: it is sent again. */
    public void sendAgain() {
        for (Pending mine : pending) {
            mine.sent = mine.appliedAs != NOT_DECIDED;
        }
    }

    private void refuse(int at, Decision decision) {
        Pending mine = pending.remove(at);
        List<Operation> touched = new ArrayList<>(mine.operations);
        List<List<Operation>> later = new ArrayList<>();
        for (Pending other : pending.subList(at, pending.size())) {
            touched.addAll(other.operations);
            later.add(other.operations);
        }
        Rebase.without(mine.operations, later);
        for (int i = 0; i < later.size(); i++) {
            pending.get(at + i).operations = later.get(i);
        }
        rebuild();
        changed(touched);
        mine.committed.fail(failure(decision));
    }

    /** Removes the pending batches that {@code decisions} say are in {@code newRevision} or refused. */
    private List<Pending> takeDecided(List<Decision> decisions, long newRevision) {
        List<Pending> done = new ArrayList<>();
        for (Decision decision : decisions) {
            int at = indexOf(decision.sequence());
            if (at >= 0) {
                Pending mine = pending.remove(at);
                mine.appliedAs = decision.revision();
                if (!decision.isApplied()) {
                    mine.committed.fail(failure(decision));
                }
                done.add(mine);
            }
        }
        Iterator<Pending> rest = pending.iterator();
        while (rest.hasNext()) {
            Pending mine = rest.next();
            if (mine.appliedAs != NOT_DECIDED && mine.appliedAs <= newRevision) {
                rest.remove();
                done.add(mine);
            }
        }
        return done;
    }

    private void rebase(List<Operation> first) {
        List<List<Operation>> carried = new ArrayList<>(pending.size());
        for (Pending mine : pending) {
            carried.add(mine.operations);
        }
        Rebase.over(first, carried);
        for (int i = 0; i < carried.size(); i++) {
            pending.get(i).operations = carried.get(i);
        }
    }

    /** The view is the confirmed document with the pending batches that still fit it; the others wait for the server. */
    private void rebuild() {
        view.reset(confirmed);
        for (Pending mine : pending) {
            try {
                view.apply(mine.operations);
            } catch (StateException e) {
                // The server will refuse it for the same reason, or know better.
                continue;
            }
        }
    }

    private static Value applyIfPossible(Value root, List<Operation> operations) {
        try {
            return Tree.apply(root, operations);
        } catch (StateException e) {
            return root;
        }
    }

    private void changed(List<Operation> touched) {
        last = null;
        if (!touched.isEmpty()) {
            notifier.tell(new Change(this, revision, touched), null, view.peek());
        }
    }

    private static void tell(Pending done) {
        if (!done.committed.isDone()) {
            done.committed.confirm(done.appliedAs);
        }
    }

    private StateException failure(Decision decision) {
        ErrorCode code = decision.code();
        return new StateException(code == null ? ErrorCode.INTERNAL : code, decision.message());
    }

    private int indexOf(long sequence) {
        for (int i = 0; i < pending.size() && pending.get(i).sequence <= sequence; i++) {
            if (pending.get(i).sequence == sequence) {
                return i;
            }
        }
        return -1;
    }

    private void checkOpen() {
        if (closed) {
            throw new StateException(ErrorCode.CLOSED, "store '" + name + "' is closed");
        }
    }
}
