package io.gaesup.state.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A store with a memory: edits made through it can be undone and redone, and whole earlier documents restored. It is
 * the store it was made of, seen by one author; whatever reaches that store otherwise was done by others.
 *
 * <p>An undo takes the author's own edits back, wherever they are by now, and leaves others' alone: a row that was moved is
 * found where it is, and a place is left as it is if it does not hold what the edit left there. What was left alone is
 * reported. A {@link #restore} brings the whole document back, others' edits included. Each is a commit like any other:
 * one revision, with operations that listeners, journals and replicas see, and an edit that can be undone itself.
 *
 * <p>On a {@link Replica} an undo is pending until the server has decided, as any edit. If somebody changed one of its places
 * in the meantime, the whole undo is refused, its {@link Commit#committed} says so, and its step is gone.
 *
 * <p>Memory: at most {@link Settings#capacity} steps, and {@value #PARTS_MAX} operations in all of them, older ones are
 * dropped first. Each step keeps the document as it was, which shares with the others what did not change. Cost: an edit costs
 * as much again as without, and its batch is applied a second time if it has several operations; what others do costs
 * O(operations kept), but for sums. Threads: the store's owner only.
 */
public final class History implements Store {

    /* What the author did is inverted when it is applied, and from then on carried along with everything that moves places
     * (see UndoStack), by the same function that rebases pending batches. So an undo need not look back: its operations are
     * those of the step on top. Carrying tells places only; what somebody else wrote at the very place is seen by comparing
     * values when the undo is made. */

    /** How many operations all steps together keep. */
    public static final int PARTS_MAX = 100_000;

    /**
     * What to keep.
     *
     * @param capacity how many steps can be undone, and how many redone
     * @param namedMax how many snapshots can have a name at a time
     * @param groupNanos edits that follow each other faster than this are one step; 0: each is one of its own
     */
    public record Settings(int capacity, int namedMax, long groupNanos) {

        /** 100 steps, 100 named snapshots, no grouping by time. */
        public static Settings defaults() {
            return new Settings(100, 100, 0);
        }

        public Settings {
            if (capacity < 1 || namedMax < 0 || groupNanos < 0) {
                throw new IllegalArgumentException("history with a capacity of " + capacity + " steps, at most "
                        + namedMax + " named snapshots, groups of " + groupNanos + " ns");
            }
        }

        public Settings withCapacity(int steps) {
            return new Settings(steps, namedMax, groupNanos);
        }

        public Settings withNamedMax(int snapshots) {
            return new Settings(capacity, snapshots, groupNanos);
        }

        public Settings withGroupNanos(long nanos) {
            return new Settings(capacity, namedMax, nanos);
        }
    }

    /** Edits that are one step. */
    public interface Group extends AutoCloseable {

        /** The next edit begins another step. */
        @Override
        void close();
    }

    private enum Kind {
        EDIT,
        UNDO,
        REDO
    }

    /** What the author is about to apply. */
    private static final class Recording {

        private final Kind kind;
        private final Snapshot before;
        private final String label;
        private final boolean @Nullable [] isOrder;

        /** What undoes it, once it is applied. */
        private List<UndoPart> parts = List.of();

        private Recording(Kind kind, Snapshot before, String label, boolean @Nullable [] isOrder) {
            this.kind = kind;
            this.before = before;
            this.label = label;
            this.isOrder = isOrder;
        }
    }

    /** What undoes a batch that is not confirmed yet, and where that is kept. */
    private record Outstanding(UndoStack stack, List<UndoPart> parts, boolean @Nullable [] isOrder) {}

    private final Store store;
    private final Followers followers;
    private final Followers.Follower follower = new Followers.Follower() {
        @Override
        public void follow(List<Operation> operations) {
            History.this.follow(operations);
        }

        @Override
        public void carried(Committed batch, Value before, List<Operation> operations) {
            Outstanding mine = outstanding.get(batch);
            if (mine != null) {
                mine.stack.renew(mine.parts, Inverse.of(before, operations, mine.isOrder));
            }
        }
    };
    private final Settings settings;
    private final @Nullable Scheduler clock;
    private final UndoStack undo;
    private final UndoStack redo;
    private final Map<Committed, Outstanding> outstanding = new HashMap<>();
    private final Map<String, Snapshot> named = new LinkedHashMap<>();

    private @Nullable Recording recording;
    private boolean joins;
    private long lastNanos;
    private int openGroups;
    private String groupLabel = "";

    private History(Store store, Followers followers, Settings settings, @Nullable Scheduler clock) {
        if (clock == null && settings.groupNanos > 0) {
            throw new IllegalArgumentException("grouping by time needs a clock");
        }
        this.store = store;
        this.followers = followers;
        this.settings = settings;
        this.clock = clock;
        this.undo = new UndoStack(settings.capacity, PARTS_MAX);
        this.redo = new UndoStack(settings.capacity, PARTS_MAX);
        followers.add(follower);
    }

    /** A history of {@code store} that begins now. A store may have several, one for each author. */
    public static History of(LocalStore store) {
        return of(store, Settings.defaults(), null);
    }

    /** As {@link #of(LocalStore)}; {@code clock} is needed for grouping by time only. */
    public static History of(LocalStore store, Settings settings, @Nullable Scheduler clock) {
        return new History(store, store.followers(), settings, clock);
    }

    /** A history of what is edited here, through it; what the server sends was done by others. */
    public static History of(Replica replica) {
        return of(replica, Settings.defaults(), null);
    }

    /** As {@link #of(Replica)}; {@code clock} is needed for grouping by time only. */
    public static History of(Replica replica, Settings settings, @Nullable Scheduler clock) {
        return new History(replica, replica.followers(), settings, clock);
    }

    @Override
    public String name() {
        return store.name();
    }

    @Override
    public long revision() {
        return store.revision();
    }

    @Override
    public Snapshot snapshot() {
        return store.snapshot();
    }

    @Override
    public @Nullable Value get(Path path) {
        return store.get(path);
    }

    @Override
    public Subscription subscribe(Path path, Listener listener) {
        return store.subscribe(path, listener);
    }

    @Override
    public Subscription subscribe(Path path, Debounce debounce, Listener listener) {
        return store.subscribe(path, debounce, listener);
    }

    @Override
    public Subscription subscribe(PathPattern pattern, Listener listener) {
        return store.subscribe(pattern, listener);
    }

    @Override
    public Subscription subscribe(PathPattern pattern, Debounce debounce, Listener listener) {
        return store.subscribe(pattern, debounce, listener);
    }

    @Override
    public <T extends @Nullable Object> Subscription subscribe(Selector<T> selector, Selection.Listener<T> listener) {
        return store.subscribe(selector, listener);
    }

    @Override
    public <T extends @Nullable Object> Subscription subscribe(
            Selector<T> selector, Debounce debounce, Selection.Listener<T> listener) {
        return store.subscribe(selector, debounce, listener);
    }

    @Override
    public <T extends @Nullable Object> T select(Selector<T> selector) {
        return store.select(selector);
    }

    @Override
    public SubscriptionReport subscriptions() {
        return store.subscriptions();
    }

    /** Closes the store, and forgets everything. */
    @Override
    public void close() {
        detach();
        store.close();
    }

    /** Forgets everything and no longer follows the store, which stays as it is. */
    public void detach() {
        followers.remove(follower);
        clear();
        named.clear();
    }

    /** Applies {@code batch} as an edit of this author; it is a step of its own, or part of the group it is made in. */
    @Override
    public Commit apply(Batch batch) {
        return apply(batch, groupLabel);
    }

    private Commit apply(Batch batch, String label) {
        return record(new Recording(Kind.EDIT, store.snapshot(), label, null), batch, undo);
    }

    private Commit record(Recording about, Batch batch, UndoStack stack) {
        recording = about;
        try {
            Commit commit = store.apply(batch);
            awaitDecision(commit.committed(), new Outstanding(stack, about.parts, about.isOrder));
            return commit;
        } finally {
            recording = null;
        }
    }

    /** An edit that is refused later was never made; one that is confirmed may have met something else than was seen here. */
    private void awaitDecision(Committed batch, Outstanding mine) {
        if (batch.isDone() || mine.parts.isEmpty()) {
            return;
        }
        outstanding.put(batch, mine);
        batch.whenDone(new Committed.Callback() {
            @Override
            public void confirmed(long revision) {
                outstanding.remove(batch);
            }

            @Override
            public void failed(StateException reason) {
                outstanding.remove(batch);
                mine.stack.forget(mine.parts);
            }
        });
    }

    /** Called by the store, in the middle of applying, before listeners are. */
    private void follow(List<Operation> operations) {
        Recording mine = recording;
        recording = null;
        if (mine == null) {
            undo.follow(operations);
            redo.follow(operations);
            return;
        }
        List<UndoPart> parts = Inverse.of(mine.before.root(), operations, mine.isOrder);
        if (parts.size() > PARTS_MAX) {
            Value left = Tree.apply(mine.before.root(), operations);
            parts = List.of(UndoPart.of(new Operation.Set(Path.ROOT, mine.before.root()), left));
        }
        mine.parts = parts;
        switch (mine.kind) {
            case EDIT -> {
                if (!parts.isEmpty()) {
                    redo.clear();
                    edited(mine, parts);
                }
            }
            case UNDO -> redo.push(new UndoStack.Step(mine.label, mine.before, parts));
            case REDO -> undo.push(new UndoStack.Step(mine.label, mine.before, parts));
        }
    }

    private void edited(Recording mine, List<UndoPart> parts) {
        long now = clock == null ? 0 : clock.nanoTime();
        UndoStack.Step last = undo.peek();
        boolean near = openGroups > 0 || (settings.groupNanos > 0 && now - lastNanos <= settings.groupNanos);
        if (joins && near && last != null && last.parts().size() + parts.size() <= PARTS_MAX) {
            undo.extend(parts);
        } else {
            undo.push(new UndoStack.Step(mine.label, mine.before, parts));
            joins = true;
        }
        lastNanos = now;
    }

    /**
     * From now on, edits are one step, until the group is closed. Groups may be nested: the outermost counts.
     *
     * @param label what the author did, such as "paste"; may be empty
     */
    public Group group(String label) {
        if (openGroups == 0) {
            joins = false;
            groupLabel = label;
        }
        openGroups++;
        boolean[] open = {true};
        return () -> {
            if (open[0]) {
                open[0] = false;
                openGroups--;
                if (openGroups == 0) {
                    endStep();
                    groupLabel = "";
                }
            }
        };
    }

    /** The next edit begins a new step, however soon it follows. */
    public void endStep() {
        joins = false;
    }

    public boolean canUndo() {
        return undo.size() > 0;
    }

    public boolean canRedo() {
        return redo.size() > 0;
    }

    /** How many steps can be undone. */
    public int undoCount() {
        return undo.size();
    }

    /** How many steps can be redone. */
    public int redoCount() {
        return redo.size();
    }

    /** The label of the step {@link #undo} would take back; null if there is none. */
    public @Nullable String undoLabel() {
        UndoStack.Step step = undo.peek();
        return step == null ? null : step.label();
    }

    /** The label of the step {@link #redo} would do again; null if there is none. */
    public @Nullable String redoLabel() {
        UndoStack.Step step = redo.peek();
        return step == null ? null : step.label();
    }

    /**
     * Takes back the author's last step; null if there is none.
     *
     * @throws StateException as {@link Store#apply}; the step is gone then
     */
    public @Nullable Undone undo() {
        return revert(undo, redo, Kind.UNDO);
    }

    /** Does the step again that was undone last; null if there is none, as after every edit. Fails as {@link #undo}. */
    public @Nullable Undone redo() {
        return revert(redo, undo, Kind.REDO);
    }

    private @Nullable Undone revert(UndoStack from, UndoStack to, Kind kind) {
        endStep();
        if (store instanceof Replica replica) {
            replica.tellCarried();
        }
        Snapshot before = store.snapshot();
        UndoStack.Step step = from.pop();
        if (step == null) {
            return null;
        }
        Tree now = new Tree(before.root());
        List<Operation> operations = new ArrayList<>();
        List<Boolean> isOrder = new ArrayList<>();
        List<Undone.Skipped> skipped = new ArrayList<>();
        List<UndoPart> parts = step.parts();
        for (int i = 0; i < parts.size(); i++) {
            UndoPart part = parts.get(i);
            Undone.Reason reason = part.obstacle(now.peek());
            if (reason == null) {
                try {
                    Operation operation = part.on(now.peek());
                    now.apply(List.of(operation));
                    guard(part, operation, operations, isOrder);
                    continue;
                } catch (StateException e) {
                    reason = Undone.Reason.CHANGED;
                }
            }
            if (!part.isOrder) {
                skipped.add(new Undone.Skipped(part.place, reason));
            }
            Operation withdrawn = part.operation;
            if (withdrawn != null) {
                List<Operation> back = Rebase.back(List.of(withdrawn));
                from.follow(UndoStack.carry(back, parts, i + 1));
            }
        }
        if (operations.isEmpty()) {
            return new Undone(null, skipped);
        }
        boolean[] flags = new boolean[isOrder.size()];
        for (int i = 0; i < flags.length; i++) {
            flags[i] = isOrder.get(i);
        }
        Commit commit = record(new Recording(kind, before, step.label(), flags), new Batch(operations), to);
        return new Undone(commit, skipped);
    }

    /** Adds {@code operation}, and on a replica before it a test that nobody was there first. */
    private void guard(UndoPart part, Operation operation, List<Operation> operations, List<Boolean> isOrder) {
        Value left = part.left;
        boolean replaces = operation instanceof Operation.Set || operation instanceof Operation.Delete;
        if (store instanceof Replica && replaces && left != null) {
            operations.add(new Operation.Test(operation.path(), left));
            isOrder.add(false);
        }
        operations.add(operation);
        isOrder.add(part.isOrder);
    }

    /** Keeps the document as it is under {@code name}, in place of what had that name.
     *
     * @throws StateException with code {@code LIMIT_EXCEEDED} if {@link Settings#namedMax} others have a name
     */
    public Snapshot save(String name) {
        if (!named.containsKey(name) && named.size() >= settings.namedMax) {
            throw new StateException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "at most " + settings.namedMax + " snapshots of store '" + name() + "' have a name; '" + name
                            + "' would be one more");
        }
        Snapshot snapshot = store.snapshot();
        named.put(name, snapshot);
        return snapshot;
    }

    /** What was saved as {@code name}, or null. */
    public @Nullable Snapshot saved(String name) {
        return named.get(name);
    }

    /** The names of saved snapshots, in the order they were first used. */
    public List<String> savedNames() {
        return List.copyOf(named.keySet());
    }

    /** Forgets what was saved as {@code name}. */
    public void drop(String name) {
        named.remove(name);
    }

    /** The documents before each step that can be undone, oldest first. */
    public List<Snapshot> snapshots() {
        List<Snapshot> snapshots = new ArrayList<>();
        undo.oldestFirst().forEach(step -> snapshots.add(step.before()));
        return snapshots;
    }

    /**
     * Brings back the document saved as {@code name}, as {@link #restore(Snapshot)} does.
     *
     * @throws StateException with code {@code NOT_FOUND} if there is none
     */
    public Commit restore(String name) {
        Snapshot snapshot = named.get(name);
        if (snapshot == null) {
            throw new StateException(
                    ErrorCode.NOT_FOUND, "no snapshot of store '" + name() + "' is saved as '" + name + "'");
        }
        return restore(snapshot);
    }

    /**
     * Makes the document what it is in {@code snapshot}, whoever changed it since: as one batch of what differs, which is a
     * step of its own. Cost: O(changed) for a snapshot of this store.
     */
    public Commit restore(Snapshot snapshot) {
        endStep();
        Value now = store.snapshot().root();
        List<Operation> operations = Differ.operations(now, snapshot.root());
        if (operations.size() > Limits.BATCH_OPERATIONS_MAX) {
            operations = List.of(new Operation.Set(Path.ROOT, snapshot.root()));
        }
        Commit commit = apply(new Batch(operations), "restore");
        endStep();
        return commit;
    }

    /** Forgets all steps; saved snapshots stay. */
    public void clear() {
        undo.clear();
        redo.clear();
        endStep();
    }
}
