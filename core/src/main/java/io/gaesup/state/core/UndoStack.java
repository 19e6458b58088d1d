package io.gaesup.state.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The steps that can be undone, or redone, the latest first. */
final class UndoStack {

    /* Undoing all steps, one after the other, would apply all their parts in this order, beginning on the document as it
     * is. So the parts are like batches that are pending, and what others do is carried through them as through those. */

    /** Batches that are undone together. */
    static final class Step {

        private final String label;
        private final Snapshot before;
        private final List<UndoPart> parts;

        Step(String label, Snapshot before, List<UndoPart> parts) {
            this.label = label;
            this.before = before;
            this.parts = new ArrayList<>(parts);
        }

        String label() {
            return label;
        }

        /** The document before the step was done. */
        Snapshot before() {
            return before;
        }

        List<UndoPart> parts() {
            return parts;
        }
    }

    private final ArrayDeque<Step> steps = new ArrayDeque<>();
    private final int capacity;
    private final int partsMax;
    private int parts;

    UndoStack(int capacity, int partsMax) {
        this.capacity = capacity;
        this.partsMax = partsMax;
    }

    int size() {
        return steps.size();
    }

    @Nullable
    Step peek() {
        return steps.peekFirst();
    }

    Iterable<Step> oldestFirst() {
        return steps::descendingIterator;
    }

    void clear() {
        steps.clear();
        parts = 0;
    }

    void push(Step step) {
        steps.addFirst(step);
        parts += step.parts.size();
        trim();
    }

    /** What was done after the latest step joins it. */
    void extend(List<UndoPart> later) {
        steps.getFirst().parts.addAll(0, later);
        parts += later.size();
        trim();
    }

    @Nullable
    Step pop() {
        Step step = steps.pollFirst();
        parts -= step == null ? 0 : step.parts.size();
        return step;
    }

    private void trim() {
        while (steps.size() > capacity || (parts > partsMax && steps.size() > 1)) {
            parts -= steps.removeLast().parts.size();
        }
    }

    /** Removes what undoes an edit that did not come to be, and steps that are nothing without it. */
    void forget(List<UndoPart> undone) {
        undone.forEach(this::forget);
    }

    /** What comes after {@code part} is carried to where it was not done. */
    private void forget(UndoPart part) {
        Step holder = null;
        List<Operation> moving = List.of();
        for (Step step : steps) {
            if (holder != null) {
                moving = carry(moving, step.parts, 0);
                continue;
            }
            int at = step.parts.indexOf(part);
            if (at >= 0) {
                holder = step;
                Operation withdrawn = part.operation;
                moving = withdrawn == null ? List.of() : Rebase.back(List.of(withdrawn));
                moving = carry(moving, step.parts, at + 1);
            }
        }
        if (holder != null) {
            holder.parts.remove(part);
            parts--;
            if (holder.parts.isEmpty()) {
                steps.remove(holder);
            }
        }
    }

    /**
     * A batch was confirmed, and met another document than when {@code parts} were made to undo it: they take the values of
     * {@code fresh}, which undo it as it was confirmed. What has no counterpart there was not confirmed.
     */
    void renew(List<UndoPart> parts, List<UndoPart> fresh) {
        List<UndoPart> unconfirmed = new ArrayList<>();
        int next = 0;
        for (UndoPart part : parts) {
            while (next < fresh.size() && fresh.get(next).isOrder) {
                next++;
            }
            if (part.isOrder || part.operation == null) {
                continue;
            }
            if (next < fresh.size() && part.isLike(fresh.get(next))) {
                part.renew(fresh.get(next));
                next++;
            } else {
                unconfirmed.add(part);
            }
        }
        if (!unconfirmed.isEmpty()) {
            forget(unconfirmed);
        }
    }

    /** Carries all steps over what somebody else did. */
    void follow(List<Operation> operations) {
        if (parts == 0) {
            return;
        }
        for (Operation operation : operations) {
            if (!(operation instanceof Operation.Increment || operation instanceof Operation.Test)) {
                carry(List.of(operation));
            }
        }
    }

    private void carry(List<Operation> operations) {
        List<Operation> moving = operations;
        for (Step step : steps) {
            if (moving.isEmpty()) {
                return;
            }
            moving = carry(moving, step.parts, 0);
        }
    }

    /** Carries {@code parts} from {@code start} on, and returns {@code operations} carried over them. */
    static List<Operation> carry(List<Operation> operations, List<UndoPart> parts, int start) {
        List<Operation> moving = operations;
        for (int i = start; i < parts.size() && !moving.isEmpty(); i++) {
            UndoPart part = parts.get(i);
            Operation mine = part.operation;
            if (mine == null) {
                continue;
            }
            if (mine instanceof Operation.Move move && !part.isOrder && moves(moving, move.from())) {
                part.carriedTo(null);
                part.reason = Undone.Reason.CHANGED;
                List<Operation> without = new ArrayList<>(moving.size() + 1);
                without.add(Rebase.inverse(move));
                without.addAll(moving);
                moving = without;
                continue;
            }
            List<Operation> carried = new ArrayList<>(1);
            moving = Rebase.over(moving, mine, carried);
            part.carriedTo(carried.isEmpty() ? null : carried.getFirst());
        }
        return moving;
    }

    private static boolean moves(List<Operation> operations, Path path) {
        for (Operation operation : operations) {
            if (operation instanceof Operation.Move move && move.from().equals(path)) {
                return true;
            }
        }
        return false;
    }
}
