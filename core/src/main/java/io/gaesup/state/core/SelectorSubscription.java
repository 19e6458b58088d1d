package io.gaesup.state.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One listener of a selector. */
final class SelectorSubscription<T extends @Nullable Object> implements Subscription {

    private final long order;
    private final SelectorNode<T> node;
    private final Selection.Listener<T> listener;

    /** How fast the listener is told; null: at commit. */
    private final @Nullable Pace<Selection<T>> pace;

    private T known;
    private boolean closed;

    SelectorSubscription(
            long order,
            Notifier notifier,
            SelectorNode<T> node,
            T known,
            @Nullable Debounce debounce,
            Selection.Listener<T> listener) {
        this.order = order;
        this.node = node;
        this.known = known;
        this.listener = listener;
        this.pace = debounce == null
                ? null
                : new Pace<>(
                        debounce,
                        this::merged,
                        this::tell,
                        call -> notifier.tellLater(node.selector().toString(), call));
    }

    /** Whether {@code value} is what the listener was told last. */
    boolean knows(T value) {
        return known == value;
    }

    /** What to tell of the result {@code value}; the very same as {@code other} if that fits. */
    Selection<T> selection(Store store, long revision, T value, @Nullable Selection<T> other) {
        T before = known;
        known = value;
        return other != null && other.previous() == before ? other : new Selection<>(store, revision, value, before);
    }

    Woken.Delivery delivery(Selection<T> selection) {
        return new Told<>(this, selection);
    }

    /** From the first one's past to the last one's present; null if that is the same. */
    private @Nullable Selection<T> merged(List<Selection<T>> selections) {
        Selection<T> last = selections.getLast();
        T previous = selections.getFirst().previous();
        return node.selector().same(previous, last.value())
                ? null
                : new Selection<>(last.store(), last.revision(), last.value(), previous);
    }

    private void deliver(Selection<T> selection) {
        if (closed) {
            return;
        }
        if (pace == null) {
            tell(selection);
        } else {
            pace.offer(selection);
        }
    }

    private void tell(Selection<T> selection) {
        node.counts.notifications++;
        listener.selected(selection);
    }

    @Override
    public void close() {
        if (!closed) {
            end();
            node.left(this);
        }
    }

    /** The store was closed. */
    void end() {
        closed = true;
        if (pace != null) {
            pace.end();
        }
    }

    private record Told<T extends @Nullable Object>(SelectorSubscription<T> to, Selection<T> selection)
            implements Woken.Delivery {

        @Override
        public long order() {
            return to.order;
        }

        @Override
        public String subscription() {
            return to.node.selector().toString();
        }

        @Override
        public void deliver(Change change) {
            to.deliver(selection);
        }
    }
}
