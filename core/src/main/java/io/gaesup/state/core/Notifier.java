package io.gaesup.state.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls the listeners of a store, one change after the other, also when a listener makes the next change. */
final class Notifier {

    /** How many changes listeners may add to one before it counts as an endless loop. */
    static final int CHAIN_MAX = 100;

    private record Pending(Change change, List<Woken.Delivery> deliveries) {}

    private final String store;
    private final Subscriptions subscriptions = new Subscriptions();
    private final Selectors selectors;
    private final Woken woken = new Woken();
    private final ArrayDeque<Pending> waiting = new ArrayDeque<>();
    private boolean telling;
    private int chain;
    private long lastOrder;
    private long notifications;
    private @Nullable ListenerFailure onFailure;

    /** An error, or what the failure handler threw; it comes out when all have been told. */
    private @Nullable Throwable thrown;

    Notifier(String store, Tree tree) {
        this.store = store;
        this.selectors = new Selectors(store, tree, subscriptions);
    }

    Subscription subscribe(Path path, @Nullable Debounce debounce, Listener listener) {
        return add(new PathSubscription(path, ++lastOrder, this, debounce, listener));
    }

    Subscription subscribe(PathPattern pattern, @Nullable Debounce debounce, Listener listener) {
        return add(new PathSubscription(pattern, ++lastOrder, this, debounce, listener));
    }

    private PathSubscription add(PathSubscription subscription) {
        selectors.refuseWhileEvaluating("subscribed to " + subscription.path);
        subscriptions.add(subscription);
        return subscription;
    }

    void remove(PathSubscription subscription) {
        subscriptions.remove(subscription);
    }

    <T extends @Nullable Object> Subscription subscribe(
            Selector<T> selector, @Nullable Debounce debounce, Selection.Listener<T> listener) {
        SelectorNode<T> node = selectors.use(selector);
        try {
            SelectorSubscription<T> subscription =
                    new SelectorSubscription<>(++lastOrder, this, node, node.value(), debounce, listener);
            node.joined(subscription);
            return subscription;
        } finally {
            selectors.releaseIfUnused(node);
        }
    }

    <T extends @Nullable Object> T select(Selector<T> selector) {
        return selectors.select(selector);
    }

    /** Whether there is anybody to tell. */
    boolean hasListeners() {
        return subscriptions.count() > 0 || selectors.isWaiting() || selectors.isEvaluating();
    }

    void onFailure(ListenerFailure handler) {
        onFailure = handler;
    }

    private void failed(String subscription, RuntimeException failure) {
        if (onFailure != null) {
            try {
                onFailure.failed(subscription, failure);
            } catch (RuntimeException | Error e) {
                keep(e);
            }
        }
    }

    private void keep(Throwable e) {
        if (thrown == null) {
            thrown = e;
        } else if (thrown != e) {
            thrown.addSuppressed(e);
        }
    }

    /** A {@link StateException} would say that nothing has changed. */
    private void rethrow() {
        Throwable first = thrown;
        thrown = null;
        switch (first) {
            case null -> {}
            case StateException e ->
                throw new IllegalStateException(
                        "store '" + store + "' has changed, and its handler of listeners' failures threw " + e, e);
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new AssertionError(first);
        }
    }

    /** A listener of a path is about to be called. */
    void count() {
        notifications++;
    }

    void clear() {
        subscriptions.clear();
        selectors.clear();
        waiting.clear();
    }

    /**
     * Fails if a listener is about to make one change too many, or a selector one at all.
     *
     * @throws StateException with code {@code LIMIT_EXCEEDED}
     * @throws IllegalStateException if a selector is being evaluated
     */
    void checkChain() {
        if (telling && chain >= CHAIN_MAX) {
            throw new StateException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "listeners of store '" + store + "' made " + CHAIN_MAX + " changes in a row; is it a loop?");
        }
        if (selectors.isEvaluating()) {
            selectors.refuseWhileEvaluating("tried to change it");
        }
    }

    /** Whether {@link #tell} has to be given the document as it was before, rather than one that may have changed since. */
    boolean needsBefore() {
        return subscriptions.hasPatterns();
    }

    /**
     * Tells of a change. Only the outermost call returns after the last listener was called. Allocates nothing where
     * nobody is told.
     *
     * @param before the document without it, as it was when the change began; null if that is not known
     * @param after the document with it
     */
    void tell(
            Store changed,
            long revision,
            List<Operation> operations,
            Origin origin,
            @Nullable Value before,
            Value after) {
        chain = telling ? chain + 1 : 0;
        if (subscriptions.count() == 0 && !selectors.isWaiting()) {
            return;
        }
        selectors.commitBegins();
        subscriptions.touch(operations, before, after, woken);
        if (selectors.isWaiting()) {
            try {
                selectors.commitEnds(changed, revision, woken);
            } catch (Error e) {
                keep(e);
            }
        }
        if (!woken.isEmpty()) {
            waiting.add(new Pending(new Change(changed, revision, operations, origin), woken.take()));
        }
        if (!telling) {
            tellWaiting();
            rethrow();
        }
    }

    /**
     * Calls a listener that was not told at the commit. What it changes is told after it has returned, and counts, as if a
     * commit had woken it alone.
     */
    void tellLater(String subscription, Runnable call) {
        if (telling) {
            tellAlone(subscription, call);
            return;
        }
        chain = 0;
        telling = true;
        tellAlone(subscription, call);
        tellWaiting();
        rethrow();
    }

    private void tellAlone(String subscription, Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            failed(subscription, e);
        } catch (Error e) {
            keep(e);
        }
    }

    private void tellWaiting() {
        telling = true;
        try {
            for (Pending next = waiting.poll(); next != null; next = waiting.poll()) {
                tellAll(next.change, next.deliveries);
            }
        } finally {
            telling = false;
        }
    }

    private void tellAll(Change change, List<Woken.Delivery> deliveries) {
        for (int i = 0; i < deliveries.size(); i++) {
            Woken.Delivery delivery = deliveries.get(i);
            try {
                delivery.deliver(change);
            } catch (RuntimeException e) {
                failed(delivery.subscription(), e);
            } catch (Error e) {
                keep(e);
            }
        }
    }

    SubscriptionReport report() {
        Map<String, Integer> listeners = new LinkedHashMap<>();
        subscriptions.forEach(watcher -> {
            if (watcher instanceof PathSubscription subscription) {
                listeners.merge(subscription.subscription(), 1, Integer::sum);
            }
        });
        List<SubscriptionReport.Place> places = new ArrayList<>();
        listeners.forEach((path, count) -> places.add(new SubscriptionReport.Place(path, count)));
        List<SubscriptionReport.Used> used = new ArrayList<>();
        selectors.nodes().forEach(node -> used.add(node.used()));
        Counts counts = selectors.counts();
        counts.notifications += notifications;
        return new SubscriptionReport(counts.metrics(), places, used, selectors.merged());
    }
}
