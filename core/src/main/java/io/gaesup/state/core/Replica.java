package io.gaesup.state.core;

import java.util.ArrayList;
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

    /** How much one group takes in a frame, about, unless a single batch takes more. */
    public static final long GROUP_BYTES_MAX = 4L * 1024 * 1024;

    /**
     * How much one batch takes in a frame; a larger one is refused with {@code LIMIT_EXCEEDED}. With what else may be in the
     * message it is less than what a server takes by default.
     */
    public static final long BATCH_BYTES_MAX = 12L * 1024 * 1024;

    /** {@link #incarnation} before the first state arrived. */
    public static final long NO_INCARNATION = 0;

    private final String name;
    private final Tree view;
    private final Notifier notifier;
    private final Followers followers = new Followers();
    private final Outbox pending = new Outbox(followers);
    private Value confirmed;
    private long incarnation = NO_INCARNATION;
    private long revision;
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
        this.notifier = new Notifier(name, view);
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

    /** The sequence of the oldest own batch that was sent and is not confirmed yet; 0 if there is none. */
    public long oldestPending() {
        return pending.oldestSent();
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
     * decided. If it refuses, or if the batch no longer fits what others did before it could be sent, the batch disappears
     * from the view.
     */
    @Override
    public Commit apply(Batch batch) {
        checkOpen();
        notifier.checkChain();
        if (pending.size() >= PENDING_MAX) {
            throw new StateException(
                    ErrorCode.BUSY, PENDING_MAX + " batches of store '" + name + "' wait for the server already");
        }
        long bytes = Weight.of(batch.operations());
        if (bytes > BATCH_BYTES_MAX) {
            throw new StateException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "a batch for store '" + name + "' takes up to " + bytes
                            + " bytes on its way to the server, at most " + BATCH_BYTES_MAX + " can be sent");
        }
        Value before = view.share();
        if (pending.isEmpty()) {
            confirmed = before;
        }
        long base = revision;
        Outbox.Item mine = pending.add(view.applyResolved(batch.operations()), bytes);
        followers.tell(mine.operations());
        changed(before, mine.operations());
        return new Commit(base, mine.committed());
    }

    @Override
    public Subscription subscribe(Path path, Listener listener) {
        checkOpen();
        return notifier.subscribe(path, null, listener);
    }

    @Override
    public Subscription subscribe(Path path, Debounce debounce, Listener listener) {
        checkOpen();
        return notifier.subscribe(path, debounce, listener);
    }

    @Override
    public Subscription subscribe(PathPattern pattern, Listener listener) {
        checkOpen();
        return notifier.subscribe(pattern, null, listener);
    }

    @Override
    public Subscription subscribe(PathPattern pattern, Debounce debounce, Listener listener) {
        checkOpen();
        return notifier.subscribe(pattern, debounce, listener);
    }

    @Override
    public <T extends @Nullable Object> Subscription subscribe(Selector<T> selector, Selection.Listener<T> listener) {
        checkOpen();
        return notifier.subscribe(selector, null, listener);
    }

    @Override
    public <T extends @Nullable Object> Subscription subscribe(
            Selector<T> selector, Debounce debounce, Selection.Listener<T> listener) {
        checkOpen();
        return notifier.subscribe(selector, debounce, listener);
    }

    @Override
    public <T extends @Nullable Object> T select(Selector<T> selector) {
        checkOpen();
        return notifier.select(selector);
    }

    @Override
    public SubscriptionReport subscriptions() {
        checkOpen();
        return notifier.report();
    }

    Followers followers() {
        return followers;
    }

    /** Tells the followers what became of pending batches that others' came before. */
    void tellCarried() {
        pending.tellCarried(confirmed);
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
        followers.clear();
        pending.close(new StateException(ErrorCode.CLOSED, "store '" + name + "' was closed"));
    }

    /**
     * The batches to send now, or null: nothing waits, or the last group is not back yet, or there is no connection.
     * What was given out counts as sent until {@link #disconnected}.
     */
    public Submission.@Nullable Group nextGroup() {
        List<Submission> group = connected ? pending.nextGroup(GROUP_MAX, GROUP_BYTES_MAX) : null;
        return group == null ? null : new Submission.Group(revision, group);
    }

    /** The connection is gone; what was not confirmed is sent again, under the same sequences, over the next one. */
    public void disconnected() {
        connected = false;
        pending.sendAgain();
    }

    /**
     * The whole store arrived: on the first connection, or because the server no longer knows what is missing here.
     *
     * @param decisions what became of own batches from {@link #oldestPending} on, as far as decided
     */
    public void state(long newIncarnation, long newRevision, Value root, List<Decision> decisions) {
        Value base = pending.isEmpty() ? view.share() : confirmed;
        List<Outbox.Item> ended = new ArrayList<>();
        decisions.forEach(decision -> note(decision, ended));
        for (Outbox.Item mine = pending.takeApplied(newRevision); mine != null; ) {
            base = mine.isShown() ? Tree.apply(base, mine.operations()) : base;
            ended.add(mine);
            mine = pending.takeApplied(newRevision);
        }
        if (!pending.isEmpty() || !followers.isEmpty()) {
            pending.rebase(Resync.operations(base, root));
        }
        incarnation = newIncarnation;
        revision = newRevision;
        confirmed = root;
        connected = true;
        rebuild(ended);
    }

    /** The server goes on from this replica's revision; deltas follow. {@code decisions} as in {@link #state}. */
    public void resume(List<Decision> decisions) {
        connected = true;
        if (!pending.isEmpty()) {
            List<Outbox.Item> ended = new ArrayList<>();
            decisions.forEach(decision -> note(decision, ended));
            rebuild(ended);
        }
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
        List<Outbox.Item> ended = new ArrayList<>();
        boolean stale = false;
        try {
            for (int i = (int) (revision + 1 - first); i < batches.size(); i++) {
                if (pending.isEmpty() && !stale) {
                    fit(view, batches.get(i));
                    followers.tell(batches.get(i));
                    revision++;
                    touched.addAll(batches.get(i));
                } else {
                    stale |= !confirm(batches.get(i), ended);
                }
            }
        } finally {
            if (stale) {
                rebuild(ended);
            } else {
                changed(null, touched, ended);
            }
        }
    }

    /** Takes the next batch beside pending ones; whether it is the oldest of those, which the view shows already. */
    private boolean confirm(List<Operation> operations, List<Outbox.Item> ended) {
        Value before = confirmed;
        Tree next = new Tree(before);
        fit(next, operations);
        confirmed = next.share();
        revision++;
        Outbox.Item mine = pending.takeApplied(revision);
        if (mine == null) {
            pending.rebase(operations);
            return false;
        }
        ended.add(mine);
        pending.tellCarried(mine, before);
        if (mine.isShown() && mine.operations().equals(operations)) {
            return true;
        }
        pending.rebase(mine.isShown() ? mine.operations() : List.of(), operations);
        return false;
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
        List<Outbox.Item> ended = new ArrayList<>();
        if (!note(decision, ended)) {
            rebuild(ended);
        }
    }

    /** Whether the view stays as it is. */
    private boolean note(Decision decision, List<Outbox.Item> ended) {
        Outbox.Item mine = pending.find(decision.sequence());
        if (mine == null) {
            return true;
        }
        ErrorCode code = decision.code();
        if (code == null) {
            pending.applied(mine, decision.revision());
            if (decision.revision() > revision) {
                return true;
            }
        }
        pending.remove(mine, code == null ? null : new StateException(code, decision.message()));
        ended.add(mine);
        return false;
    }

    /** The server does not decide what was sent, because it was made on too old a revision: it is sent again. */
    public void sendAgain() {
        pending.sendAgain();
        if (!pending.isEmpty()) {
            rebuild(new ArrayList<>());
        }
    }

    /** The view is the confirmed document with the pending batches that fit it. */
    private void rebuild(List<Outbox.Item> ended) {
        Value before = view.share();
        view.reset(confirmed);
        pending.show(view, ended);
        changed(before, Differ.operations(before, view.share()), ended);
    }

    private void changed(@Nullable Value before, List<Operation> operations, List<Outbox.Item> ended) {
        try {
            changed(before, operations);
        } finally {
            ended.forEach(Outbox.Item::end);
        }
    }

    private void changed(@Nullable Value before, List<Operation> operations) {
        last = null;
        if (!operations.isEmpty()) {
            notifier.tell(this, revision, operations, Origin.NONE, before, view.peek());
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new StateException(ErrorCode.CLOSED, "store '" + name + "' is closed");
        }
    }
}
