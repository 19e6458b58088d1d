package io.gaesup.state.core;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The simplest store that could be right: every batch copies the whole document, every snapshot is a copy, and every
 * commit asks each subscription whether it was meant. What the engine does is compared with what this does.
 */
public final class ModelStore implements Store {

    /** Somebody who listens. */
    private abstract class Entry implements Subscription {
        private boolean ended;

        @Nullable
        Pace<?> pace;

        /** What to do for a commit that touched {@code touched}; null if nothing. */
        abstract @Nullable Runnable told(Change change, List<Touch> touched, Object before);

        @Override
        public void close() {
            end();
            entries.remove(this);
        }

        void end() {
            ended = true;
            if (pace != null) {
                pace.end();
            }
        }
    }

    private final class PathEntry extends Entry {
        private final List<String> path;
        private final Consumer<Change> listener;

        private PathEntry(Path path, Consumer<Change> listener) {
            this.path = ModelEdit.segments(path, path.depth());
            this.listener = listener;
        }

        @Override
        @Nullable
        Runnable told(Change change, List<Touch> touched, Object before) {
            for (Touch touch : touched) {
                if (touch.wakes(path)) {
                    return () -> listener.accept(change);
                }
            }
            return null;
        }
    }

    private final class PatternEntry extends Entry {
        private final PathPattern pattern;
        private final Consumer<Change> listener;

        private PatternEntry(PathPattern pattern, Consumer<Change> listener) {
            this.pattern = pattern;
            this.listener = listener;
        }

        @Override
        @Nullable
        Runnable told(Change change, List<Touch> touched, Object before) {
            for (Touch touch : touched) {
                if (touch.wakes(pattern, before, root)) {
                    return () -> listener.accept(change);
                }
            }
            return null;
        }
    }

    /** Evaluates its selector after every commit. */
    private final class SelectorEntry<T extends @Nullable Object> extends Entry {
        private final Selector<T> selector;
        private final Consumer<Selection<T>> listener;
        private T last;

        private SelectorEntry(Selector<T> selector, Consumer<Selection<T>> listener) {
            this.selector = selector;
            this.listener = listener;
            this.last = select(selector);
        }

        @Override
        @Nullable
        Runnable told(Change change, List<Touch> touched, Object before) {
            T previous = last;
            T value;
            try {
                value = select(selector);
                if (selector.same(previous, value)) {
                    return null;
                }
            } catch (RuntimeException e) {
                return null;
            }
            last = value;
            return () -> listener.accept(new Selection<>(ModelStore.this, change.revision(), value, previous));
        }
    }

    private record Told(Entry entry, Runnable call) {}

    private record Notification(List<Told> told) {}

    private static final int CHAIN_MAX = 100;

    private final String name;
    private final List<Entry> entries = new ArrayList<>();
    private final List<Notification> waiting = new ArrayList<>();
    private Object root;
    private long revision;
    private boolean telling;
    private int chain;
    private boolean closed;

    private ModelStore(String name, Object root) {
        this.name = name;
        this.root = root;
    }

