package io.gaesup.state.core;

import org.jspecify.annotations.Nullable;

/**
 * What each operation does to a document. A container of the given generation is changed in place, any other is copied;
 * one that comes back as the same object needs no change in its parent.
 */
final class Edit {

    private final Operation operation;
    private final Path path;
    private final long generation;

    private Edit(Operation operation, Path path, long generation) {
        this.operation = operation;
        this.path = path;
        this.generation = generation;
    }

    /** The document after {@code operation}. If it throws, nothing changed that a single step can change. */
    static Value apply(Value root, Operation operation, long generation) {
        return switch (operation) {
            case Operation.Test test -> {
                test(root, test);
                yield root;
            }
            case Operation.Move move -> move(root, move, generation);
            case Operation.Set set -> {
                Value changed = set(root, set.path(), set.value(), generation);
                yield changed == null ? new Edit(set, set.path(), generation).descend(root, 0) : changed;
            }
            case Operation.Increment increment -> {
                Value changed = increment.by() instanceof Value.Int by
                        ? increment(root, increment.path(), by.value(), generation)
                        : null;
                yield changed == null ? new Edit(increment, increment.path(), generation).descend(root, 0) : changed;
            }
            default -> new Edit(operation, operation.path(), generation).descend(root, 0);
        };
    }

    /**
     * The document with {@code value} in place of the one at {@code path}; null, and nothing changed, where that is not
     * all there is to do. Without a snapshot in between it allocates nothing.
     */
    static @Nullable Value set(Value root, Path path, Value value, long generation) {
        return value instanceof Container || path.isRoot() || !(root instanceof Container container)
                ? null
                : container.replace(generation, path, 0, value);
    }

    /** As {@link #set}, for the sum of what is at {@code path} and {@code by}. */
    static @Nullable Value increment(Value root, Path path, long by, long generation) {
        if (!(Tree.find(root, path) instanceof Value.Int old)) {
            return null;
        }
        long sum = old.value() + by;
        return overflows(old.value(), by, sum) ? null : set(root, path, Value.of(sum), generation);
    }

    /** Whether the operation either fails before it changes anything or succeeds whole. */
    static boolean isSingleStep(Operation operation) {
        return !(operation instanceof Operation.Move || operation instanceof Operation.Merge);
    }

    private static void test(Value root, Operation.Test test) {
        Value found = Tree.find(root, test.path());
        Value expected = test.value();
        if (found == null || (expected != null && !sameWorth(found, expected))) {
            throw new StateException(
                    ErrorCode.TEST_FAILED,
                    "test at " + where(test.path()) + ": expected "
                            + (expected == null ? "a value" : describe(expected)) + ", found "
                            + (found == null ? "nothing" : describe(found)));
        }
    }

    private static boolean sameWorth(Value found, Value expected) {
        if (found instanceof Value.Int a && expected instanceof Value.Float b) {
            return a.doubleValue() == b.value() && b.value() != 0x1p63 && (long) b.value() == a.value();
        }
        if (found instanceof Value.Float a && expected instanceof Value.Int b) {
            return sameWorth(b, a);
        }
        if (found instanceof ListValue a && expected instanceof ListValue b && a.size() == b.size()) {
            var others = b.iterator();
            for (Value mine : a) {
                if (!sameWorth(mine, others.next())) {
                    return false;
                }
            }
            return true;
        }
        if (found instanceof MapValue a && expected instanceof MapValue b && a.size() == b.size()) {
            boolean[] same = {true};
            a.forEach((key, mine) -> {
                Value other = same[0] ? b.get(key) : null;
                same[0] = other != null && sameWorth(mine, other);
            });
            return same[0];
        }
        return found.equals(expected)
                || (found instanceof Value.Float a && expected instanceof Value.Float b && a.value() == b.value());
    }

    /** A move is a delete and then an insert into a list or a set in a map. */
    private static Value move(Value root, Operation.Move move, long generation) {
        Value moved = Tree.find(root, move.from());
        if (moved == null) {
            throw new Edit(move, move.from(), generation).nothingThere(root);
        }
        boolean fromList = Tree.find(root, move.from().parent()) instanceof ListValue;
        if (!fromList
                && move.from().isPrefixOf(move.path())
                && move.from().depth() < move.path().depth()) {
            throw new StateException(
                    ErrorCode.BAD_PATH, "cannot move " + where(move.from()) + " into itself, to " + where(move.path()));
        }
        Value settled = moved instanceof Row row ? row.settled() : moved;
        Value without = apply(root, new Operation.Delete(move.from()), generation);
        boolean intoList = Tree.find(without, move.path().parent()) instanceof ListValue;
        Operation put = intoList ? new Operation.Insert(move.path(), settled) : new Operation.Set(move.path(), settled);
        return apply(without, put, generation);
    }

    /** What becomes of {@code node}, to which the first {@code depth} segments of the path lead. */
    Value descend(Value node, int depth) {
        if (depth == path.depth()) {
            return changed(node);
        }
        if (depth == path.depth() - 1) {
            return switch (node) {
                case MapValue map -> inMap(map, depth);
                case ListValue list -> inList(list, depth);
                default -> throw wrongType(node, depth);
            };
        }
        if (node instanceof Container container) {
            return container.descend(this, depth);
        }
        throw missing(node, depth);
    }

    Path path() {
        return path;
    }

