package io.gaesup.state.core;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Carries operations that were made on one state over operations that were confirmed on it first, so that each edit
 * still hits the element it was made for.
 */
final class Rebase {

    /* Both sides of a sync use this one function: a replica on its pending batches when deltas arrive, the authority on
     * a group made on an older revision. States converge whatever it does, because the authority's result is what all
     * apply; what it decides is which row an edit lands on.
     *
     * Rules. Positions in lists move with confirmed inserts, deletes and moves. An edit of an element that is gone is
     * dropped; a test of one fails. An edit below something that was replaced is dropped if it goes through a list
     * position there, and kept if it goes through keys only: keys mean the same thing afterwards, positions do not. At
     * the same place the later one, which is the carried one, wins. A position is known as such because operations are
     * resolved (see Resolve) before they come here. */

    private Rebase() {}

    /** Carries {@code pending}, batches made one after the other, over {@code confirmed}, in place. */
    static void over(List<Operation> confirmed, List<List<Operation>> pending) {
        for (Operation operation : confirmed) {
            Operation moving = operation;
            for (int i = 0; i < pending.size() && moving != null; i++) {
                List<Operation> batch = pending.get(i);
                List<Operation> carried = new ArrayList<>(batch.size());
                for (Operation mine : batch) {
                    Operation kept = moving == null ? mine : carry(mine, moving, true);
                    moving = moving == null ? null : carry(moving, mine, false);
                    if (kept != null) {
                        carried.add(kept);
                    }
                }
                pending.set(i, carried);
            }
        }
    }

    /** Takes the effect of {@code withdrawn}, which will not happen, out of the batches made after it. */
    static void without(List<Operation> withdrawn, List<List<Operation>> later) {
        List<Operation> inverse = new ArrayList<>(withdrawn.size());
        for (Operation operation : withdrawn.reversed()) {
            switch (operation) {
                case Operation.Insert insert -> inverse.add(new Operation.Delete(insert.path()));
                case Operation.Delete delete -> {
                    if (lastIsPosition(delete.path())) {
                        inverse.add(new Operation.Insert(delete.path(), Value.NULL));
                    }
                }
                case Operation.Move move -> inverse.add(new Operation.Move(move.path(), move.from()));
                case Operation.Set set -> inverse.add(new Operation.Set(set.path(), Value.NULL));
                case Operation.Merge merge -> inverse.add(merge);
                case Operation.Increment _, Operation.Test _ -> {}
            }
        }
        over(inverse, later);
    }

    /**
     * {@code mine} as it is after {@code first}, or null if nothing is left of it. Both were made on the same state;
     * {@code after} says whether mine goes behind where both insert at one place.
     */
    static @Nullable Operation carry(Operation mine, Operation first, boolean after) {
        return switch (mine) {
            case Operation.Set set -> {
                Path path = element(set.path(), first, false);
                yield path == null ? null : path == set.path() ? set : new Operation.Set(path, set.value());
            }
            case Operation.Merge merge -> {
                Path path = element(merge.path(), first, false);
                yield path == null ? null : path == merge.path() ? merge : new Operation.Merge(path, merge.value());
            }
            case Operation.Increment add -> {
                Path path = element(add.path(), first, false);
                yield path == null ? null : path == add.path() ? add : new Operation.Increment(path, add.by());
            }
            case Operation.Delete delete -> {
                Path path = element(delete.path(), first, true);
                yield path == null ? null : path == delete.path() ? delete : new Operation.Delete(path);
            }
            case Operation.Insert insert -> {
                Path path = gap(insert.path(), first, after);
                yield path == null ? null : path == insert.path() ? insert : new Operation.Insert(path, insert.value());
            }
            case Operation.Move move -> carryMove(move, first, after);
            case Operation.Test test -> {
                Path path = element(test.path(), first, false);
                yield path == test.path()
                        ? test
                        : new Operation.Test(path == null ? nowhere(first) : path, test.value());
            }
        };
    }

    private static @Nullable Operation carryMove(Operation.Move move, Operation first, boolean after) {
        Path from = element(move.from(), first, true);
        if (from == null) {
            return null;
        }
        // where it goes counts in the list without the moved element: put it back, carry, take it out again
        boolean fromList = lastIsPosition(move.from());
        boolean toList = lastIsPosition(move.path());
        Path to = fromList ? afterInsert(move.path(), move.from(), toList, false) : move.path();
        to = toList ? gap(to, first, after) : element(to, first, false);
        if (to != null && lastIsPosition(from)) {
            to = afterDelete(to, from, toList);
        }
        if (to == null || (from.isPrefixOf(to) && from.depth() < to.depth())) {
            return null;
        }
        return from == move.from() && to.equals(move.path()) ? move : new Operation.Move(from, to);
    }

