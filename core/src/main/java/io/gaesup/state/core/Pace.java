package io.gaesup.state.core;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells one listener as often as a {@link Debounce} allows.
 *
 * @param <E> what it is told
 */
final class Pace<E> {

    /** Makes one of several, in their order. */
    @FunctionalInterface
    interface Merge<E> {

        /** Null: together they come to nothing. */
        @Nullable
        E merged(List<E> several);
    }

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Debounce debounce;
    private final Merge<E> merge;
    private final Consumer<E> listener;
    private final Consumer<Runnable> later;
    private final UpdateRate rate = new UpdateRate();
    private List<E> waiting = new ArrayList<>();

    /** Ends the window; null while there is none. */
    private Scheduler.@Nullable Timer window;

    private boolean ended;

    /**
     * @param later calls the listener at a window's end, and keeps what it throws; in {@link #offer} that reaches the
     *     caller
     */
    Pace(Debounce debounce, Merge<E> merge, Consumer<E> listener, Consumer<Runnable> later) {
        this.debounce = debounce;
        this.merge = merge;
        this.listener = listener;
        this.later = later;
    }

    /** Tells {@code event}, now or with the window. */
    void offer(E event) {
        long now = debounce.scheduler().nanoTime();
        rate.note(now);
        long perSecond = rate.perSecond(now);
        waiting.add(event);
        if (window == null) {
            open(perSecond);
            tell();
        } else if (waiting.size() >= debounce.batchSizeAt(perSecond)) {
            window.cancel();
            open(perSecond);
            tell();
        }
    }

    private void open(long perSecond) {
        long nanos = debounce.windowMillisAt(perSecond) * NANOS_PER_MILLI;
        window = debounce.scheduler().schedule(nanos, this::windowEnds);
    }

    private void windowEnds() {
        window = null;
        if (ended || waiting.isEmpty()) {
            return;
        }
        open(rate.perSecond(debounce.scheduler().nanoTime()));
        later.accept(this::tell);
    }

    private void tell() {
        List<E> told = waiting;
        waiting = new ArrayList<>();
        E merged = told.size() == 1 ? told.getFirst() : merge.merged(told);
        if (merged != null) {
            listener.accept(merged);
        }
    }

    /** Nothing more is told. */
    void end() {
        ended = true;
        waiting.clear();
        if (window != null) {
            window.cancel();
            window = null;
        }
    }
}
