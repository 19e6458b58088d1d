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
     * dropped, and so is a move into a list that is gone; a test of one fails. An edit below something that was replaced
     * is dropped if it goes through a list position there, and kept if it goes through keys only: keys mean the same thing
     * afterwards, positions do not. At the same place the later one, which is the carried one, wins. A position is known
     * as such because operations are resolved (see Resolve) before they come here.
     *
     * What is carried has to end where it would have ended the other way round: for a confirmed c and a pending p made on
     * the same state, "c, then p carried over c" and "p, then c carried over p" give the same places (the property TP1 of
     * operational transformation; Ressel, Nitsche-Ruhland, Gunzenhäuser, CSCW 1996), or what was made after p would miss.
     * c carried over p is never applied, it only tells places. So it may become another kind of operation (a move out of
     * what p deleted is an insert there), or two: where p is a move that is dropped, c comes after p was taken back. */

    /** What an operation does to the very place its path leads to. */
    private enum At {
        EDITS,
        DELETES,
        MOVES
    }

    /** Nests as deep as a whole document may, so that it is nowhere in one. */
    private static final Value TOO_DEEP = deepest();

    private Rebase() {}

    /**
     * Carries {@code pending}, batches made one after the other, over {@code confirmed}, in place.
     *
     * @return {@code confirmed} carried over {@code pending}: for places only
     */
    static List<Operation> over(List<Operation> confirmed, List<List<Operation>> pending) {
        List<Operation> all = new ArrayList<>();
        for (Operation operation : confirmed) {
            List<Operation> moving = List.of(operation);
            for (int i = 0; i < pending.size() && !moving.isEmpty(); i++) {
                List<Operation> carried = new ArrayList<>();
                for (Operation mine : pending.get(i)) {
                    moving = over(moving, mine, carried);
                }
                pending.set(i, carried);
            }
            all.addAll(moving);
        }
        return all;
    }

    /** Adds to {@code carried} what is left of {@code mine} after {@code moving}, and returns {@code moving} after mine. */
    static List<Operation> over(List<Operation> moving, Operation mine, List<Operation> carried) {
        List<Operation> moved = new ArrayList<>(moving.size());
        Operation left = mine;
        for (Operation first : moving) {
            if (left == null) {
                moved.add(first);
                continue;
            }
            Operation next = carry(left, first, true);
            if (next == null && left instanceof Operation.Move move) {
                moved.add(inverse(move));
                moved.add(first);
            } else {
                Operation after = carry(first, left, false);
                if (after != null) {
                    moved.add(after);
                }
            }
            left = next;
        }
        if (left != null && !(left != mine && isFailing(left) && endsFailing(carried))) {
            carried.add(left);
        }
        return moved;
    }

    /** One test that fails is as good as many; a batch is to take no more in a frame than when it was made. */
    private static boolean endsFailing(List<Operation> carried) {
        return !carried.isEmpty() && isFailing(carried.getLast());
    }

    private static boolean isFailing(Operation operation) {
        return operation instanceof Operation.Test test && test.value() == TOO_DEEP;
    }

    static Operation inverse(Operation.Move move) {
        Path back = move.from();
        return new Operation.Move(move.path(), back);
    }

    /**
     * Takes the effect of {@code withdrawn}, which will not happen, out of the batches made after it.
     *
     * @return what takes it out of the state after them: for places only
     */
    static List<Operation> without(List<Operation> withdrawn, List<List<Operation>> later) {
        return over(back(withdrawn), later);
    }

    /** What takes {@code operations} back, for places only. */
    static List<Operation> back(List<Operation> operations) {
        List<Operation> inverse = new ArrayList<>(operations.size());
        for (Operation operation : operations.reversed()) {
            switch (operation) {
                case Operation.Insert insert -> inverse.add(new Operation.Delete(insert.path()));
                case Operation.Delete delete -> {
                    if (lastIsPosition(delete.path())) {
                        inverse.add(new Operation.Insert(delete.path(), Value.NULL));
                    }
                }
                case Operation.Move move -> inverse.add(inverse(move));
                case Operation.Set set -> inverse.add(new Operation.Set(set.path(), Value.NULL));
                case Operation.Merge merge -> inverse.add(merge);
                case Operation.Increment _, Operation.Test _ -> {}
            }
        }
        return inverse;
    }

    /**
     * {@code mine} as it is after {@code first}, or null if nothing is left of it. Both were made on the same state.
     *
     * @param wins whether mine is the pending one, which is kept where both change the same and goes behind where both
     *     insert at one place; the confirmed one is carried for its places only
     */
    static @Nullable Operation carry(Operation mine, Operation first, boolean wins) {
        return switch (mine) {
            case Operation.Set set -> {
                Path path = element(set.path(), first, At.EDITS, wins);
                yield path == null ? null : path == set.path() ? set : new Operation.Set(path, set.value());
            }
            case Operation.Merge merge -> {
                Path path = element(merge.path(), first, At.EDITS, wins);
                yield path == null ? null : path == merge.path() ? merge : new Operation.Merge(path, merge.value());
            }
            case Operation.Increment add -> {
                Path path = element(add.path(), first, At.EDITS, wins);
                yield path == null ? null : path == add.path() ? add : new Operation.Increment(path, add.by());
            }
            case Operation.Delete delete -> {
                Path path = element(delete.path(), first, At.DELETES, wins);
                yield path == null ? null : path == delete.path() ? delete : new Operation.Delete(path);
            }
            case Operation.Insert insert -> {
                Path path = gap(insert.path(), first, wins);
                yield path == null ? null : path == insert.path() ? insert : new Operation.Insert(path, insert.value());
            }
            case Operation.Move move -> carryMove(move, first, wins);
            case Operation.Test test -> {
                Path path = element(test.path(), first, At.EDITS, wins);
                yield path == test.path()
                        ? test
                        : path == null ? failing(test) : new Operation.Test(path, test.value());
            }
        };
    }

    /* A move is a deletion and then an insertion, which counts in the state without the moved element: so where it goes is
     * carried over what the other one does to that state. */
    private static @Nullable Operation carryMove(Operation.Move move, Operation first, boolean wins) {
        if (first instanceof Operation.Move other && other.from().equals(move.from()) && !wins) {
            return null;
        }
        Operation.Delete removal = new Operation.Delete(move.from());
        Path from = element(move.from(), first, At.MOVES, wins);
        Operation rest = carry(first, removal, false);
        Path to = rest == null
                ? move.path()
                : lastIsPosition(move.path())
                        ? gap(move.path(), rest, wins)
                        : element(move.path(), rest, At.EDITS, wins);
        if (from != null && to != null) {
            return from == move.from() && to.equals(move.path()) ? move : new Operation.Move(from, to);
        }
        if (wins || removes(first, move.from())) {
            return null;
        }
        if (from != null) {
            return new Operation.Delete(from);
        }
        return to == null ? null : put(to);
    }

    private static boolean removes(Operation operation, Path path) {
        return operation instanceof Operation.Delete delete && delete.path().equals(path);
    }

    /** Something new at {@code path}, whatever it is. */
    private static Operation put(Path path) {
        return lastIsPosition(path) ? new Operation.Insert(path, Value.NULL) : new Operation.Set(path, Value.NULL);
    }

    /** Where what was at {@code path} is after {@code first}; null if it is gone, or no longer what mine was about. */
    private static @Nullable Path element(Path path, Operation first, At mine, boolean wins) {
        return switch (first) {
            case Operation.Insert insert -> afterInsert(path, insert.path(), false, false);
            case Operation.Delete delete ->
                lastIsPosition(delete.path())
                        ? afterDelete(path, delete.path(), false)
                        : afterRemoval(path, delete.path(), mine, wins);
            case Operation.Move move -> afterMove(path, move, false, mine, wins);
            case Operation.Set set -> afterReplace(path, set.path(), mine, wins);
            case Operation.Merge merge -> afterMerge(path, merge, mine, wins);
            case Operation.Increment _, Operation.Test _ -> path;
        };
    }

    /** Where the place before {@code path}'s element is after {@code first}; null if its list is gone. */
    private static @Nullable Path gap(Path path, Operation first, boolean wins) {
        return switch (first) {
            case Operation.Insert insert -> afterInsert(path, insert.path(), true, wins);
            case Operation.Delete delete when lastIsPosition(delete.path()) -> afterDelete(path, delete.path(), true);
            case Operation.Move move -> afterMove(path, move, true, At.MOVES, wins);
            default -> element(path, first, At.MOVES, wins);
        };
    }

    private static Path afterInsert(Path path, Path inserted, boolean gap, boolean behind) {
        int at = inserted.depth() - 1;
        int mine = positionIn(path, inserted, at);
        int there = inserted.index(at);
        if (mine < 0 || there < 0) {
            return path;
        }
        boolean isGap = gap && path.depth() == at + 1;
        boolean moves = isGap ? mine > there || (mine == there && behind) : mine >= there;
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

    private static @Nullable Path afterMove(Path path, Operation.Move move, boolean gap, At mine, boolean wins) {
        boolean isGapHere = gap && path.depth() == move.from().depth();
        if (!isGapHere && move.from().isPrefixOf(path)) {
            if (path.depth() - move.from().depth() + move.path().depth() > Limits.DEPTH_MAX) {
                return null;
            }
            return path.rebased(move.from().depth(), move.path());
        }
        Path moved = lastIsPosition(move.from()) ? afterDelete(path, move.from(), gap) : path;
        if (moved == null) {
            return null;
        }
        return lastIsPosition(move.path())
                ? afterInsert(moved, move.path(), gap, wins)
                : afterReplace(moved, move.path(), mine, wins);
    }

    /** A map entry was removed: what is below it is gone; at the very place, a pending edit makes it anew. */
    private static @Nullable Path afterRemoval(Path path, Path removed, At mine, boolean wins) {
        if (!removed.isPrefixOf(path)) {
            return path;
        }
        return path.depth() == removed.depth() && mine == At.EDITS && wins ? path : null;
    }

    /** Something was replaced. Keys below it still mean what they did, positions do not; what loses has no say any more. */
    private static @Nullable Path afterReplace(Path path, Path replaced, At mine, boolean wins) {
        if (!replaced.isPrefixOf(path)) {
            return path;
        }
        if (path.depth() == replaced.depth()) {
            boolean stays = mine == At.MOVES || (mine == At.DELETES && lastIsPosition(path));
            return wins || stays ? path : null;
        }
        for (int i = replaced.depth(); i < path.depth(); i++) {
            if (path.isPosition(i)) {
                return null;
            }
        }
        return wins ? path : null;
    }

    private static @Nullable Path afterMerge(Path path, Operation.Merge merge, At mine, boolean wins) {
        if (!merge.path().isPrefixOf(path)) {
            return path;
        }
        Value at = merge.value();
        for (int i = merge.path().depth(); i < path.depth() && at instanceof MapValue map; i++) {
            if (path.isPosition(i)) {
                return null;
            }
            Value next = map.get(path.segment(i));
            if (next == null) {
                return path;
            }
            if (next == Value.NULL) {
                return afterRemoval(path, path.prefix(i + 1), mine, wins);
            }
            if (!(next instanceof MapValue)) {
                return afterReplace(path, path.prefix(i + 1), mine, wins);
            }
            at = next;
        }
        return at instanceof MapValue ? path : afterReplace(path, merge.path(), mine, wins);
    }

    /** The position {@code path} has in the list that {@code other} points into with segment {@code at}, or -1. */
    private static int positionIn(Path path, Path other, int at) {
        return path.depth() > at && path.isPosition(at) && other.prefix(at).isPrefixOf(path) ? path.index(at) : -1;
    }

    private static boolean lastIsPosition(Path path) {
        return path.isPosition(path.depth() - 1);
    }

    /** A test that fails wherever it is carried, for what it was about is gone: no place below the root is that deep. */
    private static Operation failing(Operation.Test test) {
        return new Operation.Test(test.path().isRoot() ? Path.ROOT.child("-") : test.path(), TOO_DEEP);
    }

    private static Value deepest() {
        Value deepest = ListValue.EMPTY;
        for (int depth = 1; depth < Limits.DEPTH_MAX; depth++) {
            deepest = ListValue.of(deepest);
        }
        return deepest;
    }
}
