package io.gaesup.state.core;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a {@link Merging} holds, the slots and the log, and how it is applied. */
abstract sealed class MergeSlots permits Merging {

    static final byte ADD = 0;
    static final byte SET = 1;
    static final byte INSERT = 2;
    static final byte MERGE = 3;
    static final byte DELETE = 4;
    static final byte OTHER = 5;
    /** Taken back by what came after. */
    static final byte GONE = 6;

    /** Arrays of up to this many entries are kept for the next batch. */
    static final int KEPT_MAX = 4096;

    static final int FIRST = 16;

    /** Increments of so many bits, without a sign, are logged as numbers on the short way. */
    static final int LOG_BITS = 31;

    /** How many slots there are, those that only wait for their path to come back among them. */
    int slots;

    /** The slots that hold something, in order. */
    int[] order = new int[FIRST];

    int held;

    /** Counted up with each batch, and within one, so that all slots are closed by that. */
    int batch = 1;

    byte[] kinds = new byte[FIRST];
    Path[] paths = new Path[FIRST];
    /** Twice the {@link #batch} in which the slot is open, and one more if it holds increments. */
    int[] states = new int[FIRST];
    /** Of increments: the sum of those above 0, and of those below. */
    long[] ups = new long[FIRST];

    long[] downs = new long[FIRST];
    /** Whether the content is known not to nest too deep. */
    boolean[] fitting = new boolean[FIRST];
    /** Of a set or an insert the value, of other kinds but increments the operation. */
    @Nullable
    Object[] contents = new Object[FIRST];
    /** Of increments in a large map: where its keys were when the value was found at the place. */
    @Nullable
    KeyIndex[] indexes = new KeyIndex[FIRST];

    int[] places = new int[FIRST];
    /** Of a set behind a delete of the same path: the delete's slot + 1. */
    int[] deletes = new int[FIRST];

    int size;
    /** The slot in the upper half; in the lower one the number, if it is an increment by 32 bits. */
    long[] log = new long[FIRST];
    /** Null for such an increment; the value of a set; or the operation. */
    @Nullable
    Object[] logContents = new Object[FIRST];

    /** How many of the logged operations went into each slot; made when somebody asks, after the last one. */
    int @Nullable [] counts;

    /** Slots have contents that are not null. */
    boolean holdsContents;

    /** The log has contents that are not null. */
    boolean hasContents;

    /** How many operations were added. */
    int size() {
        return size;
    }

    @Nullable
    Path openPath(int slot) {
        return isOpen(slot) ? paths[slot] : null;
    }

    boolean isOpen(int slot) {
        return states[slot] >>> 1 == batch;
    }

    void close(int slot) {
        states[slot] = 0;
    }

    void closeAll() {
        if (++batch == Integer.MAX_VALUE >>> 1) {
            Arrays.fill(states, 0);
            batch = 1;
        }
    }

    int slot(byte kind, Path path, @Nullable Object content) {
        if (slots == kinds.length) {
            growSlots();
        }
        int slot = slots++;
        paths[slot] = path;
        hold(slot, kind, content);
        return slot;
    }

    void hold(int slot, byte kind, @Nullable Object content) {
        order[held++] = slot;
        kinds[slot] = kind;
        contents[slot] = content;
        holdsContents |= content != null;
        states[slot] = 0;
        ups[slot] = 0;
        downs[slot] = 0;
        deletes[slot] = 0;
        fitting[slot] = content instanceof Value && !(content instanceof Container);
    }

    void growSlots() {
        int longer = kinds.length * 2;
        order = Arrays.copyOf(order, longer);
        kinds = Arrays.copyOf(kinds, longer);
        paths = Arrays.copyOf(paths, longer);
        ups = Arrays.copyOf(ups, longer);
        downs = Arrays.copyOf(downs, longer);
        states = Arrays.copyOf(states, longer);
        fitting = Arrays.copyOf(fitting, longer);
        contents = Arrays.copyOf(contents, longer);
        indexes = Arrays.copyOf(indexes, longer);
        places = Arrays.copyOf(places, longer);
        deletes = Arrays.copyOf(deletes, longer);
    }

