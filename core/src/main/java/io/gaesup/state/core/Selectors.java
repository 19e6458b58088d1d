package io.gaesup.state.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The selectors in use on one store, and what they read of each other. */
final class Selectors {

    /* A commit enqueues the selectors whose watched paths it touched. They are brought up to date from the lowest to the
     * highest: each after all it read the last time, so once per commit. One that changed enqueues those who read it. Where
     * an evaluation reads a selector that stands higher (it did not, the last time), that one and what it depends on is
     * brought up to date first. What is being evaluated and is asked for again is a cycle. */

    /** How many selectors read each other in a row. */
    static final int HEIGHT_MAX = 256;

    /** How many selectors without listeners keep their memo. */
    static final int RESTING_MAX = 100;

    private final String store;
    private final Tree tree;
    private final Subscriptions subscriptions;
    private final Map<Selector<?>, SelectorNode<?>> shared = new HashMap<>();
    private final Map<Selector<?>, SelectorNode<?>> resting = new LinkedHashMap<>();
    private final Map<Set<Read>, Footprint> footprints = new HashMap<>();
    private final List<List<SelectorNode<?>>> queues = new ArrayList<>();
    private final List<SelectorNode<?>> stack = new ArrayList<>();
    private List<SelectorNode<?>> again = new ArrayList<>();
    private final Counts past = new Counts();
    private int queued;

    /** The height up to which all is up to date while a commit is under way. */
    private int done = -1;

    private long commit;

    Selectors(String store, Tree tree, Subscriptions subscriptions) {
        this.store = store;
        this.tree = tree;
        this.subscriptions = subscriptions;
    }

    // What nodes and trackers need.

    Value root() {
        return tree.peek();
    }

    /** A container is about to leave the store: from now on it must not change. */
    void share() {
        tree.share();
    }

    long commit() {
        return commit;
    }

    void enqueue(SelectorNode<?> node) {
        if (!node.queued && node.live) {
            node.queued = true;
            queued++;
            queue(node.height).add(node);
        }
    }

    private List<SelectorNode<?>> queue(int height) {
        while (queues.size() <= height) {
            queues.add(new ArrayList<>(2));
        }
        return queues.get(height);
    }

