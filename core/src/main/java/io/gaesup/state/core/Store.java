package io.gaesup.state.core;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A named tree of values with one revision: the same interface for a store in this process, for one a node keeps
 * durably, and for a client's replica of it.
 *
 * <p>Everything is synchronous and local; only {@link Commit#committed()} waits for a disk or a server. Threads: a store
 * is confined to its owner's thread. Snapshots may go to any thread.
 */
public interface Store extends AutoCloseable {

    String name();

    /** The count of applied batches; for a replica, of those the server confirmed. */
    long revision();

    /** The whole store as it is now. O(1); it never changes, and reading it needs no lock. */
    Snapshot snapshot();

    /**
     * The value at {@code path}, or null where there is none. A container comes out as in a snapshot: it does not
     * change any more. Cost: O(depth).
     */
    @Nullable
    Value get(Path path);

    /**
     * Applies {@code batch} as one revision and calls the listeners whose paths it touched, once each.
     *
     * @throws StateException with the code of the first operation that failed; the store is unchanged
     */
    Commit apply(Batch batch);

    /**
     * Applies as one batch what {@code work} puts into a builder, merged per path where that changes nothing: 1,000
     * increments of 100 counters are 100 operations. If {@code work} throws, nothing is applied. The builder is of no use
     * afterwards.
     *
     * @throws StateException as {@link #apply(Batch)}; the operation that failed is named by its place among all
     */
    default Commit batch(Consumer<Batch.Builder> work) {
        Batch.Builder builder = Batch.builder();
        work.accept(builder);
        return apply(builder.build());
    }

    /** Applies one operation as a batch of its own. */
    default Commit apply(Operation operation) {
        return apply(new Batch(List.of(operation)));
    }

    default Commit set(Path path, Value value) {
        return apply(new Operation.Set(path, value));
    }

    default Commit delete(Path path) {
        return apply(new Operation.Delete(path));
    }

    default Commit increment(Path path, long by) {
        return apply(new Operation.Increment(path, Value.of(by)));
    }

    /**
     * Calls {@code listener} after each commit that touched {@code path}, something below it or something above it.
     *
     * <p>Listeners run in the order of their subscription, at commit, on the store's thread. One that throws does not
     * stop the others; see {@link ListenerFailure}. One may apply a batch: it becomes the next revision, and is told when
     * the present one has been told to all. One that subscribes is told from the next commit on; what one closes is not
     * told any more.
     */
    Subscription subscribe(Path path, Listener listener);

    /** As {@link #subscribe(Path, Listener)}, but told as often as {@code debounce} allows. */
    Subscription subscribe(Path path, Debounce debounce, Listener listener);

    /**
     * Calls {@code listener} after each commit that touched a path that {@code pattern} matches, as {@link
     * #subscribe(Path, Listener)} does for one path. Where a container is replaced, or a list moves, above a match, it is
     * told whether or not something in there matches.
     */
    Subscription subscribe(PathPattern pattern, Listener listener);

    /** As {@link #subscribe(PathPattern, Listener)}, but told as often as {@code debounce} allows. */
    Subscription subscribe(PathPattern pattern, Debounce debounce, Listener listener);

    /**
     * Calls {@code listener} after each commit after which {@code selector} has another result. All selectors see the
     * commit before the first listener is called.
     *
     * @throws RuntimeException what the selector throws now; nobody is subscribed then. What it throws after a later
     *     commit goes to {@link ListenerFailure}, and its listeners are called when it has another result again
     */
    <T extends @Nullable Object> Subscription subscribe(Selector<T> selector, Selection.Listener<T> listener);

    /** As {@link #subscribe(Selector, Selection.Listener)}, but told as often as {@code debounce} allows. */
    <T extends @Nullable Object> Subscription subscribe(
            Selector<T> selector, Debounce debounce, Selection.Listener<T> listener);

    /**
     * The result of {@code selector} now: a kept one if somebody listens to it, or if it read the same before.
     *
     * @throws RuntimeException what the selector throws
     */
    <T extends @Nullable Object> T select(Selector<T> selector);

    /** Who listens, what was merged, and what it cost. Cost: O(subscriptions). */
    SubscriptionReport subscriptions();

    /** Ends all subscriptions; from then on only the name and the revision can be asked, the rest fails with {@code CLOSED}. */
    @Override
    void close();
}
