package io.gaesup.state.server;

import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.MapValue;
import io.gaesup.state.core.Replica;
import io.gaesup.state.core.StateException;
import io.gaesup.state.core.Submission;
import io.gaesup.state.core.wire.Frame;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A replica with a connection, as a page has one: it reconnects when the connection is gone, and lives on one thread.
 */
final class ReplicaClient implements AutoCloseable {

    private final String client;
    private final Supplier<String> url;
    private final Replica replica;
    private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private final Thread thread;
    private @Nullable WireClient wire;
    private int number;
    private boolean stopped;
    private int resumed;

    /** A replica of {@code store} for the client of this id; {@code url} says where the server is now. */
    ReplicaClient(String client, String store, Supplier<String> url) {
        this.client = client;
        this.url = url;
        this.replica = new Replica(store, MapValue.empty());
        this.thread = Thread.ofVirtual().name(client).start(this::work);
        tasks.add(this::connect);
    }

    /** Runs {@code task} on the replica's thread and gives its result. */
    <T extends @Nullable Object> T with(Function<Replica, T> task) {
        var result = new CompletableFuture<T>();
        tasks.add(() -> {
            try {
                result.complete(task.apply(replica));
                send();
            } catch (RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        return result.join();
    }

    /** Loses the connection, and makes a new one. */
    void cut() {
        tasks.add(() -> {
            var present = wire;
            if (present != null) {
                present.close();
                lost(present);
            }
        });
    }

    /** How often it went on from its own revision. */
    int resumed() {
        return with(r -> resumed);
    }

    @Override
    public void close() {
        tasks.add(() -> {
            stopped = true;
            replica.close();
            var present = wire;
            if (present != null) {
                present.close();
            }
        });
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void work() {
        try {
            while (!stopped) {
                tasks.take().run();
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void connect() {
        if (stopped) {
            return;
        }
        try {
            var made = WireClient.connect(url.get(), (from, event) -> tasks.add(() -> received(from, event)));
            wire = made;
            made.send(new Frame.Hello(Frame.VERSION, client));
        } catch (RuntimeException e) {
            wire = null;
            tasks.add(this::connect);
        }
    }

    private void lost(WireClient gone) {
        if (gone == wire) {
            wire = null;
            replica.disconnected();
            tasks.add(this::connect);
        }
    }

    private void received(WireClient from, Object event) {
        if (from != wire || stopped) {
            return;
        }
        try {
            handle(from, event);
            send();
        } catch (StateException e) {
            if (e.code() != ErrorCode.CONFLICT && e.code() != ErrorCode.BAD_REQUEST) {
                throw e;
            }
            from.send(new Frame.Open(replica.name(), 0, 0, replica.oldestPending(), null));
        }
    }

    private void handle(WireClient from, Object event) {
        switch (event) {
            case Frame.Welcome welcome ->
                from.send(new Frame.Open(
                        replica.name(),
                        replica.incarnation(),
                        replica.revision(),
                        replica.oldestPending(),
                        MapValue.empty()));
            case Frame.State state -> {
                number = state.number();
                replica.state(state.incarnation(), state.revision(), state.root(), state.decisions());
            }
            case Frame.Resumed answer -> {
                number = answer.number();
                resumed++;
                replica.resume(answer.decisions());
            }
            case Frame.Deltas deltas -> replica.deltas(deltas.first(), deltas.batches());
            case Frame.Decided decided -> replica.decide(decided.decision());
            case Frame.Failure failure when failure.code() == ErrorCode.STALE_REVISION -> replica.sendAgain();
            case WireClient.Closed closed -> lost(from);
            default -> throw new AssertionError(client + " did not expect " + event);
        }
    }

    private void send() {
        var present = wire;
        if (present == null) {
            return;
        }
        Submission.Group group = replica.nextGroup();
        if (group != null) {
            try {
                present.send(new Frame.Submit(number, group));
            } catch (RuntimeException e) {
                lost(present);
            }
        }
    }
}
