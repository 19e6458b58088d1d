package io.gaesup.state.core;

import org.jspecify.annotations.Nullable;

/**
 * A whole store at one revision. Immutable, shares structure with the store and with other snapshots, and is safe on
 * any thread, however it came there: by a data race, too, as long as its document is reached through {@link #root}.
 *
 * @param store the store's name
 * @param revision the revision it shows
 * @param root the whole document
 */
public record Snapshot(String store, long revision, Value root) {

    /** The value at {@code path}, or null where there is none. Cost: O(depth). */
    public @Nullable Value get(Path path) {
        return Tree.find(root, path);
    }

    /**
     * What turns {@code earlier} into this snapshot: {@code earlier} with the delta applied equals this one. Parts both
     * share are skipped, so between snapshots of one store the cost is O(changed).
     */
    public Delta since(Snapshot earlier) {
        return new Delta(earlier.revision, revision, Differ.operations(earlier.root, root));
    }
}
