package io.gaesup.state.core;

import org.jspecify.annotations.Nullable;

/** One listener of a path or a pattern. */
final class PathSubscription extends Watcher implements Subscription, Woken.Delivery {

    private final long order;
    private final Notifier notifier;
    private final Listener listener;

    /** How fast the listener is told; null: at commit. */
    private final @Nullable Pace<Change> pace;

    PathSubscription(Path path, long order, Notifier notifier, @Nullable Debounce debounce, Listener listener) {
        super(path, VALUE);
        this.order = order;
        this.notifier = notifier;
        this.listener = listener;
        this.pace = pace(debounce);
    }

    PathSubscription(
            PathPattern pattern, long order, Notifier notifier, @Nullable Debounce debounce, Listener listener) {
        super(pattern);
        this.order = order;
        this.notifier = notifier;
        this.listener = listener;
        this.pace = pace(debounce);
    }

    private @Nullable Pace<Change> pace(@Nullable Debounce debounce) {
        return debounce == null
                ? null
                : new Pace<>(debounce, Change::merged, this::tell, call -> notifier.tellLater(subscription(), call));
    }

    @Override
    public long order() {
        return order;
    }

    /** The path or the pattern. */
    @Override
    public String subscription() {
        return PathPattern.of(this).toString();
    }

    @Override
    void touched(Woken woken) {
        woken.add(this);
    }

    @Override
    public void deliver(Change change) {
        if (closed) {
            return;
        }
        if (pace == null) {
            tell(change);
        } else {
            pace.offer(change);
        }
    }

    private void tell(Change change) {
        notifier.count();
        listener.changed(change);
    }

    @Override
    public void close() {
        notifier.remove(this);
        end();
    }

    @Override
    void end() {
        closed = true;
        if (pace != null) {
            pace.end();
        }
    }
}
