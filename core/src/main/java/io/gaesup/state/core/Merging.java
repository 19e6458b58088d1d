package io.gaesup.state.core;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The operations of a batch, merged per path as they are added, so that applying them is equal to applying each in
 * order: the same document, the same order of keys, or the same failure of the same operation.
 */
final class Merging extends MergeSlots {

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

    private final OpenSlots open = new OpenSlots(this);

    /* Batches of one store often touch the same places again. After a batch in which no place led to another, its slots stay
     * with their paths, and as long as a batch brings no other path, a slot is taken again without looking for what is
     * above, below or beside it: nothing is. The first operation that is none of these ends that (see settled). */
    private boolean isRepeating;

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

    /** Forgets all but the paths, if they may be expected again. */
    void clear() {
        isRepeating = isRepeating || isPlain();
        if (!isRepeating) {
            Arrays.fill(paths, 0, slots, null);
            Arrays.fill(indexes, 0, slots, null);
        }
        if (!isRepeating || holdsContents) {
            Arrays.fill(contents, 0, slots, null);
            holdsContents = false;
        }
        if (!isRepeating) {
            slots = 0;
        }
        closeAll();
        open.clear();
        if (hasContents) {
            Arrays.fill(logContents, 0, size, null);
        }
        hasContents = false;
        counts = null;
        held = 0;
        size = 0;
        generation = Generation.NONE;
        doomed = false;
    }

    /** Whether all slots are open and have paths of one depth, so that none of them leads to another's. */
    private boolean isPlain() {
        if (doomed || held != slots || slots == 0) {
            return false;
        }
        for (int slot = 0; slot < slots; slot++) {
            if (!isOpen(slot) || paths[slot].depth() != paths[0].depth()) {
                return false;
            }
        }
        return true;
    }

    /** Whether the path's slot of an earlier batch is there to be taken again. */
    private boolean mayTakeAgain(Path path) {
        int slot = path.batchSlot();
        return isRepeating && slot < slots && paths[slot] == path && !isOpen(slot);
    }

    /** What is open, by path, after the first path that did not come back. */
    private OpenSlots settled() {
        if (isRepeating) {
            isRepeating = false;
            for (int i = 0; i < held; i++) {
                open.open(paths[order[i]], order[i]);
            }
        }
        return open;
    }

    /** Whether the arrays are small enough to be kept for another batch. */
    boolean isSmall() {
        return log.length <= KEPT_MAX && kinds.length <= KEPT_MAX;
    }

    void increment(Path path, long by) {
        // The way of nearly all increments: a path that was met before, room in the log, no overflow. Some 2 ns, no
        // allocation; as long as nothing else comes, the compiler sees a loop without calls.
        int slot = path.batchSlot();
        int at = size;
        if (slot < slots && paths[slot] == path && by >>> LOG_BITS == 0 && at < log.length) {
            int state = states[slot];
            long up = ups[slot] + by;
            if (state == (batch << 1 | 1) && up >= 0) {
                ups[slot] = up;
                log[at] = (long) slot << Integer.SIZE | by;
                size = at + 1;
                return;
            }
            if (isRepeating && state >>> 1 != batch) {
                takeAgain(slot, by, 0);
                log[at] = (long) slot << Integer.SIZE | by;
                size = at + 1;
                return;
            }
        }
        incrementAnyhow(path, by);
    }

    private void takeAgain(int slot, long up, long down) {
        order[held++] = slot;
        kinds[slot] = ADD;
        states[slot] = batch << 1 | 1;
        ups[slot] = up;
        downs[slot] = down;
    }

    private void incrementAnyhow(Path path, long by) {
        checkRoom();
        int slot = path.batchSlot();
        if (mayTakeAgain(path)) {
            takeAgain(slot, Math.max(by, 0), Math.min(by, 0));
            log(slot, by, null);
            return;
        }
        slot = openFor(path);
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
        if (mayTakeAgain(path)) {
            hold(path.batchSlot(), SET, value);
            openAt(path.batchSlot(), path);
            log(path.batchSlot(), 0, value);
            return;
        }
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
        if (slot < slots && paths[slot] == path && isOpen(slot)) {
            return slot;
        }
        slot = doomed ? OpenSlots.NONE : settled().covering(path);
        if (slot != OpenSlots.NONE && paths[slot].depth() == path.depth()) {
            openAt(slot, path);
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
            if (!isHere || KnownValue.isEdit(operation)) {
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
        settled().closeAll();
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
        settled().open(path, slot);
        openAt(slot, path);
    }

    private void openAt(int slot, Path path) {
        paths[slot] = path;
        states[slot] = batch << 1 | (kinds[slot] == ADD ? 1 : 0);
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
                settled().close(path.parent());
                yield append(INSERT, path, insert.value());
            }
            case Operation.Increment _, Operation.Test _ -> {
                settled().close(path);
                yield slot(OTHER, path, operation);
            }
            case Operation.Delete _, Operation.Insert _ -> {
                settled().close(path.parent());
                yield slot(OTHER, path, operation);
            }
            case Operation.Move _ -> {
                settled().closeAll();
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
}