    void enter(SelectorNode<?> node) {
        if (stack.size() >= HEIGHT_MAX) {
            throw new StateException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "at most " + HEIGHT_MAX + " selectors of store '" + store + "' read each other in a row; '"
                            + node.selector().name() + "' would be one more");
        }
        stack.add(node);
        node.evaluating = true;
    }

    void leave(SelectorNode<?> node) {
        if (node.evaluating) {
            node.evaluating = false;
            stack.removeLast();
        }
    }

    /** Whoever takes part in a cycle is evaluated again with the next commit: no path tells when it is gone. */
    void tryAgain(SelectorNode<?> node) {
        again.add(node);
    }

    Footprint stepOn(Read[] reads, SelectorNode<?> node) {
        Footprint footprint = footprints.computeIfAbsent(
                Footprint.paths(reads), paths -> Footprint.watch(this, paths, subscriptions));
        footprint.add(node);
        return footprint;
    }

    void leave(Footprint footprint, SelectorNode<?> node) {
        if (footprint.remove(node)) {
            footprints.remove(footprint.reads());
            footprint.end(subscriptions);
        }
    }

    void ensureLive(SelectorNode<?> node) {
        if (!node.live) {
            if (node.selector().isShared()) {
                resting.remove(node.selector());
                shared.put(node.selector(), node);
            }
            node.live = true;
            node.update(false);
        }
    }

    void releaseIfUnused(SelectorNode<?> node) {
        if (!node.live || node.isUsed()) {
            return;
        }
        if (node.queued) {
            node.queued = false;
            queued--;
        }
        node.rest();
        if (node.selector().isShared()) {
            shared.remove(node.selector());
            keepResting(node);
        } else {
            past.add(node.counts);
        }
    }

    private void keepResting(SelectorNode<?> node) {
        resting.remove(node.selector());
        resting.put(node.selector(), node);
        if (resting.size() > RESTING_MAX) {
            Iterator<SelectorNode<?>> eldest = resting.values().iterator();
            past.add(eldest.next().counts);
            eldest.remove();
        }
    }

    /**
     * The selector that {@code reader} asks for, up to date.
     *
     * @throws IllegalStateException if it is waiting for the reader itself
     */
    <S extends @Nullable Object> SelectorNode<S> dependency(Selector<S> selector, SelectorNode<?> reader) {
        SelectorNode<S> node = find(selector, reader);
        if (node == null) {
            node = new SelectorNode<>(this, selector);
        }
        if (node.evaluating) {
            throw cycle(node);
        }
        if (node.live) {
            freshen(node);
        } else if (reader.live) {
            ensureLive(node);
        } else {
            node.update(false);
            if (selector.isShared()) {
                keepResting(node);
            }
        }
        return node;
    }

    /** As {@link #dependency}, or null where answering would be work: for looking whether a kept result fits. */
    @Nullable
    SelectorNode<?> upToDate(Selector<?> selector, SelectorNode<?> reader) {
        SelectorNode<?> node = find(selector, reader);
        if (node == null || node.evaluating || (reader.live && !node.live)) {
            return null;
        }
        if (node.live) {
            freshen(node);
        } else {
            node.update(false);
        }
        return node;
    }

    @SuppressWarnings("unchecked") // a node is kept under the selector it was made for
    private <S extends @Nullable Object> @Nullable SelectorNode<S> find(
            Selector<S> selector, @Nullable SelectorNode<?> reader) {
        if (selector.isShared()) {
            SelectorNode<?> node = shared.get(selector);
            return (SelectorNode<S>) (node != null ? node : resting.get(selector));
        }
        if (reader != null) {
            for (SelectorNode<?> own : reader.dependencies()) {
                if (own.selector().equals(selector)) {
                    return (SelectorNode<S>) own;
                }
            }
        }
        return null;
    }

    private IllegalStateException cycle(SelectorNode<?> node) {
        StringBuilder names = new StringBuilder();
        int from = stack.indexOf(node);
        for (SelectorNode<?> part : stack.subList(from, stack.size())) {
            names.append('\'').append(part.selector().name()).append("' -> ");
        }
        names.append('\'').append(node.selector().name()).append('\'');
        IllegalStateException reason =
                new IllegalStateException("selectors of store '" + store + "' read each other: " + names);
        stack.subList(from, stack.size()).forEach(part -> part.refuse(reason));
        return reason;
    }

    /** Brings {@code node} up to date with the commit under way, and first what it depends on. */
    private void freshen(SelectorNode<?> node) {
        if (queued == 0 || node.evaluating || node.checked == commit) {
            return;
        }
        boolean waitsForReader = false;
        if (node.height > done) {
            node.checked = commit;
            for (SelectorNode<?> dependency : List.copyOf(node.dependencies())) {
                waitsForReader |= dependency.evaluating;
                freshen(dependency);
            }
        }
        if (waitsForReader) {
            enqueue(node);
        }
        if (node.queued) {
            bringUpToDate(node, waitsForReader);
        }
    }

    // What the store's notifier needs.

    /** Whether commits matter to some selector. */
    boolean isWaiting() {
        return queued > 0 || !again.isEmpty();
    }

    void commitBegins() {
        commit++;
    }

    private @Nullable Store changed;
    private long revision;
    private Woken woken = Woken.NOBODY;

    /** Brings all that the commit touched up to date, and adds those who are to be told to {@code collector}. */
    void commitEnds(Store changedStore, long newRevision, Woken collector) {
        changed = changedStore;
        revision = newRevision;
        woken = collector;
        List<SelectorNode<?>> refused = again;
        again = new ArrayList<>();
        refused.forEach(this::enqueue);
        try {
            for (int height = 0; queued > 0; height++) {
                done = height;
                List<SelectorNode<?>> queue = queue(height);
                for (int i = 0; i < queue.size(); i++) {
                    SelectorNode<?> node = queue.get(i);
                    if (node.height > height) {
                        queue(node.height).add(node);
                    } else if (node.queued) {
                        bringUpToDate(node, false);
                    }
                }
                queue.clear();
            }
        } finally {
            done = -1;
            woken = Woken.NOBODY;
        }
    }

    private void bringUpToDate(SelectorNode<?> node, boolean anew) {
        boolean isOther = node.update(anew);
        if (node.queued) {
            node.queued = false;
            queued--;
        }
        Store store = changed;
        if (isOther && store != null) {
            node.announce(store, revision, woken);
        }
    }

    <T extends @Nullable Object> T select(Selector<T> selector) {
        refuseWhileEvaluating("asked for " + selector + " past its reader");
        SelectorNode<T> node = find(selector, null);
        if (node == null) {
            node = new SelectorNode<>(this, selector);
        }
        if (node.live) {
            node.counts.shares++;
        } else {
            node.update(false);
            if (selector.isShared()) {
                keepResting(node);
            } else {
                past.add(node.counts);
            }
        }
        return node.value();
    }

    /** The node to listen to, live. Who does not listen in the end calls {@link #releaseIfUnused}. */
    <T extends @Nullable Object> SelectorNode<T> use(Selector<T> selector) {
        refuseWhileEvaluating("subscribed to " + selector);
        SelectorNode<T> node = find(selector, null);
        if (node == null) {
            node = new SelectorNode<>(this, selector);
        }
        if (node.live) {
            node.counts.shares++;
        }
        ensureLive(node);
        return node;
    }

    boolean isEvaluating() {
        return !stack.isEmpty();
    }

    /** @throws IllegalStateException if a selector is being evaluated */
    void refuseWhileEvaluating(String what) {
        if (!stack.isEmpty()) {
            throw new IllegalStateException(
                    "selector '" + stack.getLast().selector().name() + "' of store '" + store + "' " + what
                            + "; a selector reads through its reader, and changes nothing");
        }
    }

    void clear() {
        nodes().forEach(SelectorNode::end);
        shared.clear();
        resting.clear();
        footprints.clear();
        queues.clear();
        again.clear();
        queued = 0;
    }

    /** All that are live. */
    List<SelectorNode<?>> nodes() {
        List<SelectorNode<?>> nodes = new ArrayList<>(shared.values());
        footprints
                .values()
                .forEach(footprint -> footprint.nodes().forEach(node -> {
                    if (!node.selector().isShared()) {
                        nodes.add(node);
                    }
                }));
        return nodes;
    }

    List<SubscriptionReport.Merged> merged() {
        List<SubscriptionReport.Merged> merged = new ArrayList<>();
        for (Footprint footprint : footprints.values()) {
            if (footprint.nodes().size() > 1 && !footprint.reads().isEmpty()) {
                merged.add(new SubscriptionReport.Merged(texts(footprint.reads()), texts(footprint.nodes())));
            }
        }
        return merged;
    }

    private static List<String> texts(Set<?> things) {
        List<String> texts = new ArrayList<>(things.size());
        things.forEach(thing -> texts.add(thing.toString()));
        return texts;
    }

    /** All that was counted, also by those who are gone. */
    Counts counts() {
        Counts sum = new Counts();
        sum.add(past);
        nodes().forEach(node -> sum.add(node.counts));
        resting.values().forEach(node -> sum.add(node.counts));
        return sum;
    }
}
