package io.gaesup.state.core;

import java.util.ArrayList;
import java.util.List;

/** A scheduler whose time passes only when a test says so. Plain Java: the browser builds run it too. */
public final class VirtualScheduler implements Scheduler {

    private record Task(long due, long order, Runnable action) {

        boolean isBefore(Task other) {
            return due < other.due || (due == other.due && order < other.order);
        }
    }

    private final List<Task> waiting = new ArrayList<>();
    private long now;
    private long scheduled;

    @Override
    public long nanoTime() {
        return now;
    }

    @Override
    public Timer schedule(long delayNanos, Runnable task) {
        Task made = new Task(now + Math.max(0, delayNanos), scheduled++, task);
        waiting.add(made);
        return () -> waiting.remove(made);
    }

    /** How many tasks wait. */
    public int waiting() {
        return waiting.size();
    }

    /** Lets time pass; runs what falls due in between, in order, each at its own time. */
    public void advanceMillis(long millis) {
        advanceNanos(millis * 1_000_000);
    }

    /** As {@link #advanceMillis}. */
    public void advanceNanos(long nanos) {
        long end = now + nanos;
        while (true) {
            Task next = null;
            for (Task task : waiting) {
                if (task.due <= end && (next == null || task.isBefore(next))) {
                    next = task;
                }
            }
            if (next == null) {
                now = end;
                return;
            }
            waiting.remove(next);
            now = Math.max(now, next.due);
            next.action.run();
        }
    }
}
