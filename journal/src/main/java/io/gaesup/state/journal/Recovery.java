package io.gaesup.state.journal;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What brings a store back.
 *
 * @param store the store with its incarnation and last revision
 * @param checkpointRevision the revision of the snapshot; 0 where there is none
 * @param snapshot the newest checkpoint, or null where the store never had one and begins empty
 * @param batches every batch after the checkpoint, in order and without a gap
 * @param lastSequences the last decided sequence of each client, batches and rejections alike
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record Recovery(
        StoreEntry store,
        long checkpointRevision,
        byte @Nullable [] snapshot,
        List<Entry.Batch> batches,
        Map<String, Long> lastSequences) {
    public Recovery {
        batches = List.copyOf(batches);
        lastSequences = Map.copyOf(lastSequences);
    }
}
