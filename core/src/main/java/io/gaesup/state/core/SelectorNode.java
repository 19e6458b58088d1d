package io.gaesup.state.core;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A selector in use on one store: its result, what that depends on, and who depends on it. It is live while somebody
 * listens or a live selector reads it; then a commit that touches what it read brings it up to date. Otherwise it only
 * keeps its memo.
 */
final class SelectorNode<T extends @Nullable Object> {

    private static final Read[] NOTHING = {};

    final Counts counts = new Counts();

    /** More than the height of all it reads. */
    int height;

    /** Something it read was touched, and it was not brought up to date yet. */
    boolean queued;

    boolean live;
    boolean evaluating;

    /** The commit for which all it reads is known to be up to date. */
    long checked;

    private final Selectors selectors;
    private final Selector<T> selector;
    private final Memo<T> memo = new Memo<>();
    private final Set<SelectorNode<?>> dependents = new LinkedHashSet<>();
    private final Set<SelectorSubscription<T>> listeners = new LinkedHashSet<>();
    private Set<SelectorNode<?>> dependencies = Set.of();
    private Read[] reads = NOTHING;
    private @Nullable Footprint footprint;
    private @Nullable Evaluation<T> last;
    private @Nullable RuntimeException failure;
    private @Nullable RuntimeException cycle;

    SelectorNode(Selectors selectors, Selector<T> selector) {
        this.selectors = selectors;
        this.selector = selector;
    }

    Selector<T> selector() {
        return selector;
    }

    /** The result; throws what the function threw. */
    T value() {
        if (failure != null) {
            throw failure;
        }
        Evaluation<T> present = last;
        if (present == null) {
            throw new AssertionError(selector + " was not evaluated");
        }
        return resultOf(present);
    }

    @SuppressWarnings("NullAway") // the result of a real evaluation is a T, whatever T allows
    private static <T extends @Nullable Object> T resultOf(Evaluation<T> evaluation) {
        return evaluation.result;
    }

    /**
     * Brings the result up to date, from the memo if it can.
     *
     * @param anew even if the memo has a result: what it depends on is not up to date itself
     * @return whether it is another result, or a failure, or no failure any more
     */
    boolean update(boolean anew) {
        counts.shares += Math.max(0, listeners.size() + dependents.size() - 1);
        Evaluation<T> kept = anew ? null : kept();
        if (kept == null) {
            return evaluate();
        }
        counts.skips++;
        memo.prefer(kept.reads);
        connect(kept.reads, dependenciesIn(kept.reads));
        try {
            Evaluation<T> before = last;
            boolean same =
                    before != null && (before.result == kept.result || selector.same(resultOf(before), resultOf(kept)));
            return become(kept, same);
        } catch (RuntimeException e) {
            return fail(e);
        }
    }

    private @Nullable Evaluation<T> kept() {
        for (Read[] question : memo.questions()) {
            @Nullable Object[] answers = answersTo(question);
            Evaluation<T> kept = answers == null ? null : memo.find(question, answers);
            if (kept != null) {
                return kept;
            }
        }
        return null;
    }

    private @Nullable Object @Nullable [] answersTo(Read[] question) {
        @Nullable Object[] answers = new Object[question.length];
        for (int i = 0; i < question.length; i++) {
            if (question[i] instanceof Read.Of of) {
                SelectorNode<?> other = selectors.upToDate(of.selector(), this);
                if (other == null || other.failure != null || other.last == null) {
                    return null;
                }
                answers[i] = other.last.result;
            } else {
                answers[i] = question[i].answer(selectors.root());
            }
        }
        return answers;
    }

    private Set<SelectorNode<?>> dependenciesIn(Read[] question) {
        Set<SelectorNode<?>> found = new LinkedHashSet<>();
        for (Read read : question) {
            SelectorNode<?> other = read instanceof Read.Of of ? selectors.upToDate(of.selector(), this) : null;
            if (other != null) {
                found.add(other);
            }
        }
        return found;
    }

    private boolean evaluate() {
        Tracker tracker = new Tracker(selectors, this, reads);
        RuntimeException thrown = null;
        Evaluation<T> made = null;
        boolean same = false;
        try {
            selectors.enter(this);
            T value = selector.evaluate(tracker);
            Evaluation<T> before = last;
            same = before != null && selector.same(resultOf(before), value);
            counts.suppressed += same && failure == null ? 1 : 0;
            made = new Evaluation<>(
                    tracker.reads(), tracker.answers(), same && before != null ? resultOf(before) : value);
            same |= before != null && before.result == value;
        } catch (RuntimeException e) {
            thrown = e;
        } finally {
            selectors.leave(this);
            tracker.end();
        }
        counts.evaluations++;
        connect(made == null ? tracker.reads() : made.reads, tracker.dependencies());
        if (cycle != null) {
            thrown = cycle;
            cycle = null;
            selectors.tryAgain(this);
        }
        if (thrown != null) {
            return fail(thrown);
        }
        if (made == null) {
            throw new AssertionError(selector + " gave neither a result nor a failure");
        }
        memo.put(made);
        return become(made, same);
    }

