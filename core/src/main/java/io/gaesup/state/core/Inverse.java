package io.gaesup.state.core;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds what takes applied operations back. */
final class Inverse {

    /* Each operation is inverted on the document it met: a set becomes the set of what was there, a sum the opposite sum, a
     * move the move back. A merge counts as the sets and deletes it stands for. A key that comes back to a map comes back
     * at its end; the keys that stood behind it are then moved behind it again, each "from k to k", which keeps whatever
     * others write there. In maps of more keys than KEYS_IN_ORDER_MAX it stays at the end. */

    /** Up to how many keys a map may have for a key to come back to its place among the others. */
    static final int KEYS_IN_ORDER_MAX = 256;

    /** For each operation what undoes it. */
    private final List<List<UndoPart>> found = new ArrayList<>();

    private Value state;

    private Inverse(Value before) {
        state = before;
    }

    /**
     * What undoes {@code operations}, in the order in which to do it.
     *
     * @param before the document they were applied to
     * @param operations resolved; those that were applied
     * @param isOrder which of them only moved keys of a map behind a key that came back, if that is known; where some are
     *     missing, those that look like it
     */
    static List<UndoPart> of(Value before, List<Operation> operations, boolean @Nullable [] isOrder) {
        Inverse inverse = new Inverse(before);
        for (int i = 0; i < operations.size(); i++) {
            boolean orders = isOrder != null
                    && (isOrder.length == operations.size() ? isOrder[i] : isSelfMove(operations.get(i)));
            if (orders) {
                inverse.state = Tree.apply(inverse.state, List.of(operations.get(i)));
            } else {
                inverse.add(operations.get(i));
            }
        }
        List<UndoPart> parts = new ArrayList<>();
        inverse.found.reversed().forEach(parts::addAll);
        return parts;
    }

    private static boolean isSelfMove(Operation operation) {
        return operation instanceof Operation.Move move && move.from().equals(move.path());
    }

    private void add(Operation operation) {
        Value before = state;
        if (operation instanceof Operation.Test) {
            return;
        }
        if (operation instanceof Operation.Merge merge) {
            merge(merge.path(), merge.value(), Tree.apply(before, List.of(operation)));
            return;
        }
        state = Tree.apply(before, List.of(operation));
        Path path = operation.path();
        Value old = Tree.find(before, path);
        Value left = Tree.find(state, path);
        switch (operation) {
            case Operation.Set _ -> set(path, old, left);
            case Operation.Increment add -> sum(add, old, left);
            case Operation.Insert _ -> undo(UndoPart.of(new Operation.Delete(path), left));
            case Operation.Delete _ -> {
                if (old != null) {
                    deleted(before, path, old);
                }
            }
            case Operation.Move move -> moved(before, move);
            case Operation.Merge _, Operation.Test _ -> throw new AssertionError("handled above: " + operation);
        }
    }

    private void set(Path path, @Nullable Value old, @Nullable Value left) {
        if (old == null) {
            undo(UndoPart.of(new Operation.Delete(path), left));
        } else if (old != left && (old instanceof Container || !old.equals(left))) {
            undo(UndoPart.of(new Operation.Set(path, old), left));
        }
    }

    private void sum(Operation.Increment add, @Nullable Value old, @Nullable Value left) {
        Value.Number by = add.by();
        if (old != null && old.equals(left)) {
            return;
        }
        if (by instanceof Value.Int whole && whole.value() == Long.MIN_VALUE) {
            set(add.path(), old, left);
            return;
        }
        Value.Number opposite = by instanceof Value.Int whole ? Value.of(-whole.value()) : Value.of(-by.doubleValue());
        undo(UndoPart.sum(new Operation.Increment(add.path(), opposite), left, old));
    }

    private void deleted(Value before, Path path, Value old) {
        if (Tree.find(before, path.parent()) instanceof ListValue) {
            undo(UndoPart.of(new Operation.Insert(path, old), null));
        } else {
            List<UndoPart> parts = new ArrayList<>();
            parts.add(UndoPart.of(new Operation.Set(path, old), null));
            order(before, path.parent(), parts);
            found.add(parts);
        }
    }

    private void moved(Value before, Operation.Move move) {
        List<UndoPart> parts = new ArrayList<>();
        parts.add(UndoPart.of(Rebase.inverse(move), null));
        Value without = Tree.apply(before, List.of(new Operation.Delete(move.from())));
        Value overwritten = Tree.find(without, move.path().parent()) instanceof MapValue map
                ? map.get(move.path().segment(move.path().depth() - 1))
                : null;
        if (overwritten != null && move.path().isPrefixOf(move.from())) {
            set(move.path(), Tree.find(before, move.path()), Tree.find(state, move.path()));
            return;
        }
        if (overwritten != null) {
            Path place = back(move, overwritten);
            parts.add(UndoPart.of(new Operation.Set(place, overwritten), null));
            order(before, place.parent(), parts);
        }
        order(before, move.from().parent(), parts);
        found.add(parts);
    }

    /** Where a move went to, in the document before it. */
    private static Path back(Operation.Move move, Value value) {
        Operation.Set there = new Operation.Set(move.path(), value);
        if (!move.from().isPosition(move.from().depth() - 1)) {
            return there.path();
        }
        Operation carried = Rebase.carry(there, new Operation.Insert(move.from(), Value.NULL), true);
        return carried == null ? there.path() : carried.path();
    }

    /** Adds to {@code parts} what brings the keys of the map at {@code path} into the order they had before. */
    private void order(Value before, Path path, List<UndoPart> parts) {
        if (!(Tree.find(before, path) instanceof MapValue wanted) || wanted.size() > KEYS_IN_ORDER_MAX) {
            return;
        }
        List<Operation> undoing = new ArrayList<>();
        for (UndoPart part : parts) {
            undoing.add(part.on(state));
        }
        if (!(Tree.find(Tree.apply(state, undoing), path) instanceof MapValue found)) {
            return;
        }
        List<String> keys = new ArrayList<>();
        found.forEach((key, value) -> keys.add(key));
        int[] at = {0};
        boolean[] differs = {false};
        wanted.forEach((key, value) -> {
            differs[0] |= at[0] >= keys.size() || !keys.get(at[0]).equals(key);
            if (differs[0]) {
                parts.add(UndoPart.order(path.child(key)));
            }
            at[0]++;
        });
    }

    private void merge(Path path, Value patch, Value after) {
        Value old = Tree.find(state, path);
        if (!(patch instanceof MapValue entries) || !(old instanceof MapValue map)) {
            Value merged = Tree.find(after, path);
            if (merged != null) {
                add(new Operation.Set(path, merged));
            }
            return;
        }
        entries.forEach((key, value) -> {
            Path entry = path.child(key);
            if (value != Value.NULL) {
                merge(entry, value, after);
            } else if (map.containsKey(key)) {
                add(new Operation.Delete(entry));
            }
        });
    }

    private void undo(UndoPart part) {
        found.add(List.of(part));
    }
}