    public static ModelStore create(String name, Value initial) {
        if (Plain.depth(Plain.of(initial)) > Limits.DEPTH_MAX) {
            throw new StateException(ErrorCode.LIMIT_EXCEEDED, "the document nests too deep");
        }
        return new ModelStore(name, Plain.of(initial));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long revision() {
        return revision;
    }

    /** The document itself, as plain collections. */
    Object plain() {
        return root;
    }

    @Override
    public Snapshot snapshot() {
        checkOpen();
        return new Snapshot(name, revision, Plain.value(root));
    }

    @Override
    public @Nullable Value get(Path path) {
        checkOpen();
        Object found = ModelEdit.find(root, path);
        return found == null ? null : Plain.value(found);
    }

    @Override
    public Commit apply(Batch batch) {
        checkOpen();
        if (telling && chain >= CHAIN_MAX) {
            throw new StateException(ErrorCode.LIMIT_EXCEEDED, "a listener changes the store again and again");
        }
        List<Touch> touched = new ArrayList<>();
        Object before = root;
        Object changed = Plain.copy(root);
        for (Operation operation : batch.operations()) {
            changed = ModelEdit.apply(changed, operation, touched);
        }
        root = changed;
        revision++;
        tell(notification(new Change(this, revision, batch.operations()), touched, before));
        return new Commit(revision, Committed.at(revision));
    }

    private Notification notification(Change change, List<Touch> touched, Object before) {
        List<Told> told = new ArrayList<>();
        for (Entry entry : entries) {
            Runnable call = entry.told(change, touched, before);
            if (call != null) {
                told.add(new Told(entry, call));
            }
        }
        return new Notification(told);
    }

    private void tell(Notification notification) {
        waiting.add(notification);
        if (telling) {
            chain++;
            return;
        }
        chain = 0;
        tellWaiting();
    }

    /** Calls a listener that was not told at the commit. */
    private void tellLater(Runnable call) {
        telling = true;
        chain = 0;
        call(call);
        tellWaiting();
    }

    private void tellWaiting() {
        telling = true;
        while (!waiting.isEmpty()) {
            for (Told told : waiting.removeFirst().told) {
                if (!told.entry.ended) {
                    call(told.call);
                }
            }
        }
        telling = false;
    }

    private static void call(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException e) {
            // the others are told all the same
        }
    }

    private <E extends Entry> E add(E entry, Pace<?> pace) {
        entry.pace = pace;
        return add(entry);
    }

    private <E extends Entry> E add(E entry) {
        checkOpen();
        entries.add(entry);
        return entry;
    }

    @Override
    public Subscription subscribe(Path path, Listener listener) {
        return add(new PathEntry(path, listener::changed));
    }

    @Override
    public Subscription subscribe(Path path, Debounce debounce, Listener listener) {
        Pace<Change> pace = pace(debounce, listener);
        return add(new PathEntry(path, pace::offer), pace);
    }

    @Override
    public Subscription subscribe(PathPattern pattern, Listener listener) {
        return add(new PatternEntry(pattern, listener::changed));
    }

    @Override
    public Subscription subscribe(PathPattern pattern, Debounce debounce, Listener listener) {
        Pace<Change> pace = pace(debounce, listener);
        return add(new PatternEntry(pattern, pace::offer), pace);
    }

    private Pace<Change> pace(Debounce debounce, Listener listener) {
        return new Pace<>(debounce, Change::merged, listener::changed, this::tellLater);
    }

    @Override
    public <T extends @Nullable Object> Subscription subscribe(Selector<T> selector, Selection.Listener<T> listener) {
        return add(new SelectorEntry<>(selector, listener::selected));
    }

    @Override
    public <T extends @Nullable Object> Subscription subscribe(
            Selector<T> selector, Debounce debounce, Selection.Listener<T> listener) {
        Pace<Selection<T>> pace = new Pace<>(
                debounce,
                several -> {
                    T previous = several.getFirst().previous();
                    Selection<T> last = several.getLast();
                    return selector.same(previous, last.value())
                            ? null
                            : new Selection<>(this, last.revision(), last.value(), previous);
                },
                listener::selected,
                this::tellLater);
        return add(new SelectorEntry<>(selector, pace::offer), pace);
    }

    @Override
    public <T extends @Nullable Object> T select(Selector<T> selector) {
        checkOpen();
        return ModelReader.evaluate(selector, Plain.value(root));
    }

    /** Merges nothing and counts nothing. */
    @Override
    public SubscriptionReport subscriptions() {
        return new SubscriptionReport(new SubscriptionMetrics(0, 0, 0, 0, 0), List.of(), List.of(), List.of());
    }

    @Override
    public void close() {
        closed = true;
        entries.forEach(Entry::end);
        entries.clear();
    }

    private void checkOpen() {
        if (closed) {
            throw new StateException(ErrorCode.CLOSED, "store '" + name + "' is closed");
        }
    }
}
