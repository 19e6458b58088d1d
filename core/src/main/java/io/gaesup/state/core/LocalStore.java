package io.gaesup.state.core;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A store in memory: the engine itself. Everything else, durable or shared, keeps one inside.
 *
 * <p>Threads: its owner's only, snapshots excepted. A batch of one operation other than a move or a merge changes the
 * tree in place unless somebody took a snapshot since the last one; any other batch costs a copy of the paths it
 * changes, so that it can be taken back whole.
 */
public final class LocalStore implements Store {

    private final String name;
    private final Tree tree;
    private final Notifier notifier;
    private final Followers followers = new Followers();
    private long revision;
    private boolean closed;

    /** For the next batch that is built here; null while one is. */
    private @Nullable Merging spare;

    private LocalStore(String name, long revision, Value root) {
        this.name = name;
        this.revision = revision;
        this.tree = new Tree(root);
        this.notifier = new Notifier(name, tree);
    }

    /** An empty map at revision 0. */
    public static LocalStore create(String name) {
        return new LocalStore(name, 0, MapValue.empty());
    }

    /**
     * A store that holds {@code initial} at revision 0.
     *
     * @throws StateException with code {@code LIMIT_EXCEEDED} if it nests deeper than {@link Limits#DEPTH_MAX}
     */
    public static LocalStore create(String name, Value initial) {
        Depth.check(initial);
        return new LocalStore(name, 0, initial);
    }

    /** A store that goes on where {@code snapshot} was taken. */
    public static LocalStore of(Snapshot snapshot) {
        return new LocalStore(snapshot.store(), snapshot.revision(), snapshot.root());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long revision() {
        return revision;
    }

    @Override
    public Snapshot snapshot() {
        checkOpen();
        return new Snapshot(name, revision, tree.share());
    }

    @Override
    public @Nullable Value get(Path path) {
        checkOpen();
        Value found = Tree.find(tree.peek(), path);
        if (found instanceof Container) {
            tree.share();
        }
        return found;
    }

    @Override
    public Commit apply(Batch batch) {
        return apply(batch.operations(), batch.origin());
    }

    @Override
    public Commit apply(Operation operation) {
        return apply(List.of(operation), Origin.NONE);
    }

    /** As {@link Store#batch}; the memory for the merging is kept from batch to batch. */
    @Override
    public Commit batch(Consumer<Batch.Builder> work) {
        checkOpen();
        Merging merging = spare == null ? new Merging() : spare;
        spare = null;
        Batch.Builder builder = new Batch.Builder(merging);
        try {
            work.accept(builder);
            return apply(builder.operations(), Origin.NONE);
        } finally {
            builder.end();
            merging.clear();
            if (merging.isSmall()) {
                spare = merging;
            }
        }
    }

    // Short, so that a caller who does not look at the result does not pay for its making.
    @Override
    public Commit set(Path path, Value value) {
        if (isHeard()) {
            return apply(new Operation.Set(path, value));
        }
        setUnheard(path, value);
        return Commit.done(revision);
    }

    @Override
    public Commit increment(Path path, long by) {
        if (isHeard()) {
            return apply(new Operation.Increment(path, Value.of(by)));
        }
        incrementUnheard(path, by);
        return Commit.done(revision);
    }

    /** Whether anybody is to be told what was done. */
    private boolean isHeard() {
        return notifier.hasListeners() || !followers.isEmpty();
    }

    private void setUnheard(Path path, Value value) {
        checkOpen();
        tree.set(path, value);
        revision++;
    }

    private void incrementUnheard(Path path, long by) {
        checkOpen();
        tree.increment(path, by);
        revision++;
    }

    private Commit apply(List<Operation> operations, Origin origin) {
        long made = revision + 1; // what listeners do has later ones
        change(operations, origin, !followers.isEmpty());
        return Commit.done(made);
    }

    /** As {@link #apply(Batch)}, and says what was applied, with list positions fixed. */
    List<Operation> applyResolved(List<Operation> operations) {
        return change(operations, Origin.NONE, true);
    }

    private List<Operation> change(List<Operation> operations, Origin origin, boolean resolves) {
        checkOpen();
        notifier.checkChain();
        Value before = notifier.needsBefore() ? tree.share() : tree.peek();
        List<Operation> applied = operations;
        if (operations instanceof MergingLog log) {
            applied = log.merging().applyTo(tree, resolves);
        } else if (resolves) {
            applied = tree.applyResolved(operations);
        } else {
            tree.apply(operations);
        }
        revision++;
        if (resolves) {
            followers.tell(applied);
        }
        notifier.tell(this, revision, applied, origin, before, tree.peek());
        return applied;
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

    /** Who is told when a listener throws; without it such failures are dropped. */
    public void onListenerFailure(ListenerFailure handler) {
        notifier.onFailure(handler);
    }

    @Override
    public void close() {
        closed = true;
        notifier.clear();
        followers.clear();
    }

    private void checkOpen() {
        if (closed) {
            throw new StateException(ErrorCode.CLOSED, "store '" + name + "' is closed");
        }
    }
}
