package io.gaesup.state.core;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * A store whose batches are committed one after the other, each taking its time on the given clock, as a disk does. What
 * it holds is a {@link LocalStore}.
 */
final class DiskStore implements Store {

    private final LocalStore inner;
    private final Scheduler scheduler;
    private final long commitNanos;
    private final ArrayDeque<Runnable> onTheirWay = new ArrayDeque<>();

    /** Fails the commits from the next one on; null while all is well. */
    @Nullable
    StateException broken;

    DiskStore(LocalStore inner, Scheduler scheduler, long commitMillis) {
        this.inner = inner;
        this.scheduler = scheduler;
        this.commitNanos = commitMillis * 1_000_000;
    }

    @Override
    public String name() {
        return inner.name();
    }

    @Override
    public long revision() {
        return inner.revision();
    }

    @Override
    public Snapshot snapshot() {
        return inner.snapshot();
    }

    @Override
    public @Nullable Value get(Path path) {
        return inner.get(path);
    }

    @Override
    public Commit apply(Batch batch) {
        long revision = inner.apply(batch).revision();
        Committed committed = new Committed();
        onTheirWay.add(() -> {
            if (broken == null) {
                committed.confirm(revision);
            } else {
                committed.fail(broken);
            }
        });
        if (onTheirWay.size() == 1) {
            scheduler.schedule(commitNanos, this::landed);
        }
        return new Commit(revision, committed);
    }

    private void landed() {
        Runnable first = onTheirWay.removeFirst();
        if (!onTheirWay.isEmpty()) {
            scheduler.schedule(commitNanos, this::landed);
        }
        first.run();
    }

    @Override
    public Subscription subscribe(Path path, Listener listener) {
        return inner.subscribe(path, listener);
    }

    @Override
    public Subscription subscribe(Path path, Debounce debounce, Listener listener) {
        return inner.subscribe(path, debounce, listener);
    }

    @Override
    public Subscription subscribe(PathPattern pattern, Listener listener) {
        return inner.subscribe(pattern, listener);
    }

    @Override
    public Subscription subscribe(PathPattern pattern, Debounce debounce, Listener listener) {
        return inner.subscribe(pattern, debounce, listener);
    }

    @Override
    public <T extends @Nullable Object> Subscription subscribe(Selector<T> selector, Selection.Listener<T> listener) {
        return inner.subscribe(selector, listener);
    }

    @Override
    public <T extends @Nullable Object> Subscription subscribe(
            Selector<T> selector, Debounce debounce, Selection.Listener<T> listener) {
        return inner.subscribe(selector, debounce, listener);
    }

    @Override
    public <T extends @Nullable Object> T select(Selector<T> selector) {
        return inner.select(selector);
    }

    @Override
    public SubscriptionReport subscriptions() {
        return inner.subscriptions();
    }

    @Override
    public void close() {
        inner.close();
    }
}
