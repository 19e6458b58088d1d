package io.gaesup.state.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Operations for a {@link BatchQueue}: they apply together or not at all, in one batch with others.
 *
 * @param operations in order
 * @param priority how long they may wait for company
 * @param source who made them, for {@link Origin}; any text, empty if it does not matter
 * @param basis the revision they were made from, or {@link #NO_BASIS}
 * @param base the snapshot of that revision, if the maker has it; resolvers get it
 * @param conflicts what is done where something they touch has changed since {@code basis}
 */
public record Update(
        List<Operation> operations,
        Priority priority,
        String source,
        long basis,
        @Nullable Snapshot base,
        Conflicts conflicts) {

    /** Made from no revision in particular: there is nothing it could conflict with. */
    public static final long NO_BASIS = -1;

    public Update {
        if (operations.size() > Limits.BATCH_OPERATIONS_MAX) {
            throw new StateException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "an update has at most " + Limits.BATCH_OPERATIONS_MAX + " operations, this one has "
                            + operations.size());
        }
        if (basis < NO_BASIS) {
            throw new IllegalArgumentException("a basis is a revision or " + NO_BASIS + ", but this is " + basis);
        }
        operations = List.copyOf(operations);
    }

    /** Of normal priority, from nobody, and whatever it meets. */
    public static Update of(Batch batch) {
        return of(batch.operations());
    }

    /** As {@link #of(Batch)}. */
    public static Update of(List<Operation> operations) {
        return new Update(operations, Priority.NORMAL, "", NO_BASIS, null, Conflicts.LAST_WRITE_WINS);
    }

    public Update withPriority(Priority other) {
        return new Update(operations, other, source, basis, base, conflicts);
    }

    public Update from(String other) {
        return new Update(operations, priority, other, basis, base, conflicts);
    }

    /** Made from {@code revision}. */
    public Update madeOn(long revision, Conflicts policy) {
        return new Update(operations, priority, source, revision, null, policy);
    }

    /** Made from {@code snapshot}. */
    public Update madeOn(Snapshot snapshot, Conflicts policy) {
        return new Update(operations, priority, source, snapshot.revision(), snapshot, policy);
    }

    /** Whether it matters what has changed since the basis. */
    boolean isChecked() {
        return basis != NO_BASIS && conflicts != Conflicts.LAST_WRITE_WINS;
    }
}
