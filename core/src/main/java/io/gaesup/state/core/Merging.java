package io.gaesup.state.core;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * The operations of a batch, merged per path as they are added, so that applying them is equal to applying each in
 * order: the same document, the same order of keys, or the same failure of the same operation.
 */
final class Merging {

    /* Two things are kept: a log of what was added, and slots, which are what is applied. An operation either goes into
     * the open slot of its path, or of one above it, or gets a slot of its own at the end. It may skip what stands between
     * because a slot is open only while nothing with a path above, below or at its own came after it, and operations on
     * other paths neither see nor prevent each other (see OpenSlots).
     *
     * What a slot takes in:
     *   increments   take in more of them; the largest and the smallest sum on the way are bounded by the sum of those up
     *                and of those down. Should a bound not fit, or the number turn out to be a float (whose addition is not
     *                associative), the log is applied instead.
     *   set, insert  hold a known value from there on, so any operation at or below the path is done on that value at once.
     *                So they do behind a delete, where "missing" is what is known.
     *   merge        takes in a merge that has one patch with it (see Patches), and becomes a set with a set.
     *   delete       takes in a set and delete that follow it: they leave what it left.
     * A delete of a list element, an insert and a move shift what stands behind, and close the places there; a test of
     * what is not known closes what it looked at.
     *
     * Merged slots fail only if something in the log would. If they do, or a bound does not hold, the document is taken
     * back and the log is applied operation by operation: that says which one fails, by its place in the batch. */

    private static final byte ADD = 0;
    private static final byte SET = 1;
    private static final byte INSERT = 2;
    private static final byte MERGE = 3;
    private static final byte DELETE = 4;
    private static final byte OTHER = 5;
    /** Taken back by what came after. */
    private static final byte GONE = 6;

    /** Arrays of up to this many entries are kept for the next batch. */
    static final int KEPT_MAX = 4096;

    private static final int FIRST = 16;

    private final OpenSlots open = new OpenSlots(this);

    private int slots;
    private byte[] kinds = new byte[FIRST];
    private Path[] paths = new Path[FIRST];
    /** The path while the slot is open. */
    private @Nullable Path[] openPaths = new Path[FIRST];
    /** Of increments: the sum of those above 0, and of those below. */
    private long[] ups = new long[FIRST];

    private long[] downs = new long[FIRST];
    /** Whether there is more than one increment in the slot. */
    private boolean[] folded = new boolean[FIRST];
    /** Whether the content is known not to nest too deep. */
    private boolean[] fitting = new boolean[FIRST];
    /** Of a set or an insert the value, of other kinds but increments the operation. */
    private @Nullable Object[] contents = new Object[FIRST];
    /** Of a set behind a delete of the same path: the delete's slot + 1. */
    private int[] deletes = new int[FIRST];

    private int size;
    private int[] logSlots = new int[FIRST];
    private long[] logNumbers = new long[FIRST];
    /** Null for an increment by the number; the value of a set; or the operation. */
    private @Nullable Object[] logContents = new Object[FIRST];

    /** The log has contents that are not null. */
    private boolean hasContents;

    /** Containers made here while folding are of this generation. */
    private long generation = Generation.NONE;

    /** An operation on a known value failed: so will the batch, at the latest there. */
    private boolean doomed;

    static Merging of(List<Operation> operations) {
        Merging merging = new Merging();
        for (Operation operation : operations) {
            merging.add(operation);
        }
        return merging;
    }

    /** How many operations were added. */
    int size() {
        return size;
    }

    @Nullable
    Path openPath(int slot) {
        return openPaths[slot];
    }

    void close(int slot) {
        openPaths[slot] = null;
    }

    /** Forgets all; keeps arrays that are not large. */
    void clear() {
        Arrays.fill(paths, 0, slots, null);
        Arrays.fill(openPaths, 0, slots, null);
        Arrays.fill(contents, 0, slots, null);
        if (hasContents) {
            Arrays.fill(logContents, 0, size, null);
        }
        open.clear();
        hasContents = false;
        slots = 0;
        size = 0;
        generation = Generation.NONE;
        doomed = false;
    }

    /** Whether the arrays are small enough to be kept for another batch. */
    boolean isSmall() {
        return logSlots.length <= KEPT_MAX && kinds.length <= KEPT_MAX;
    }

    void increment(Path path, long by) {
        int slot = path.batchSlot();
        int at = size;
        // The way of nearly all increments: known path, room in the log, no overflow. Some 2 ns, no allocation.
        if (slot < openPaths.length
                && openPaths[slot] == path
                && kinds[slot] == ADD
                && by >= 0
                && at < logSlots.length) {
            long up = ups[slot] + by;
            if (up >= 0) {
                ups[slot] = up;
                folded[slot] = true;
                logSlots[at] = slot;
                logNumbers[at] = by;
                size = at + 1;
                return;
            }
        }
        incrementAnyhow(path, by);
    }

