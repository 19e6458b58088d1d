package io.gaesup.state.journal;

import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.StateException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The bounded first-in, first-out queue between callers, who never wait, and the writer, who does. */
final class WriteQueue {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final ArrayDeque<Task<?>> tasks = new ArrayDeque<>();
    private final int entriesMax;
    private final long bytesMax;
    private long bytes;
    private long refused;
    private boolean closed;

    WriteQueue(int entriesMax, long bytesMax) {
        this.entriesMax = entriesMax;
        this.bytesMax = bytesMax;
    }

    /** Queues the task, or fails its future. */
    void offer(Task<?> task) {
        StateException refusal;
        lock.lock();
        try {
            if (closed) {
                refusal = new StateException(ErrorCode.CLOSED, "the journal is closed; " + task + " was not written");
            } else if (tasks.size() >= entriesMax || (bytes > 0 && bytes + task.bytes() > bytesMax)) {
                refused++;
                refusal = new StateException(
                        ErrorCode.BUSY,
                        task + " was not queued: " + tasks.size() + " writes with " + bytes + " bytes wait (limits "
                                + entriesMax + " and " + bytesMax + "); wait for earlier ones, then try again");
            } else {
                tasks.addLast(task);
                bytes += task.bytes();
                arrived.signal();
                return;
            }
        } finally {
            lock.unlock();
        }
        task.fail(refusal);
    }

    /**
     * Moves the next tasks into {@code group}, waiting for the first.
     *
     * @return false when the queue is closed and empty
     */
    boolean take(List<Task<?>> group, int entriesMax, long bytesMax) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (tasks.isEmpty()) {
                if (closed) {
                    return false;
                }
                arrived.await();
            }
            long gathered = 0;
            while (!tasks.isEmpty() && group.size() < entriesMax && gathered < bytesMax) {
                var task = tasks.removeFirst();
                gathered += task.bytes();
                group.add(task);
            }
            bytes -= gathered;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Refuses every later task; those that wait are still taken. */
    void close() {
        lock.lock();
        try {
            closed = true;
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Moves everything that waits, without waiting. */
    void drainTo(List<Task<?>> rest) {
        lock.lock();
        try {
            rest.addAll(tasks);
            tasks.clear();
            bytes = 0;
        } finally {
            lock.unlock();
        }
    }

    int entries() {
        lock.lock();
        try {
            return tasks.size();
        } finally {
            lock.unlock();
        }
    }

    long bytes() {
        lock.lock();
        try {
            return bytes;
        } finally {
            lock.unlock();
        }
    }

    long refused() {
        lock.lock();
        try {
            return refused;
        } finally {
            lock.unlock();
        }
    }
}
