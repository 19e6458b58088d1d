package io.gaesup.state.core;

import org.jspecify.annotations.Nullable;

/** One change at one path. What each does, and what it refuses, stands beside it. */
public sealed interface Operation
        permits Operation.Set,
                Operation.Merge,
                Operation.Delete,
                Operation.Increment,
                Operation.Insert,
                Operation.Move,
                Operation.Test {

    /** Where it happens; for a move, where to. */
    Path path();

    /** The word for it in messages and JSON. */
    String name();

    /**
     * Puts {@code value} at {@code path}: the whole document, a map entry (new or not), or an element a list has.
     *
     * <p>Fails with {@code NOT_FOUND} where the container is missing, {@code WRONG_TYPE} where it is a scalar, {@code
     * INDEX_OUT_OF_RANGE} where a list has no such element.
     */
    record Set(Path path, Value value) implements Operation {
        @Override
        public String name() {
            return "set";
        }
    }

    /**
     * Merges {@code value} into what is at {@code path} as JSON Merge Patch does (RFC 7396): entries of a map are merged
     * one by one, a null removes its entry, anything else replaces. Fails as {@link Set} does.
     */
    record Merge(Path path, Value value) implements Operation {
        @Override
        public String name() {
            return "merge";
        }
    }

    /** Removes what is at {@code path}; fails with {@code NOT_FOUND} or {@code INDEX_OUT_OF_RANGE} if nothing is. */
    record Delete(Path path) implements Operation {
        public Delete {
            if (path.isRoot()) {
                throw new StateException(ErrorCode.BAD_PATH, "the whole document cannot be deleted; set it instead");
            }
        }

        @Override
        public String name() {
            return "delete";
        }
    }

    /**
     * Adds {@code by} to the number at {@code path}. A missing map entry counts as 0; int + float is a float. Fails with
     * {@code NOT_A_NUMBER}, or {@code OVERFLOW} beyond 64 bits.
     */
    record Increment(Path path, Value.Number by) implements Operation {
        @Override
        public String name() {
            return "increment";
        }
    }

    /**
     * Inserts {@code value} into a list so that it has the position {@code path} ends with; "-" is the end. Fails with
     * {@code WRONG_TYPE} unless a list is there, {@code INDEX_OUT_OF_RANGE} beyond its end.
     */
    record Insert(Path path, Value value) implements Operation {
        public Insert {
            if (path.isRoot()) {
                throw new StateException(
                        ErrorCode.BAD_PATH, "insert needs a position in a list, not the whole document");
            }
        }

        @Override
        public String name() {
            return "insert";
        }
    }

    /**
     * Removes what is at {@code from} and puts it at {@code path}: a list position of the list as it is after the
     * removal, or a map entry. Fails as {@link Delete} and {@link Insert} or {@link Set} do, and with {@code BAD_PATH}
     * where a map entry would go into itself. (In a list, {@code /0} to {@code /0/in} goes into the element that follows.)
     */
    record Move(Path from, Path path) implements Operation {
        public Move {
            if (from.isRoot() || path.isRoot()) {
                throw new StateException(ErrorCode.BAD_PATH, "the whole document cannot be moved or moved onto");
            }
        }

        @Override
        public String name() {
            return "move";
        }
    }

    /**
     * Fails the batch with {@code TEST_FAILED} unless something is at {@code path} and, if {@code value} is given,
     * equals it. Numbers are compared by what they are worth: 1 equals 1.0 here.
     */
    record Test(Path path, @Nullable Value value) implements Operation {
        @Override
        public String name() {
            return "test";
        }
    }
}
