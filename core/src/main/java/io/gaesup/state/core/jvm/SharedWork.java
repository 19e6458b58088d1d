package io.gaesup.state.core.jvm;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Tasks that several threads take one after the other until none is left. */
final class SharedWork implements Runnable {

    /* The caller takes tasks too. So it only ever waits for tasks that somebody runs, never for a thread: work from within
     * the executor's own threads cannot get stuck. */

    private final int count;
    private final IntConsumer task;
    private final AtomicInteger next = new AtomicInteger();
    private final CountDownLatch left;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    SharedWork(int count, IntConsumer task) {
        this.count = count;
        this.task = task;
        this.left = new CountDownLatch(count);
    }

    /** Runs all tasks with the caller and up to {@code others} threads of {@code executor}. */
    void run(Executor executor, int others) {
        try {
            for (int i = 0; i < others; i++) {
                executor.execute(this);
            }
        } catch (RejectedExecutionException full) {
            // The caller does it alone, or with those that were let in.
        }
        run();
        await();
        Throwable thrown = failure.get();
        if (thrown instanceof RuntimeException e) {
            throw e;
        }
        if (thrown instanceof Error e) {
            throw e;
        }
    }

    @Override
    public void run() {
        for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
            try {
                if (failure.get() == null) {
                    task.accept(i);
                }
            } catch (Throwable e) {
                failure.compareAndSet(null, e);
            } finally {
                left.countDown();
            }
        }
    }

    private void await() {
        boolean interrupted = false;
        while (true) {
            try {
                left.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
