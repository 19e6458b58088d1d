package io.gaesup.state.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A {@link Replica} whose {@link Authority} is right beside it and answers at once. */
public final class ServedReplica implements Store {

    private static final String CLIENT = "client";

    private final Authority authority;
    private final Replica replica;

    private ServedReplica(Authority authority, Replica replica) {
        this.authority = authority;
        this.replica = replica;
    }

    public static ServedReplica create(String name, Value initial) {
        Authority authority = new Authority(LocalStore.create(name, initial), (client, sequence) -> null);
        Replica replica = new Replica(name, MapValue.empty());
        replica.state(1, 0, authority.store().snapshot().root(), List.of());
        return new ServedReplica(authority, replica);
    }

    Replica replica() {
        return replica;
    }

    /** Lets the authority decide all that waits. */
    void settle() {
        for (var group = replica.nextGroup(); group != null; group = replica.nextGroup()) {
            for (Authority.Outcome outcome : authority.decide(CLIENT, group)) {
                replica.decide(outcome.decision());
                if (outcome.decision().isApplied()) {
                    replica.deltas(outcome.decision().revision(), List.of(outcome.operations()));
                }
            }
        }
    }

    @Override
    public Commit apply(Batch batch) {
        Commit commit = replica.apply(batch);
        settle();
        return commit;
    }

    @Override
    public String name() {
        return replica.name();
    }

    @Override
    public long revision() {
        return replica.revision();
    }

    @Override
    public Snapshot snapshot() {
        return replica.snapshot();
    }

    @Override
    public @Nullable Value get(Path path) {
        return replica.get(path);
    }

    @Override
    public Subscription subscribe(Path path, Listener listener) {
        return replica.subscribe(path, listener);
    }

    @Override
    public Subscription subscribe(Path path, Debounce debounce, Listener listener) {
        return replica.subscribe(path, debounce, listener);
    }

    @Override
    public Subscription subscribe(PathPattern pattern, Listener listener) {
        return replica.subscribe(pattern, listener);
    }

    @Override
    public Subscription subscribe(PathPattern pattern, Debounce debounce, Listener listener) {
        return replica.subscribe(pattern, debounce, listener);
    }

    @Override
    public <T extends @Nullable Object> Subscription subscribe(Selector<T> selector, Selection.Listener<T> listener) {
        return replica.subscribe(selector, listener);
    }

    @Override
    public <T extends @Nullable Object> Subscription subscribe(
            Selector<T> selector, Debounce debounce, Selection.Listener<T> listener) {
        return replica.subscribe(selector, debounce, listener);
    }

    @Override
    public <T extends @Nullable Object> T select(Selector<T> selector) {
        return replica.select(selector);
    }

    @Override
    public SubscriptionReport subscriptions() {
        return replica.subscriptions();
    }

    @Override
    public void close() {
        replica.close();
    }
}
