package io.gaesup.state.core;

import java.util.ArrayList;
import java.util.List;

/**
 * Operations that apply together or not at all, in order, as one revision.
 *
 * @param operations at most {@link Limits#BATCH_OPERATIONS_MAX}; copied
 */
public record Batch(List<Operation> operations) {

    public Batch {
        if (operations.size() > Limits.BATCH_OPERATIONS_MAX) {
            throw new StateException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "a batch has at most " + Limits.BATCH_OPERATIONS_MAX + " operations, this one has "
                            + operations.size());
        }
        operations = List.copyOf(operations);
    }

    public static Batch of(Operation... operations) {
        return new Batch(List.of(operations));
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Collects operations; every method takes JSON Pointers or paths and returns the builder. */
    public static final class Builder {

        private final List<Operation> operations = new ArrayList<>();

        private Builder() {}

        public Builder set(String path, Value value) {
            return add(new Operation.Set(Path.of(path), value));
        }

        public Builder merge(String path, Value value) {
            return add(new Operation.Merge(Path.of(path), value));
        }

        public Builder delete(String path) {
            return add(new Operation.Delete(Path.of(path)));
        }

        public Builder increment(String path, long by) {
            return add(new Operation.Increment(Path.of(path), Value.of(by)));
        }

        public Builder insert(String path, Value value) {
            return add(new Operation.Insert(Path.of(path), value));
        }

        public Builder move(String from, String path) {
            return add(new Operation.Move(Path.of(from), Path.of(path)));
        }

        public Builder test(String path, Value value) {
            return add(new Operation.Test(Path.of(path), value));
        }

        public Builder add(Operation operation) {
            operations.add(operation);
            return this;
        }

        public Batch build() {
            return new Batch(operations);
        }
    }
}