    private void incrementAnyhow(Path path, long by) {
        checkRoom();
        int slot = openFor(path);
        if (slot == OpenSlots.NONE) {
            slot = append(ADD, path, null);
            ups[slot] = Math.max(by, 0);
            downs[slot] = Math.min(by, 0);
            log(slot, by, null);
        } else if (paths[slot].depth() == path.depth() && add(slot, by)) {
            log(slot, by, null);
        } else {
            addTo(slot, new Operation.Increment(path, Value.of(by)));
        }
    }

    /** Adds to the number of an open slot, if it has one and the sum fits. */
    private boolean add(int slot, long by) {
        if (kinds[slot] == ADD) {
            long up = ups[slot] + Math.max(by, 0);
            long down = downs[slot] + Math.min(by, 0);
            if (up < ups[slot] || down > downs[slot]) {
                return false;
            }
            ups[slot] = up;
            downs[slot] = down;
            folded[slot] = true;
            return true;
        }
        if (isKnown(slot) && contents[slot] instanceof Value.Int old) {
            long sum = old.value() + by;
            if (((old.value() ^ sum) & (by ^ sum)) < 0) {
                return false;
            }
            contents[slot] = Value.of(sum);
            return true;
        }
        return false;
    }

    void set(Path path, Value value) {
        checkRoom();
        int slot = openFor(path);
        if (slot == OpenSlots.NONE) {
            log(append(SET, path, value), 0, value);
        } else if (isKnown(slot) && paths[slot].depth() == path.depth() && fits(slot)) {
            contents[slot] = value;
            fitting[slot] = !(value instanceof Container);
            log(slot, 0, value);
        } else {
            addTo(slot, new Operation.Set(path, value));
        }
    }

    void add(Operation operation) {
        switch (operation) {
            case Operation.Increment(var path, Value.Int by) -> increment(path, by.value());
            case Operation.Set(var path, var value) -> set(path, value);
            default -> {
                checkRoom();
                addTo(openFor(operation), operation);
            }
        }
    }

    /** Adds {@code operation}, whose place is the open slot's or below it; or is not known, if there is none. */
    private void addTo(int slot, Operation operation) {
        boolean fits = slot != OpenSlots.NONE && fold(slot, operation);
        log(fits ? slot : append(slot, operation), 0, operation);
    }

    /** The open slot of {@code path} or of one above it, or {@link OpenSlots#NONE}. */
    private int openFor(Path path) {
        int slot = path.batchSlot();
        if (slot < openPaths.length && openPaths[slot] == path) {
            return slot;
        }
        slot = doomed ? OpenSlots.NONE : open.covering(path);
        if (slot != OpenSlots.NONE && paths[slot].depth() == path.depth()) {
            openPaths[slot] = path;
            path.batchSlot(slot);
        }
        return slot;
    }

    private int openFor(Operation operation) {
        int slot = openFor(operation.path());
        return operation instanceof Operation.Move move && slot != openFor(move.from()) ? OpenSlots.NONE : slot;
    }

    /** Whether the open slot took {@code operation} in; else it has to go behind. */
    private boolean fold(int slot, Operation operation) {
        boolean isHere = isAt(slot, operation);
        if (isKnown(slot)) {
            if (!isHere || isEdit(operation)) {
                return foldIntoValue(slot, operation);
            }
            return kinds[slot] == SET && operation instanceof Operation.Delete && takeBack(slot);
        }
        if (!isHere || kinds[slot] != MERGE || !fits(slot)) {
            return false;
        }
        Operation.Merge merge = (Operation.Merge) Objects.requireNonNull(contents[slot]);
        if (operation instanceof Operation.Merge(var path, MapValue later) && KnownValue.fits(later, path.depth())) {
            MapValue both = Patches.compose((MapValue) merge.value(), later, generation());
            if (both != null) {
                contents[slot] = new Operation.Merge(path, both);
            }
            return both != null;
        }
        Value replacement = operation instanceof Operation.Set set
                ? set.value()
                : operation instanceof Operation.Merge patch && !(patch.value() instanceof MapValue)
                        ? patch.value()
                        : null;
        if (replacement != null) {
            kinds[slot] = SET;
            contents[slot] = replacement;
            fitting[slot] = !(replacement instanceof Container);
        }
        return replacement != null;
    }

    /** Whether the operation is at the slot's very path, or a move from or to there. */
    private boolean isAt(int slot, Operation operation) {
        int depth = paths[slot].depth();
        return operation.path().depth() == depth
                || (operation instanceof Operation.Move move && move.from().depth() == depth);
    }