    long generation() {
        return generation;
    }

    /** Whether the map that segment {@code depth} enters keeps its keys, if it has that one. */
    boolean keepsKey(int depth) {
        return depth < path.depth() - 1
                || (depth == path.depth() - 1
                        && !(operation instanceof Operation.Delete || operation instanceof Operation.Insert));
    }

    private Value inMap(MapValue map, int depth) {
        Value old = map.child(path, depth);
        switch (operation) {
            case Operation.Delete _ -> {
                if (old == null) {
                    throw missing(map, depth);
                }
                return map.remove(generation, path.segment(depth));
            }
            case Operation.Insert _ -> throw wrongType(map, depth);
            default -> {
                return map.put(generation, path, depth, changed(old));
            }
        }
    }

    private Value inList(ListValue list, int depth) {
        int index = path.index(depth);
        if (operation instanceof Operation.Insert insert) {
            int at = index == Path.END ? list.size() : index;
            if (at < 0 || at > list.size()) {
                throw outOfRange(list, depth);
            }
            return list.insert(generation, at, fitting(insert.value()));
        }
        if (index < 0 || index >= list.size()) {
            throw outOfRange(list, depth);
        }
        return operation instanceof Operation.Delete
                ? list.remove(generation, index)
                : list.replace(generation, index, changed(list.get(index)));
    }

    /** What stands at the path afterwards, given what stood there. */
    private Value changed(@Nullable Value old) {
        return switch (operation) {
            case Operation.Set set -> fitting(set.value());
            case Operation.Merge merge -> {
                fitting(merge.value());
                yield merged(old, merge.value());
            }
            case Operation.Increment increment -> sum(old, increment.by());
            default ->
                throw new StateException(ErrorCode.BAD_PATH, operation.name() + " does not work on the whole document");
        };
    }

    private Value merged(@Nullable Value old, Value patch) {
        if (!(patch instanceof MapValue entries)) {
            return patch;
        }
        MapValue[] result = {old instanceof MapValue map ? map : MapValue.empty()};
        entries.forEach((key, value) -> result[0] = value == Value.NULL
                ? result[0].remove(generation, key)
                : result[0].put(generation, key, merged(result[0].get(key), value)));
        return result[0];
    }

    private Value sum(@Nullable Value old, Value.Number by) {
        if (old == null) {
            return by;
        }
        if (old instanceof Value.Int a && by instanceof Value.Int b) {
            long sum = a.value() + b.value();
            if (overflows(a.value(), b.value(), sum)) {
                throw failure(ErrorCode.OVERFLOW, a.value() + " + " + b.value() + " does not fit in 64 bits");
            }
            return Value.of(sum);
        }
        if (old instanceof Value.Number a) {
            double sum = a.doubleValue() + by.doubleValue();
            if (!Double.isFinite(sum)) {
                throw failure(ErrorCode.OVERFLOW, a + " + " + by + " is not finite");
            }
            return Value.of(sum);
        }
        throw failure(ErrorCode.NOT_A_NUMBER, "expected a number, found " + describe(old));
    }

    private static boolean overflows(long a, long b, long sum) {
        return ((a ^ sum) & (b ^ sum)) < 0;
    }

    /** The value as a tree takes it in, if it does not nest deeper here than documents may. */
    private Value fitting(Value value) {
        if (value instanceof Container && !Depth.fits(value, Limits.DEPTH_MAX - path.depth())) {
            throw failure(ErrorCode.LIMIT_EXCEEDED, "a document nests at most " + Limits.DEPTH_MAX + " deep");
        }
        return value instanceof Row row ? row.settled() : value;
    }

    private StateException nothingThere(Value root) {
        Value at = root;
        int depth = 0;
        for (Value next = root; next != null; depth++) {
            at = next;
            next = at instanceof Container container ? container.child(path, depth) : null;
        }
        return missing(at, depth - 1);
    }

    StateException missing(Value node, int depth) {
        if (node instanceof ListValue list) {
            return outOfRange(list, depth);
        }
        return node instanceof MapValue
                ? failure(ErrorCode.NOT_FOUND, "nothing is at " + where(path.prefix(depth + 1)))
                : wrongType(node, depth);
    }

    private StateException outOfRange(ListValue list, int depth) {
        return failure(
                ErrorCode.INDEX_OUT_OF_RANGE,
                "no position " + clip(path.segment(depth), 60) + " in the list of " + list.size() + " at "
                        + where(path.prefix(depth)));
    }

    private StateException wrongType(Value node, int depth) {
        String expected = operation instanceof Operation.Insert && depth == path.depth() - 1 ? "a list" : "a container";
        return failure(
                ErrorCode.WRONG_TYPE,
                "expected " + expected + " at " + where(path.prefix(depth)) + ", found " + describe(node));
    }

    private StateException failure(ErrorCode code, String detail) {
        return new StateException(code, operation.name() + " at " + where(path) + ": " + detail);
    }

    /** The path as messages have it. */
    static String where(Path path) {
        return path.isRoot() ? "the whole document" : clip(path.toString(), 200);
    }

    private static String describe(Value value) {
        return value.kind() + " " + clip(value.toString(), 60);
    }

    private static String clip(String text, int lengthMax) {
        return text.length() <= lengthMax ? text : text.substring(0, lengthMax) + "…";
    }
}
