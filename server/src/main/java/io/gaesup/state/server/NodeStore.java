package io.gaesup.state.server;

import io.gaesup.state.core.Authority.Outcome;
import io.gaesup.state.core.Batch;
import io.gaesup.state.core.Commit;
import io.gaesup.state.core.Committed;
import io.gaesup.state.core.Debounce;
import io.gaesup.state.core.Listener;
import io.gaesup.state.core.Path;
import io.gaesup.state.core.PathPattern;
import io.gaesup.state.core.Selection;
import io.gaesup.state.core.Selector;
import io.gaesup.state.core.Snapshot;
import io.gaesup.state.core.StateException;
import io.gaesup.state.core.Store;
import io.gaesup.state.core.Subscription;
import io.gaesup.state.core.SubscriptionReport;
import io.gaesup.state.core.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A node's store for code on its loop; batches show at once and are confirmed when they are on disk. */
final class NodeStore implements Store {

    private final HostedStore hosted;

    NodeStore(HostedStore hosted) {
        this.hosted = hosted;
    }

    @Override
    public String name() {
        return hosted.name();
    }

    @Override
    public long revision() {
        return hosted.newestRevision();
    }

    @Override
    public Snapshot snapshot() {
        return hosted.newest();
    }

    @Override
    public @Nullable Value get(Path path) {
        return hosted.authority().store().get(path);
    }

    @Override
    public Commit apply(Batch batch) {
        Committed committed = new Committed();
        long revision = hosted.apply(batch.operations(), new Author() {
            @Override
            public void decided(HostedStore store, List<Outcome> outcomes) {
                committed.confirm(outcomes.getFirst().decision().revision());
            }

            @Override
            public void failed(HostedStore store, StateException reason) {
                committed.fail(reason);
            }
        });
        return new Commit(revision, committed);
    }

    @Override
    public Subscription subscribe(Path path, Listener listener) {
        return hosted.authority().store().subscribe(path, listener);
    }

    @Override
    public Subscription subscribe(Path path, Debounce debounce, Listener listener) {
        return hosted.authority().store().subscribe(path, debounce, listener);
    }

    @Override
    public Subscription subscribe(PathPattern pattern, Listener listener) {
        return hosted.authority().store().subscribe(pattern, listener);
    }

    @Override
    public Subscription subscribe(PathPattern pattern, Debounce debounce, Listener listener) {
        return hosted.authority().store().subscribe(pattern, debounce, listener);
    }

    @Override
    public <T extends @Nullable Object> Subscription subscribe(Selector<T> selector, Selection.Listener<T> listener) {
        return hosted.authority().store().subscribe(selector, listener);
    }

    @Override
    public <T extends @Nullable Object> Subscription subscribe(
            Selector<T> selector, Debounce debounce, Selection.Listener<T> listener) {
        return hosted.authority().store().subscribe(selector, debounce, listener);
    }

    @Override
    public <T extends @Nullable Object> T select(Selector<T> selector) {
        return hosted.authority().store().select(selector);
    }

    @Override
    public SubscriptionReport subscriptions() {
        return hosted.authority().store().subscriptions();
    }

    /** Does nothing: the store is the node's. */
    @Override
    public void close() {}
}
