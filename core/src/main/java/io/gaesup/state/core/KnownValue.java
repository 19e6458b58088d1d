package io.gaesup.state.core;

import org.jspecify.annotations.Nullable;

/** A value whose place in a document is known, for doing operations on it as if it were there. */
final class KnownValue {

    private KnownValue() {}

    /** {@code operation} as it is for who sees only what is below the first {@code depth} segments of its path. */
    static Operation below(int depth, Operation operation) {
        Path path = operation.path().below(depth);
        return switch (operation) {
            case Operation.Set set -> new Operation.Set(path, set.value());
            case Operation.Merge merge -> new Operation.Merge(path, merge.value());
            case Operation.Delete _ -> new Operation.Delete(path);
            case Operation.Increment increment -> new Operation.Increment(path, increment.by());
            case Operation.Insert insert -> new Operation.Insert(path, insert.value());
            case Operation.Move move -> new Operation.Move(move.from().below(depth), path);
            case Operation.Test test -> new Operation.Test(path, test.value());
        };
    }

    /** Whether an operation changes, or looks at, the value at its path, and nothing beside it. */
    static boolean isEdit(Operation operation) {
        return switch (operation) {
            case Operation.Set _, Operation.Merge _, Operation.Increment _, Operation.Test _ -> true;
            case Operation.Delete _, Operation.Insert _, Operation.Move _ -> false;
        };
    }

    /** Whether {@code value} nests no deeper at {@code depth} than a document may. */
    static boolean fits(Value value, int depth) {
        return !(value instanceof Container) || Depth.fits(value, Limits.DEPTH_MAX - depth);
    }

    /** Whether what {@code operation} puts anywhere into {@code known}, which is at {@code depth}, fits there. */
    static boolean fits(Value known, int depth, Operation operation) {
        Value put = switch (operation) {
            case Operation.Set set -> set.value();
            case Operation.Merge merge -> merge.value();
            case Operation.Insert insert -> insert.value();
            case Operation.Move move -> Tree.find(known, move.from().below(depth));
            case Operation.Delete _, Operation.Increment _, Operation.Test _ -> null;
        };
        return fits(put, operation.path());
    }

    private static boolean fits(@Nullable Value value, Path path) {
        return value == null || fits(value, path.depth());
    }
}