    /** Whether an operation changes, or looks at, the value at its path, and nothing beside it. */
    private static boolean isEdit(Operation operation) {
        return switch (operation) {
            case Operation.Set _, Operation.Merge _, Operation.Increment _, Operation.Test _ -> true;
            case Operation.Delete _, Operation.Insert _, Operation.Move _ -> false;
        };
    }

    private boolean foldIntoValue(int slot, Operation operation) {
        Value value = (Value) Objects.requireNonNull(contents[slot]);
        int depth = paths[slot].depth();
        try {
            if (fits(slot) && KnownValue.fits(value, depth, operation)) {
                contents[slot] = Edit.apply(value, KnownValue.below(depth, operation), generation());
                return true;
            }
        } catch (StateException e) {
            // the batch fails too, and says so when it is applied
        }
        doomed = true;
        open.closeAll();
        return false;
    }

    /** The slot and the delete of the same path that follows it leave what the delete before it left. */
    private boolean takeBack(int slot) {
        int before = deletes[slot] - 1;
        if (before < 0 || !fits(slot)) {
            return false;
        }
        kinds[slot] = GONE;
        contents[slot] = null;
        reopen(paths[slot], before);
        return true;
    }

    private void reopen(Path path, int slot) {
        open.open(path, slot);
        openPaths[slot] = path;
        path.batchSlot(slot);
    }

    /** A slot of its own for {@code operation}, which the open slot, if there is one, did not take in. */
    private int append(int covering, Operation operation) {
        Path path = operation.path();
        if (covering != OpenSlots.NONE && kinds[covering] == DELETE && isAt(covering, operation)) {
            Value known = behindDelete(operation);
            if (known != null) {
                int slot = append(SET, path, known);
                deletes[slot] = covering + 1;
                return slot;
            }
        }
        return switch (operation) {
            case Operation.Set set -> append(SET, path, set.value());
            case Operation.Merge merge ->
                merge.value() instanceof MapValue ? append(MERGE, path, merge) : append(SET, path, merge.value());
            case Operation.Increment(var to, Value.Int by) -> {
                int slot = append(ADD, to, null);
                ups[slot] = Math.max(by.value(), 0);
                downs[slot] = Math.min(by.value(), 0);
                yield slot;
            }
            case Operation.Delete _ when path.index(path.depth() - 1) < 0 -> append(DELETE, path, operation);
            case Operation.Insert insert
            when path.index(path.depth() - 1) >= 0 -> {
                open.close(path.parent());
                yield append(INSERT, path, insert.value());
            }
            case Operation.Increment _, Operation.Test _ -> {
                open.close(path);
                yield slot(OTHER, path, operation);
            }
            case Operation.Delete _, Operation.Insert _ -> {
                open.close(path.parent());
                yield slot(OTHER, path, operation);
            }
            case Operation.Move _ -> {
                open.closeAll();
                yield slot(OTHER, path, operation);
            }
        };
    }

    /** What is at the path afterwards if nothing was there; null if that is not for this place to say. */
    private @Nullable Value behindDelete(Operation operation) {
        return switch (operation) {
            case Operation.Set set -> set.value();
            case Operation.Increment increment -> increment.by();
            case Operation.Merge merge
            when KnownValue.fits(Value.NULL, 0, merge) ->
                Edit.apply(Value.NULL, new Operation.Merge(Path.ROOT, merge.value()), generation());
            case Operation.Merge _, Operation.Delete _, Operation.Insert _, Operation.Move _, Operation.Test _ -> null;
        };
    }

    /** A new slot that is open for its path. */
    private int append(byte kind, Path path, @Nullable Object content) {
        int slot = slot(kind, path, content);
        if (!doomed) {
            reopen(path, slot);
        }
        return slot;
    }

    private int slot(byte kind, Path path, @Nullable Object content) {
        if (slots == kinds.length) {
            growSlots();
        }
        int slot = slots++;
        kinds[slot] = kind;
        paths[slot] = path;
        contents[slot] = content;
        ups[slot] = 0;
        downs[slot] = 0;
        deletes[slot] = 0;
        folded[slot] = false;
        fitting[slot] = content instanceof Value && !(content instanceof Container);
        return slot;
    }

    private void growSlots() {
        int longer = kinds.length * 2;
        kinds = Arrays.copyOf(kinds, longer);
        paths = Arrays.copyOf(paths, longer);
        openPaths = Arrays.copyOf(openPaths, longer);
        ups = Arrays.copyOf(ups, longer);
        downs = Arrays.copyOf(downs, longer);
        folded = Arrays.copyOf(folded, longer);
        fitting = Arrays.copyOf(fitting, longer);
        contents = Arrays.copyOf(contents, longer);
        deletes = Arrays.copyOf(deletes, longer);
    }

