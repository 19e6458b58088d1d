package io.gaesup.state.server;

import io.gaesup.state.core.Authority.Outcome;
import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.MapValue;
import io.gaesup.state.core.Operation;
import io.gaesup.state.core.Path;
import io.gaesup.state.core.StateException;
import io.gaesup.state.core.Value;
import io.gaesup.state.journal.StoreEntry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The stores of a node by name: brought back from the journal on first use, made, deleted. Threads: the loop. */
final class Stores {

    private final Node node;
    private final Map<String, Future<HostedStore>> loaded = new HashMap<>();
    private int lastNumber;

    Stores(Node node) {
        this.node = node;
    }

    /** The store {@code name}; fails with {@code UNKNOWN_STORE} if there is none. */
    Future<HostedStore> find(String name) {
        Future<HostedStore> known = loaded.get(name);
        if (known != null) {
            return known;
        }
        try {
            Names.store(name);
        } catch (StateException e) {
            return Future.failedFuture(e);
        }
        return remember(name, recover(name));
    }

    private Future<HostedStore> recover(String name) {
        return node.loop()
                .aside(() -> {
                    var recovery = node.journal().recover(name);
                    if (recovery == null) {
                        throw new StateException(ErrorCode.UNKNOWN_STORE, "there is no store '" + name + "'");
                    }
                    return Recovered.of(node.journal(), recovery);
                })
                .map(this::host);
    }

    /** The store {@code name}, made of {@code initial} if there is none; without that as {@link #find}. */
    Future<HostedStore> open(String name, @Nullable Value initial) {
        return find(name)
                .recover(failure -> initial != null && isUnknown(failure) ? create(name) : Future.failedFuture(failure))
                .compose(store -> initial == null ? begun(store) : initialise(store, initial));
    }

    private Future<HostedStore> create(String name) {
        Future<HostedStore> begun = loaded.get(name);
        if (begun != null) {
            return begun;
        }
        Promise<StoreEntry> made = Promise.promise();
        Future<HostedStore> hosted = remember(
                name,
                made.future().map(entry -> host(Recovered.empty(node.journal(), entry.name(), entry.incarnation()))));
        node.journal()
                .create(name)
                .whenComplete((entry, failure) -> node.loop().execute(() -> {
                    if (failure == null) {
                        made.complete(entry);
                    } else {
                        made.fail(failure);
                    }
                }));
        return hosted;
    }

    /** A store at revision 0 has never held anything, so its first value may still be given. */
    private Future<HostedStore> initialise(HostedStore store, Value initial) {
        if (store.newestRevision() > 0 || initial.equals(MapValue.empty())) {
            return begun(store);
        }
        Promise<HostedStore> done = Promise.promise();
        try {
            store.apply(List.of(new Operation.Set(Path.ROOT, initial)), promised(done));
        } catch (StateException e) {
            done.fail(e);
        }
        return done.future();
    }

    /** {@code store}, but not while its first value is on its way to disk: nobody sees it without that. */
    private static Future<HostedStore> begun(HostedStore store) {
        if (store.newestRevision() == 0 || store.durable().revision() > 0) {
            return Future.succeededFuture(store);
        }
        Promise<HostedStore> landed = Promise.promise();
        store.afterInFlight(promised(landed));
        return landed.future();
    }

    /** Ends {@code store}, with what is in flight decided before. */
    Future<HostedStore> delete(HostedStore store) {
        store.closing();
        Promise<HostedStore> landed = Promise.promise();
        store.afterInFlight(promised(landed));
        return landed.future().compose(idle -> {
            Promise<HostedStore> gone = Promise.promise();
            node.journal()
                    .delete(store.name(), store.incarnation())
                    .whenComplete((v, failure) -> node.loop().execute(() -> {
                        if (failure != null) {
                            store.reopened();
                            gone.fail(failure);
                            return;
                        }
                        unload(store);
                        store.audience().end(ErrorCode.CLOSED, "store '" + store.name() + "' was deleted");
                        gone.complete(store);
                    }));
            return gone.future();
        });
    }

    /** Brings {@code store} back from the journal when {@code landed} is done; who asks for it meanwhile waits. */
    void replace(HostedStore store, Future<HostedStore> landed) {
        remember(store.name(), landed.compose(idle -> recover(idle.name())));
    }

    /** Forgets {@code store}; it is brought back from the journal when it is asked for again. */
    void unload(HostedStore store) {
        Future<HostedStore> known = loaded.get(store.name());
        if (known != null && known.succeeded() && known.result() == store) {
            loaded.remove(store.name());
        }
    }

    /** All stores by name, with their durable revisions. */
    Future<List<StoreEntry>> list() {
        return node.loop().aside(() -> node.journal().stores()).map(entries -> {
            Map<String, StoreEntry> byName = new TreeMap<>();
            entries.forEach(entry -> byName.put(entry.name(), entry));
            for (HostedStore store : hosted()) {
                byName.computeIfPresent(
                        store.name(),
                        (name, entry) -> new StoreEntry(
                                name, store.incarnation(), store.durable().revision()));
            }
            return List.copyOf(byName.values());
        });
    }

    /** Those in memory. */
    List<HostedStore> hosted() {
        List<HostedStore> hosted = new ArrayList<>();
        for (Future<HostedStore> store : loaded.values()) {
            if (store.succeeded()) {
                hosted.add(store.result());
            }
        }
        return hosted;
    }

    private Future<HostedStore> remember(String name, Future<HostedStore> store) {
        loaded.put(name, store);
        store.onFailure(failure -> loaded.remove(name, store));
        return store;
    }

    private HostedStore host(Recovered recovered) {
        return new HostedStore(node, ++lastNumber, recovered);
    }

    static boolean isUnknown(Throwable failure) {
        return failure instanceof StateException e && e.code() == ErrorCode.UNKNOWN_STORE;
    }

    /** An author that completes {@code done}. */
    static Author promised(Promise<HostedStore> done) {
        return new Author() {
            @Override
            public void decided(HostedStore store, List<Outcome> outcomes) {
                done.complete(store);
            }

            @Override
            public void failed(HostedStore store, StateException reason) {
                done.fail(reason);
            }
        };
    }
}
