package io.gaesup.state.core;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The simplest store that could be right: every batch copies the whole document, every snapshot is a copy, and every
 * commit asks each subscription whether it was meant. What the engine does is compared with what this does.
 */
public final class ModelStore implements Store {

    private final class Entry implements Subscription {
        private final List<String> path;
        private final Listener listener;
        private boolean ended;

        private Entry(Path path, Listener listener) {
            this.path = ModelEdit.segments(path, path.depth());
            this.listener = listener;
        }

        @Override
        public void close() {
            ended = true;
            entries.remove(this);
        }
    }

    private record Notification(Change change, List<Entry> woken) {}

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
        Object changed = Plain.copy(root);
        for (Operation operation : batch.operations()) {
            changed = ModelEdit.apply(changed, operation, touched);
        }
        root = changed;
        revision++;
        tell(new Notification(new Change(this, revision, batch.operations()), touchedBy(touched)));
        return new Commit(revision, Committed.at(revision));
    }

    private List<Entry> touchedBy(List<Touch> touched) {
        List<Entry> woken = new ArrayList<>();
        for (Entry entry : entries) {
            boolean wakes = false;
            for (Touch touch : touched) {
                wakes = wakes || touch.wakes(entry.path);
            }
            if (wakes) {
                woken.add(entry);
            }
        }
        return woken;
    }

    private void tell(Notification notification) {
        waiting.add(notification);
        if (telling) {
            chain++;
            return;
        }
        telling = true;
        chain = 0;
        while (!waiting.isEmpty()) {
            Notification next = waiting.removeFirst();
            for (Entry entry : next.woken) {
                if (!entry.ended) {
                    tell(entry, next.change);
                }
            }
        }
        telling = false;
    }

    private static void tell(Entry entry, Change change) {
        try {
            entry.listener.changed(change);
        } catch (RuntimeException e) {
            // the others are told all the same
        }
    }

    @Override
    public Subscription subscribe(Path path, Listener listener) {
        checkOpen();
        Entry entry = new Entry(path, listener);
        entries.add(entry);
        return entry;
    }

    @Override
    public void close() {
        closed = true;
        for (Entry entry : entries) {
            entry.ended = true;
        }
        entries.clear();
    }

    private void checkOpen() {
        if (closed) {
            throw new StateException(ErrorCode.CLOSED, "store '" + name + "' is closed");
        }
    }
}