    /** @param same whether the selector takes the result for the one there is; it may answer once only */
    private boolean become(Evaluation<T> next, boolean same) {
        boolean recovered = failure != null;
        failure = null;
        if (same) {
            return recovered;
        }
        last = next;
        return true;
    }

    private boolean fail(RuntimeException thrown) {
        RuntimeException before = failure;
        failure = thrown;
        return before == null || !String.valueOf(before.getMessage()).equals(String.valueOf(thrown.getMessage()));
    }

    /** This is part of a cycle, whatever its function makes of it. */
    void refuse(RuntimeException reason) {
        cycle = reason;
    }

    private void connect(Read[] newReads, Set<SelectorNode<?>> newDependencies) {
        boolean moved = newReads != reads || footprint == null;
        reads = newReads;
        Set<SelectorNode<?>> oldDependencies = dependencies;
        dependencies = newDependencies;
        if (!live) {
            return;
        }
        if (moved) {
            Footprint before = footprint;
            footprint = selectors.stepOn(newReads, this);
            if (before != null && before != footprint) {
                selectors.leave(before, this);
            }
        }
        int highest = -1;
        for (SelectorNode<?> dependency : newDependencies) {
            if (dependency.dependents.add(this)) {
                selectors.ensureLive(dependency);
            }
            highest = Math.max(highest, dependency.height);
        }
        for (SelectorNode<?> dependency : oldDependencies) {
            if (!newDependencies.contains(dependency)) {
                dependency.dependents.remove(this);
                selectors.releaseIfUnused(dependency);
            }
        }
        height = highest + 1;
        raiseDependents();
    }

    private void raiseDependents() {
        for (SelectorNode<?> dependent : dependents) {
            if (dependent.height <= height) {
                dependent.height = height + 1;
                dependent.raiseDependents();
            }
        }
    }

    /** Its result changed: has those who read it brought up to date, and its listeners told. */
    void announce(Store store, long revision, Woken woken) {
        dependents.forEach(selectors::enqueue);
        RuntimeException reason = failure;
        if (reason != null) {
            woken.add(new Failed(selector.toString(), reason));
            return;
        }
        Selection<T> selection = null;
        for (SelectorSubscription<T> listener : listeners) {
            if (!listener.knows(value())) {
                selection = listener.selection(store, revision, value(), selection);
                woken.add(listener.delivery(selection));
            }
        }
    }

    void joined(SelectorSubscription<T> listener) {
        listeners.add(listener);
    }

    void left(SelectorSubscription<T> listener) {
        listeners.remove(listener);
        selectors.releaseIfUnused(this);
    }

    boolean isUsed() {
        return !listeners.isEmpty() || !dependents.isEmpty();
    }

    /** Lets go of all it watches; the memo stays. */
    void rest() {
        live = false;
        Footprint before = footprint;
        if (before != null) {
            selectors.leave(before, this);
            footprint = null;
        }
        Set<SelectorNode<?>> oldDependencies = dependencies;
        dependencies = Set.of();
        for (SelectorNode<?> dependency : oldDependencies) {
            dependency.dependents.remove(this);
            selectors.releaseIfUnused(dependency);
        }
    }

    /** The store was closed. */
    void end() {
        live = false;
        listeners.forEach(SelectorSubscription::end);
        listeners.clear();
        dependents.clear();
    }

    Set<SelectorNode<?>> dependencies() {
        return dependencies;
    }

    SubscriptionReport.Used used() {
        List<String> texts = new ArrayList<>();
        for (Read read : new LinkedHashSet<>(List.of(reads))) {
            texts.add(read.toString());
        }
        return new SubscriptionReport.Used(
                selector.name(), texts, listeners.size(), dependents.size(), height, counts.metrics());
    }

    @Override
    public String toString() {
        return selector.name();
    }

    private record Failed(String subscription, RuntimeException reason) implements Woken.Delivery {

        /** Before all listeners. */
        @Override
        public long order() {
            return 0;
        }

        @Override
        public void deliver(Change change) {
            throw reason;
        }
    }
}
