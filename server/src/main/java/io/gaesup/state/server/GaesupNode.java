package io.gaesup.state.server;

import io.gaesup.state.core.Snapshot;
import io.gaesup.state.core.Store;
import io.gaesup.state.core.Value;
import io.gaesup.state.journal.Journal;
import io.gaesup.state.journal.SqliteJournal;
import io.gaesup.state.journal.StoreEntry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A node in this process: durable stores, and on request the sockets through which others share them.
 *
 * <p>Stores are brought back from the journal when they are first used, so a node with many stores starts as quickly as
 * one with few; a damaged one is reported then, as {@code DATA_DAMAGED}, and harms no other.
 *
 * <p>Threads: any. All stores live on one thread of the node, and {@link #with} runs code there.
 */
public final class GaesupNode implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(GaesupNode.class.getName());

    private final Node node;
    private final List<GaesupServer> servers = new ArrayList<>();
    private boolean closed;

    private GaesupNode(Node node) {
        this.node = node;
    }

    /**
     * Opens the data folder and takes it for this node alone.
     *
     * @throws io.gaesup.state.core.StateException with code {@code DATA_NOT_WRITABLE}, {@code DATA_IN_USE}, {@code
     *     DATA_DAMAGED} and others that say what is wrong with the folder; nothing is changed then
     */
    public static GaesupNode open(NodeConfig config) {
        var loop = new CompletableFuture<Loop>();
        Thread.ofPlatform().name("gaesup-start").start(() -> begin(loop)); // takes as long as opening the journal
        Journal journal = null;
        try {
            journal = SqliteJournal.open(config.data());
            String id = Long.toUnsignedString(new SecureRandom().nextLong(), 36);
            return new GaesupNode(new Node(config, id, loop.join(), journal));
        } finally {
            if (journal == null) {
                loop.thenAccept(Loop::close);
            }
        }
    }

    private static void begin(CompletableFuture<Loop> loop) {
        try {
            loop.complete(new Loop());
        } catch (Throwable e) {
            loop.completeExceptionally(e);
        }
    }

    /**
     * Runs {@code work} with the store on the node's thread, and gives its result when every batch it applied is on disk.
     *
     * <p>Within {@code work} the store shows all that was decided, durable or not; it may not be used after it. {@code work}
     * must be short: no other store of the node moves meanwhile.
     *
     * @param initial what to make the store of if there is none; null to fail with {@code UNKNOWN_STORE} then
     */
    public <T extends @Nullable Object> CompletableFuture<T> with(
            String store, @Nullable Value initial, Function<Store, T> work) {
        return onLoop(() -> node.stores().open(store, initial).compose(hosted -> {
            T result = work.apply(new NodeStore(hosted));
            Promise<HostedStore> durable = Promise.promise();
            hosted.afterInFlight(Stores.promised(durable));
            return durable.future().map(same -> result);
        }));
    }

    /** The store as it is on disk. */
    public CompletableFuture<Snapshot> snapshot(String store) {
        return onLoop(() -> node.stores().find(store).map(HostedStore::durable));
    }

    /** All stores by name, with their durable revisions. */
    public CompletableFuture<List<StoreEntry>> stores() {
        return onLoop(() -> node.stores().list());
    }

    /** Ends this life of the store, for good. */
    public CompletableFuture<@Nullable Void> delete(String store) {
        return onLoop(
                () -> node.stores().find(store).compose(node.stores()::delete).mapEmpty());
    }

    /**
     * Starts to listen.
     *
     * @throws io.gaesup.state.core.StateException with code {@code PORT_IN_USE}, or {@code FORBIDDEN} for an address that
     *     others could reach
     */
    public synchronized GaesupServer listen(ServerConfig config) {
        GaesupServer server = GaesupServer.start(node, config);
        servers.add(server);
        return server;
    }

    /** Stops listening, writes what is in flight and a checkpoint of what changed, and lets go of the data. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        servers.forEach(GaesupServer::close);
        onLoop(this::settle).join();
        node.journal().close();
        node.loop().close();
    }

    private Future<?> settle() {
        List<Future<?>> all = new ArrayList<>();
        for (HostedStore store : node.stores().hosted()) {
            store.closing();
            Promise<HostedStore> landed = Promise.promise();
            store.afterInFlight(Stores.promised(landed));
            all.add(landed.future().transform(done -> store.checkpointer().atClose()));
        }
        return Future.join(all).otherwise(failure -> {
            LOG.log(System.Logger.Level.WARNING, "closing: " + failure.getMessage());
            return null;
        });
    }

    private <T extends @Nullable Object> CompletableFuture<T> onLoop(Supplier<Future<? extends T>> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        node.loop().execute(() -> {
            try {
                work.get().onComplete(done -> {
                    if (done.succeeded()) {
                        result.complete(done.result());
                    } else {
                        result.completeExceptionally(Problems.of(done.cause()));
                    }
                });
            } catch (RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }
}
