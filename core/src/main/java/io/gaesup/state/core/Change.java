package io.gaesup.state.core;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A commit as its listeners see it; or several, where a {@link Debounce} puts them together.
 *
 * @param store the store that changed; take its {@link Store#snapshot()} to keep what it holds now
 * @param revision the store's revision after it
 * @param operations what was done, in order. After a rebase of a replica: everything that may have changed the view
 * @param origin where the batch came from
 */
public record Change(Store store, long revision, List<Operation> operations, Origin origin) {

    /** Of a batch of no queue. */
    public Change(Store store, long revision, List<Operation> operations) {
        this(store, revision, operations, Origin.NONE);
    }

    /** All of {@code changes} as one: as late as the last one, from all their sources. */
    static Change merged(List<Change> changes) {
        List<Operation> operations = new ArrayList<>();
        Set<String> sources = new LinkedHashSet<>();
        for (Change change : changes) {
            operations.addAll(change.operations);
            sources.addAll(change.origin.sources());
        }
        Change last = changes.getLast();
        Origin origin = new Origin(last.origin.nanoTime(), List.copyOf(sources));
        return new Change(last.store, last.revision, List.copyOf(operations), origin);
    }
}
