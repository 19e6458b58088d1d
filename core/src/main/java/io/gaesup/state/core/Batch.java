package io.gaesup.state.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Operations that apply together or not at all, in order, as one revision.
 *
 * @param operations at most {@link Limits#BATCH_OPERATIONS_MAX}; copied
 * @param origin where it comes from, for those who hear of it
 */
public record Batch(List<Operation> operations, Origin origin) {

    public Batch {
        if (operations.size() > Limits.BATCH_OPERATIONS_MAX) {
            throw new StateException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "a batch has at most " + Limits.BATCH_OPERATIONS_MAX + " operations, this one has "
                            + operations.size());
        }
        operations = operations instanceof MergingLog ? operations : List.copyOf(operations);
    }

    /** A batch of no queue. */
    public Batch(List<Operation> operations) {
        this(operations, Origin.NONE);
    }

    public static Batch of(Operation... operations) {
        return new Batch(List.of(operations));
    }

    public static Builder builder() {
        return new Builder();
    }

    /**
     * Collects operations, and merges them per path while they come in: a store in memory then applies as many as there
     * are paths, and ends as if it had applied each. Every method returns the builder.
     *
     * <p>Cost: some nanoseconds and no allocation for an increment of a kept path that was met before.
     */
    public static final class Builder {

        private @Nullable Merging merging;
        private boolean isBuilt;

        private Builder() {
            this(new Merging());
        }

        Builder(Merging merging) {
            this.merging = merging;
        }

        public Builder set(String path, Value value) {
            return set(Path.of(path), value);
        }

        public Builder set(Path path, Value value) {
            open().set(path, value);
            return this;
        }

        public Builder merge(String path, Value value) {
            return merge(Path.of(path), value);
        }

        public Builder merge(Path path, Value value) {
            return add(new Operation.Merge(path, value));
        }

        public Builder delete(String path) {
            return delete(Path.of(path));
        }

        public Builder delete(Path path) {
            return add(new Operation.Delete(path));
        }

        public Builder increment(String path, long by) {
            return increment(Path.of(path), by);
        }

        public Builder increment(Path path, long by) {
            open().increment(path, by);
            return this;
        }

        public Builder insert(String path, Value value) {
            return insert(Path.of(path), value);
        }

        public Builder insert(Path path, Value value) {
            return add(new Operation.Insert(path, value));
        }

        public Builder move(String from, String path) {
            return move(Path.of(from), Path.of(path));
        }

        public Builder move(Path from, Path path) {
            return add(new Operation.Move(from, path));
        }

        public Builder test(String path, Value value) {
            return test(Path.of(path), value);
        }

        public Builder test(Path path, Value value) {
            return add(new Operation.Test(path, value));
        }

        public Builder add(Operation operation) {
            open().add(operation);
            return this;
        }

        public Batch build() {
            List<Operation> operations = open().log();
            isBuilt = true;
            return new Batch(operations);
        }

        /** All that was put in, when it is the caller who gave the memory; {@link #end} comes after. */
        List<Operation> operations() {
            return open().log();
        }

        /** Takes the memory away: the builder is of no use any more. */
        void end() {
            merging = null;
        }

        private Merging open() {
            Merging present = merging;
            return present == null || isBuilt ? openAgain(present) : present;
        }

        private Merging openAgain(@Nullable Merging built) {
            if (built == null) {
                throw new IllegalStateException("the batch of this builder has ended; take a new one");
            }
            Merging copy = Merging.of(built.log());
            merging = copy;
            isBuilt = false;
            return copy;
        }
    }
}
