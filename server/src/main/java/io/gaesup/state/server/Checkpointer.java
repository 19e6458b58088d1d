package io.gaesup.state.server;

import io.gaesup.state.core.Snapshot;
import io.gaesup.state.core.codec.MessagePack;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import org.jspecify.annotations.Nullable;

/** Writes the whole of one store into the journal now and then, so that a start need not apply all its batches. */
final class Checkpointer {
    /*
     * After as many bytes of batches as the last checkpoint had, but a minimum: so writing checkpoints never costs more
     * than writing the batches did. Encoding runs aside, on a snapshot.
     */
    private static final System.Logger LOG = System.getLogger(Checkpointer.class.getName());

    private final HostedStore store;
    private final Node node;
    private long revision;
    private long lastBytes;
    private long bytesSince;
    private @Nullable Future<?> running;

    Checkpointer(HostedStore store, Node node, Recovered recovered) {
        this.store = store;
        this.node = node;
        this.revision = recovered.since();
        this.lastBytes = recovered.checkpointBytes();
        this.bytesSince = recovered.batchBytes();
    }

    /** The durable snapshot moved on by batches of so many bytes. */
    void advanced(long bytes) {
        bytesSince += bytes;
        NodeConfig config = node.config();
        boolean due = store.durable().revision() - revision >= config.checkpointBatches()
                || bytesSince >= Math.max(config.checkpointBytes(), lastBytes);
        if (due && running == null) {
            begin(store.durable());
        }
    }

    /** Writes a checkpoint of what is durable if there is anything new; done when it is on disk or could not be written. */
    Future<?> atClose() {
        Future<?> present = running;
        if (present != null) {
            return present.transform(done -> atClose());
        }
        if (store.failure() != null || store.durable().revision() == revision) {
            return Future.succeededFuture();
        }
        return begin(store.durable());
    }

    private Future<?> begin(Snapshot snapshot) {
        bytesSince = 0;
        long bound = store.size().bound();
        Promise<Object> written = Promise.promise();
        running = written.future();
        node.loop()
                .<byte[]>aside(() -> {
                    byte[] bytes = MessagePack.encode(snapshot.root());
                    node.journal()
                            .checkpoint(store.name(), store.incarnation(), snapshot.revision(), bytes)
                            .join();
                    return bytes;
                })
                .onComplete(done -> {
                    running = null;
                    if (done.succeeded()) {
                        revision = snapshot.revision();
                        lastBytes = done.result().length;
                        store.size().measured(lastBytes, bound);
                        node.meters().checkpointed(lastBytes);
                    } else {
                        LOG.log(
                                System.Logger.Level.WARNING,
                                "checkpoint of store '" + store.name() + "' at revision " + snapshot.revision()
                                        + " was not written: "
                                        + Problems.of(done.cause()).getMessage());
                    }
                    written.complete();
                });
        return written.future();
    }
}
