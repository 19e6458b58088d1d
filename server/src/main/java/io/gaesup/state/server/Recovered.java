package io.gaesup.state.server;

import io.gaesup.state.core.Authority;
import io.gaesup.state.core.Decision;
import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.LocalStore;
import io.gaesup.state.core.MapValue;
import io.gaesup.state.core.Operation;
import io.gaesup.state.core.Snapshot;
import io.gaesup.state.core.StateException;
import io.gaesup.state.core.Value;
import io.gaesup.state.core.codec.ByteReader;
import io.gaesup.state.core.codec.MessagePack;
import io.gaesup.state.core.wire.KeyTable;
import io.gaesup.state.core.wire.OperationCodec;
import io.gaesup.state.journal.Entry;
import io.gaesup.state.journal.Journal;
import io.gaesup.state.journal.Recovery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A store brought back from the journal, not yet on the loop.
 *
 * @param since the revision of the checkpoint
 * @param lastBatches what was applied since, in order
 * @param checkpointBytes how large the checkpoint is
 * @param batchBytes how large the batches since are
 */
record Recovered(
        String name,
        long incarnation,
        Authority authority,
        Decided decided,
        long since,
        List<List<Operation>> lastBatches,
        long checkpointBytes,
        long batchBytes) {

    /** A store that was just made and is empty. */
    static Recovered empty(Journal journal, String name, long incarnation) {
        Decided decided = new Decided(journal, name, incarnation, Map.of());
        return new Recovered(
                name, incarnation, new Authority(LocalStore.create(name), decided), decided, 0, List.of(), 0, 0);
    }

    /**
     * Applies what the journal has. Cost: O(bytes); meant for a thread that may wait.
     *
     * @throws StateException with code {@code DATA_DAMAGED} if a batch does not fit
     */
    static Recovered of(Journal journal, Recovery recovery) {
        String name = recovery.store().name();
        long incarnation = recovery.store().incarnation();
        byte[] checkpoint = recovery.snapshot();
        Value root = checkpoint == null ? MapValue.empty() : MessagePack.decode(checkpoint);
        LocalStore store = LocalStore.of(new Snapshot(name, recovery.checkpointRevision(), root));
        Decided decided = new Decided(journal, name, incarnation, recovery.lastSequences());
        Authority authority = new Authority(store, decided);
        List<List<Operation>> batches = new ArrayList<>(recovery.batches().size());
        long bytes = 0;
        KeyTable keys = KeyTable.learning();
        for (Entry.Batch batch : recovery.batches()) {
            keys.reset(List.of());
            batches.add(apply(authority, batch, keys));
            bytes += batch.payload().length;
        }
        return new Recovered(
                name,
                incarnation,
                authority,
                decided,
                recovery.checkpointRevision(),
                batches,
                checkpoint == null ? 0 : checkpoint.length,
                bytes);
    }

    private static List<Operation> apply(Authority authority, Entry.Batch batch, KeyTable keys) {
        try {
            ByteReader in = new ByteReader(batch.payload());
            List<Operation> operations = OperationCodec.read(in, keys);
            in.requireEnd();
            authority.apply(operations);
            Entry.Origin origin = batch.origin();
            if (origin != null) {
                authority.remember(origin.client(), Decision.applied(origin.sequence(), batch.revision()));
            }
            return operations;
        } catch (StateException e) {
            throw new StateException(
                    ErrorCode.DATA_DAMAGED,
                    "store '" + batch.store() + "': the journal's batch " + batch.revision() + " does not apply: "
                            + e.getMessage(),
                    e);
        }
    }
}
