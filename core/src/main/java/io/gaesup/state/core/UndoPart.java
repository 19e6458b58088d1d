package io.gaesup.state.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One operation of an undo, made when the edit was made, and carried along with what others do. */
final class UndoPart {

    /** What has to be there for it to be done: what the edit left; null if nothing is to be there. */
    @Nullable
    Value left;

    /** For a sum: what was there before, null if nothing. */
    @Nullable
    Value before;

    /** It only puts a key of a map behind others: left out where it does not fit, and never reported. */
    final boolean isOrder;

    /** Null when others took its place away, or it was withdrawn. */
    @Nullable
    Operation operation;

    /** Where the edit was; for the report. */
    Path place;

    /** Why it has no operation any more. */
    Undone.Reason reason = Undone.Reason.GONE;

    private UndoPart(Operation operation, @Nullable Value left, @Nullable Value before, boolean isOrder) {
        this.operation = operation;
        this.place = operation instanceof Operation.Move move ? move.from() : operation.path();
        this.left = left;
        this.before = before;
        this.isOrder = isOrder;
    }

    static UndoPart of(Operation operation, @Nullable Value left) {
        return new UndoPart(operation, left, null, false);
    }

    static UndoPart sum(Operation.Increment back, @Nullable Value left, @Nullable Value before) {
        return new UndoPart(back, left, before, false);
    }

    static UndoPart order(Path key) {
        return new UndoPart(new Operation.Move(key, key), null, null, true);
    }

    void carriedTo(@Nullable Operation carried) {
        operation = carried;
        if (carried != null) {
            place = carried instanceof Operation.Move move ? move.from() : carried.path();
        }
    }

    /** Whether {@code fresh} undoes the same operation, found anew on another document. */
    boolean isLike(UndoPart fresh) {
        Operation mine = operation;
        Operation other = fresh.operation;
        if (mine == null || other == null || mine.path().depth() != other.path().depth()) {
            return false;
        }
        boolean sameKind = mine.getClass() == other.getClass() || (puts(mine) && puts(other));
        int last = mine.path().depth() - 1;
        return sameKind
                && (last < 0
                        || mine.path().isPosition(last)
                        || mine.path().segment(last).equals(other.path().segment(last)));
    }

    private static boolean puts(Operation operation) {
        return operation instanceof Operation.Set
                || operation instanceof Operation.Increment
                || (operation instanceof Operation.Delete delete
                        && !delete.path().isPosition(delete.path().depth() - 1));
    }

    /** Takes the values of {@code fresh}, which is {@link #isLike like} this; the place stays. */
    void renew(UndoPart fresh) {
        Operation mine = operation;
        if (mine == null || mine instanceof Operation.Move) {
            return;
        }
        left = fresh.left;
        before = fresh.before;
        operation = switch (fresh.operation) {
            case Operation.Set set -> new Operation.Set(mine.path(), set.value());
            case Operation.Insert insert -> new Operation.Insert(mine.path(), insert.value());
            case Operation.Increment add -> new Operation.Increment(mine.path(), add.by());
            case Operation.Delete _ -> new Operation.Delete(mine.path());
            case null, default -> mine;
        };
    }

    /** Why it cannot be done on {@code now}; null if it can. */
    Undone.@Nullable Reason obstacle(Value now) {
        return switch (operation) {
            case null -> reason;
            case Operation.Set set
            when left == null ->
                Tree.find(now, set.path()) != null
                        ? Undone.Reason.CHANGED
                        : Tree.find(now, set.path().parent()) instanceof MapValue ? null : Undone.Reason.GONE;
            case Operation.Insert insert ->
                Tree.find(now, insert.path().parent()) instanceof ListValue list
                                && insert.path().index(insert.path().depth() - 1) <= list.size()
                        ? null
                        : Undone.Reason.GONE;
            case Operation.Move move -> obstacle(move, now);
            case Operation.Increment add -> {
                Value found = Tree.find(now, add.path());
                yield found == null ? Undone.Reason.GONE : found instanceof Value.Number ? null : Undone.Reason.CHANGED;
            }
            case Operation any -> {
                Value found = Tree.find(now, any.path());
                yield found == null ? Undone.Reason.GONE : found.equals(left) ? null : Undone.Reason.CHANGED;
            }
        };
    }

    private static Undone.@Nullable Reason obstacle(Operation.Move move, Value now) {
        if (Tree.find(now, move.from()) == null) {
            return Undone.Reason.GONE;
        }
        Value without = Tree.apply(now, List.of(new Operation.Delete(move.from())));
        Value to = Tree.find(without, move.path().parent());
        if (!(to instanceof Container)) {
            return Undone.Reason.GONE;
        }
        return to instanceof MapValue && Tree.find(without, move.path()) != null ? Undone.Reason.CHANGED : null;
    }

    /** What to do on {@code now}: a sum that nobody added to is set back to what it was, exactly. */
    Operation on(Value now) {
        Operation any = operation;
        if (any == null) {
            throw new AssertionError("nothing is left to do at " + place);
        }
        if (any instanceof Operation.Increment add
                && !(before instanceof Value.Int && add.by() instanceof Value.Int)
                && left != null
                && left.equals(Tree.find(now, add.path()))) {
            return before == null ? new Operation.Delete(add.path()) : new Operation.Set(add.path(), before);
        }
        return any;
    }
}