    /** Where what was at {@code path} is after {@code first}; null if it is gone. {@code deletes}: mine removes it. */
    private static @Nullable Path element(Path path, Operation first, boolean deletes) {
        return switch (first) {
            case Operation.Insert insert -> afterInsert(path, insert.path(), false, false);
            case Operation.Delete delete ->
                lastIsPosition(delete.path())
                        ? afterDelete(path, delete.path(), false)
                        : afterRemoval(path, delete.path(), deletes);
            case Operation.Move move -> afterMove(path, move, false, false);
            case Operation.Set set -> afterReplace(path, set.path());
            case Operation.Merge merge -> afterMerge(path, merge.path(), merge.value(), deletes);
            case Operation.Increment _, Operation.Test _ -> path;
        };
    }

    /** Where the place before {@code path}'s element is after {@code first}; null if its list is gone. */
    private static @Nullable Path gap(Path path, Operation first, boolean after) {
        return switch (first) {
            case Operation.Insert insert -> afterInsert(path, insert.path(), true, after);
            case Operation.Delete delete when lastIsPosition(delete.path()) -> afterDelete(path, delete.path(), true);
            case Operation.Move move -> afterMove(path, move, true, after);
            default -> element(path, first, false);
        };
    }

    private static Path afterInsert(Path path, Path inserted, boolean gap, boolean after) {
        int at = inserted.depth() - 1;
        int mine = positionIn(path, inserted, at);
        int there = inserted.index(at);
        if (mine < 0 || there < 0) {
            return path;
        }
        boolean isGap = gap && path.depth() == at + 1;
        boolean moves = isGap ? mine > there || (mine == there && after) : mine >= there;
        return moves ? path.withIndex(at, mine + 1) : path;
    }

    private static @Nullable Path afterDelete(Path path, Path deleted, boolean gap) {
        int at = deleted.depth() - 1;
        int mine = positionIn(path, deleted, at);
        int there = deleted.index(at);
        if (mine < 0 || there < 0 || mine < there) {
            return path;
        }
        if (mine == there) {
            return gap && path.depth() == at + 1 ? path : null;
        }
        return path.withIndex(at, mine - 1);
    }

    private static @Nullable Path afterMove(Path path, Operation.Move move, boolean gap, boolean after) {
        boolean isGapHere = gap && path.depth() == move.from().depth();
        if (!isGapHere && move.from().isPrefixOf(path)) {
            return path.rebased(move.from().depth(), move.path());
        }
        Path moved = lastIsPosition(move.from()) ? afterDelete(path, move.from(), gap) : path;
        if (moved == null) {
            return null;
        }
        return lastIsPosition(move.path())
                ? afterInsert(moved, move.path(), gap, after)
                : afterReplace(moved, move.path());
    }

    /** A map entry was removed: what is below it is gone; at the very place, only a second removal has nothing to do. */
    private static @Nullable Path afterRemoval(Path path, Path removed, boolean deletes) {
        if (!removed.isPrefixOf(path)) {
            return path;
        }
        return path.depth() == removed.depth() && !deletes ? path : null;
    }

    /** Something was replaced: keys below it still mean what they did, positions do not. */
    private static @Nullable Path afterReplace(Path path, Path replaced) {
        if (!replaced.isPrefixOf(path)) {
            return path;
        }
        for (int i = replaced.depth(); i < path.depth(); i++) {
            if (path.isPosition(i)) {
                return null;
            }
        }
        return path;
    }

    private static @Nullable Path afterMerge(Path path, Path merged, Value patch, boolean deletes) {
        if (!merged.isPrefixOf(path)) {
            return path;
        }
        Value at = patch;
        for (int i = merged.depth(); i < path.depth() && at instanceof MapValue map; i++) {
            Value next = map.get(path.segment(i));
            if (next == null) {
                return path;
            }
            if (next == Value.NULL) {
                return afterRemoval(path, path.prefix(i + 1), deletes);
            }
            if (!(next instanceof MapValue)) {
                return afterReplace(path, path.prefix(i + 1));
            }
            at = next;
        }
        return at instanceof MapValue ? path : afterReplace(path, merged);
    }

    /** The position {@code path} has in the list that {@code other} points into with segment {@code at}, or -1. */
    private static int positionIn(Path path, Path other, int at) {
        return path.depth() > at && path.isPosition(at) && other.prefix(at).isPrefixOf(path) ? path.index(at) : -1;
    }

    private static boolean lastIsPosition(Path path) {
        return path.isPosition(path.depth() - 1);
    }

    /** A place where nothing ever is, so that a test of a deleted element fails. */
    private static Path nowhere(Operation first) {
        Path gone = first instanceof Operation.Move move ? move.from() : first.path();
        return gone.isRoot() ? Path.ROOT.child("-") : gone.withIndex(gone.depth() - 1, Path.END);
    }
}
