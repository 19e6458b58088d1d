package io.gaesup.state.core;

import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls the listeners of a store, one change after the other, also when a listener makes the next change. */
final class Notifier {

    /** How many changes listeners may add to one before it counts as an endless loop. */
    static final int CHAIN_MAX = 100;

    private record Pending(Change change, List<Subscriptions.Entry> woken) {}

    private final Subscriptions subscriptions = new Subscriptions();
    private final ArrayDeque<Pending> waiting = new ArrayDeque<>();
    private boolean telling;
    private int chain;
    private @Nullable ListenerFailure onFailure;

    Subscription subscribe(Path path, Listener listener) {
        return subscriptions.add(path, listener);
    }

    /** Whether there is anybody to tell. */
    boolean hasListeners() {
        return subscriptions.count() > 0;
    }

    void onFailure(ListenerFailure handler) {
        onFailure = handler;
    }

    void clear() {
        subscriptions.clear();
        waiting.clear();
    }

    /**
     * Fails if a listener is about to make one change too many.
     *
     * @throws StateException with code {@code LIMIT_EXCEEDED}
     */
    void checkChain(String store) {
        if (telling && chain >= CHAIN_MAX) {
            throw new StateException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "listeners of store '" + store + "' made " + CHAIN_MAX + " changes in a row; is it a loop?");
        }
    }

    /**
     * Tells of {@code change}. Only the outermost call returns after the last listener was called.
     *
     * @param before the document without it, as it was when the change began; null if that is not known
     * @param after the document with it
     */
    void tell(Change change, @Nullable Value before, Value after) {
        List<Subscriptions.Entry> woken = subscriptions.touchedBy(change.operations(), before, after);
        chain = telling ? chain + 1 : 0;
        if (!woken.isEmpty()) {
            waiting.add(new Pending(change, woken));
        }
        if (telling) {
            return;
        }
        telling = true;
        try {
            for (Pending next = waiting.poll(); next != null; next = waiting.poll()) {
                tellAll(next.change, next.woken);
            }
        } finally {
            telling = false;
        }
    }

    private void tellAll(Change change, List<Subscriptions.Entry> woken) {
        for (Subscriptions.Entry entry : woken) {
            try {
                entry.tell(change);
            } catch (RuntimeException e) {
                if (onFailure != null) {
                    onFailure.failed(entry.path(), e);
                }
            }
        }
    }
}