    private void checkRoom() {
        if (size == Limits.BATCH_OPERATIONS_MAX) {
            throw new StateException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "a batch has at most " + Limits.BATCH_OPERATIONS_MAX + " operations, this one got one more");
        }
        if (size == logSlots.length) {
            int longer = Math.min(size * 2, Limits.BATCH_OPERATIONS_MAX);
            logSlots = Arrays.copyOf(logSlots, longer);
            logNumbers = Arrays.copyOf(logNumbers, longer);
            logContents = Arrays.copyOf(logContents, longer);
        }
    }

    private void log(int slot, long number, @Nullable Object content) {
        logSlots[size] = slot;
        logNumbers[size] = number;
        if (content != null) {
            logContents[size] = content;
            hasContents = true;
        }
        size++;
    }

    private boolean isKnown(int slot) {
        return kinds[slot] == SET || kinds[slot] == INSERT;
    }

    private boolean fits(int slot) {
        if (!fitting[slot]) {
            Object content = contents[slot];
            Value value = content instanceof Operation.Merge merge ? merge.value() : (Value) content;
            fitting[slot] = KnownValue.fits(Objects.requireNonNull(value), paths[slot].depth());
        }
        return fitting[slot];
    }

    private long generation() {
        if (generation == Generation.NONE) {
            generation = Generation.next();
        }
        return generation;
    }

    /** What was added, one by one: a view, as long as nothing more is added. */
    List<Operation> log() {
        return new Log(this);
    }

    /**
     * Applies all of it to {@code tree}, or nothing.
     *
     * @param resolves whether what was applied is to be told with its list positions fixed
     * @return what was applied: merged, or one by one where merging would have made a difference
     * @throws StateException as {@link Tree#apply(List)} would for the {@link #log}
     */
    List<Operation> applyTo(Tree tree, boolean resolves) {
        Operation[] applied = new Operation[slots];
        boolean isStep = slots == 1 && kinds[0] != MERGE && kinds[0] != OTHER;
        Value before = isStep ? tree.peek() : tree.share();
        int count = apply(tree, applied, resolves);
        if (count >= 0) {
            return List.of(count == slots ? applied : Arrays.copyOf(applied, count));
        }
        if (!isStep) {
            tree.reset(before);
        }
        List<Operation> all = List.copyOf(log());
        if (resolves) {
            return tree.applyResolved(all);
        }
        tree.apply(all);
        return all;
    }

    /** How many operations were applied, which are put into {@code applied}; -1 if it has to be done one by one. */
    private int apply(Tree tree, Operation[] applied, boolean resolves) {
        int count = 0;
        try {
            for (int slot = 0; slot < slots; slot++) {
                if (kinds[slot] != GONE) {
                    if (folded[slot] && !addsUp(slot, Tree.find(tree.peek(), paths[slot]))) {
                        return -1;
                    }
                    Operation merged = operation(slot);
                    Operation operation = resolves ? Resolve.in(tree.peek(), merged) : merged;
                    tree.apply(operation);
                    applied[count++] = operation;
                }
            }
            return count;
        } catch (StateException e) {
            return -1;
        }
    }

    /** Whether adding the sum to {@code old} is the same as adding each number. */
    private boolean addsUp(int slot, @Nullable Value old) {
        if (old instanceof Value.Int number) {
            long value = number.value();
            return value >= 0 ? value + ups[slot] >= 0 : value + downs[slot] < 0;
        }
        return old == null;
    }

    private Operation operation(int slot) {
        Path path = paths[slot];
        Object content = contents[slot];
        return switch (kinds[slot]) {
            case ADD -> new Operation.Increment(path, Value.of(ups[slot] + downs[slot]));
            case SET -> new Operation.Set(path, (Value) Objects.requireNonNull(content));
            case INSERT -> new Operation.Insert(path, (Value) Objects.requireNonNull(content));
            default -> (Operation) Objects.requireNonNull(content);
        };
    }

    /** What was added, one by one. */
    static final class Log extends AbstractList<Operation> implements RandomAccess {

        private final Merging merging;

        private Log(Merging merging) {
            this.merging = merging;
        }

        Merging merging() {
            return merging;
        }

        @Override
        public int size() {
            return merging.size;
        }

        @Override
        public Operation get(int index) {
            Objects.checkIndex(index, merging.size);
            Object content = merging.logContents[index];
            if (content instanceof Operation operation) {
                return operation;
            }
            Path path = merging.paths[merging.logSlots[index]];
            return content instanceof Value value
                    ? new Operation.Set(path, value)
                    : new Operation.Increment(path, Value.of(merging.logNumbers[index]));
        }
    }
}
