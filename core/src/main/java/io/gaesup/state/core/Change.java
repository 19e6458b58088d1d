package io.gaesup.state.core;

import java.util.List;

/**
 * A commit as its listeners see it.
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
}
