package io.gaesup.state.core;

import java.util.AbstractList;
import java.util.Objects;
import java.util.RandomAccess;

/** What a {@link Merging} applied. An increment becomes an operation when somebody looks at it. */
final class AppliedOperations extends AbstractList<Operation> implements RandomAccess {

    private final Object[] operationsOrPaths;
    private final long[] sums;
    private int count;

    AppliedOperations(int capacity) {
        operationsOrPaths = new Object[capacity];
        sums = new long[capacity];
    }

    void add(Path path, long by) {
        sums[count] = by;
        operationsOrPaths[count++] = path;
    }

    void append(Operation operation) {
        operationsOrPaths[count++] = operation;
    }

    @Override
    public int size() {
        return count;
    }

    @Override
    public Operation get(int index) {
        Objects.checkIndex(index, count);
        return operationsOrPaths[index] instanceof Path path
                ? new Operation.Increment(path, Value.of(sums[index]))
                : (Operation) operationsOrPaths[index];
    }
}
