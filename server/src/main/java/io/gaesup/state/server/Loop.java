package io.gaesup.state.server;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The thread that owns a node's stores and sockets, and helpers for what must not hold it up. */
final class Loop {
    /*
     * One event loop for everything: a batch is decided, sent on and answered without a lock or a hand-over between
     * threads. What waits (the disk) or computes long (encoding a whole store) runs elsewhere, on immutable snapshots. The
     * fan-out is bound by system calls, of which one loop makes as many as one core can; several nodes or loops share
     * work by store, not by socket.
     */
    private final Vertx vertx;
    private final Context context;
    private final Thread thread;
    private final ExecutorService aside = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("gaesup-", 0).factory());

    Loop() {
        vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(2)
                .setUseDaemonThread(true)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        context = vertx.getOrCreateContext();
        var started = new CompletableFuture<Thread>();
        context.runOnContext(v -> started.complete(Thread.currentThread()));
        thread = started.join();
    }

    Vertx vertx() {
        return vertx;
    }

    boolean isCurrent() {
        return Thread.currentThread() == thread;
    }

    /** Runs {@code task} on the loop, after what is waiting there. From any thread. */
    void execute(Runnable task) {
        context.runOnContext(v -> task.run());
    }

    /** Runs {@code work} on a thread of its own; the future completes on the loop. */
    <T> Future<T> aside(Callable<T> work) {
        Promise<T> promise = Promise.promise();
        aside.execute(() -> {
            try {
                T result = work.call();
                execute(() -> promise.complete(result));
            } catch (Throwable e) {
                execute(() -> promise.fail(e));
            }
        });
        return promise.future();
    }

    /** Stops all threads; what runs aside is finished first. */
    void close() {
        aside.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
