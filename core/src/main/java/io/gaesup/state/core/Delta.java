package io.gaesup.state.core;

import java.util.List;

/**
 * What changed between two revisions, as operations to apply in order.
 *
 * @param from the revision it starts from
 * @param to the revision it leads to
 * @param operations exact: applied to the state at {@code from} they give the state at {@code to}
 */
public record Delta(long from, long to, List<Operation> operations) {

    public Delta {
        operations = List.copyOf(operations);
    }

    public boolean isEmpty() {
        return operations.isEmpty();
    }

    /** The state it leads to from {@code root}. */
    public Value applyTo(Value root) {
        return Tree.apply(root, operations);
    }
}