    void checkRoom() {
        if (size == Limits.BATCH_OPERATIONS_MAX) {
            throw new StateException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "a batch has at most " + Limits.BATCH_OPERATIONS_MAX + " operations, this one got one more");
        }
        if (size == log.length) {
            int longer = Math.min(size * 2, Limits.BATCH_OPERATIONS_MAX);
            log = Arrays.copyOf(log, longer);
            logContents = Arrays.copyOf(logContents, longer);
        }
    }

    void log(int slot, long number, @Nullable Object content) {
        Object logged = content;
        if (logged == null && number != (int) number) {
            logged = new Operation.Increment(paths[slot], Value.of(number));
        }
        if (logged != null) {
            logContents[size] = logged;
            hasContents = true;
        }
        log[size++] = (long) slot << Integer.SIZE | (number & 0xffff_ffffL);
    }

    /** What was added, one by one: a view, as long as nothing more is added. */
    List<Operation> log() {
        return new MergingLog(this);
    }

    /**
     * Applies all of it to {@code tree}, or nothing.
     *
     * @param resolves whether what was applied is to be told with its list positions fixed
     * @return what was applied: merged, or one by one where merging would have made a difference
     * @throws StateException as {@link Tree#apply(List)} would for the {@link #log}
     */
    List<Operation> applyTo(Tree tree, boolean resolves) {
        byte kind = held == 1 ? kinds[order[0]] : OTHER;
        boolean isStep = kind != MERGE && kind != OTHER;
        Value before = isStep ? tree.peek() : tree.share();
        AppliedOperations applied = new AppliedOperations(held);
        if (apply(tree, applied, resolves)) {
            return applied;
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

    /** Whether all slots could be applied; if not, it has to be done one by one. */
    boolean apply(Tree tree, AppliedOperations applied, boolean resolves) {
        try {
            for (int i = 0; i < held; i++) {
                int slot = order[i];
                if (kinds[slot] == ADD && !resolves && addInPlace(tree, slot)) {
                    applied.add(paths[slot], ups[slot] + downs[slot]);
                } else if (kinds[slot] != GONE) {
                    if (kinds[slot] == ADD && isMerged(slot) && !addsUp(slot, Tree.find(tree.peek(), paths[slot]))) {
                        return false;
                    }
                    Operation operation = operation(slot);
                    if (resolves) {
                        operation = Resolve.in(tree.peek(), operation);
                    }
                    tree.apply(operation);
                    applied.append(operation);
                }
            }
            return true;
        } catch (StateException e) {
            return false;
        }
    }

    /** Whether a slot of increments holds more than one. */
    boolean isMerged(int slot) {
        if (size == held) {
            return false;
        }
        if (counts == null) {
            counts = new int[slots];
            for (int i = 0; i < size; i++) {
                counts[(int) (log[i] >>> Integer.SIZE)]++;
            }
        }
        return counts[slot] > 1;
    }

    /** Adds to an int right below the root, if that is a large map: the shortest way there is. */
    boolean addInPlace(Tree tree, int slot) {
        Path path = paths[slot];
        if (path.depth() != 1 || !(tree.peek() instanceof LargeMap map)) {
            return false;
        }
        if (indexes[slot] != map.index()) {
            indexes[slot] = map.index();
            places[slot] = map.place(path, 0);
        }
        return places[slot] >= 0 && tree.add(places[slot], ups[slot], downs[slot]);
    }

    /** Whether adding the sum to {@code old} is the same as adding each number. */
    boolean addsUp(int slot, @Nullable Value old) {
        return old == null || (old instanceof Value.Int number && addsUp(number.value(), ups[slot], downs[slot]));
    }

    /** Whether no sum on the way passes 64 bits, in whatever order they are added. */
    static boolean addsUp(long value, long ups, long downs) {
        return value >= 0 ? value + ups >= 0 : value + downs < 0;
    }

    Operation operation(int slot) {
        Path path = paths[slot];
        Object content = contents[slot];
        return switch (kinds[slot]) {
            case ADD -> new Operation.Increment(path, Value.of(ups[slot] + downs[slot]));
            case SET -> new Operation.Set(path, (Value) Objects.requireNonNull(content));
            case INSERT -> new Operation.Insert(path, (Value) Objects.requireNonNull(content));
            default -> (Operation) Objects.requireNonNull(content);
        };
    }

    /** The operation that was added as the {@code index}-th. */
    Operation logged(int index) {
        Objects.checkIndex(index, size);
        Object content = logContents[index];
        if (content instanceof Operation operation) {
            return operation;
        }
        Path path = paths[(int) (log[index] >>> Integer.SIZE)];
        return content instanceof Value value
                ? new Operation.Set(path, value)
                : new Operation.Increment(path, Value.of((int) log[index]));
    }
}
