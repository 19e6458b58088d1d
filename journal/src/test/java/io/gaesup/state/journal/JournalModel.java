package io.gaesup.state.journal;

import io.gaesup.state.core.ErrorCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The simplest journal that could be right: maps in memory. Each write answers null, or the code of its refusal. */
final class JournalModel {
    private final long historyRevisions;
    final Map<String, Life> stores = new TreeMap<>();

    JournalModel(long historyRevisions) {
        this.historyRevisions = historyRevisions;
    }

    /** One life of a store. */
    static final class Life {
        final long incarnation;
        long revision;
        long checkpoint;
        byte @Nullable [] snapshot;
        final List<Entry.Batch> batches = new ArrayList<>();
        final Map<String, Long> last = new HashMap<>();
        final Map<Entry.Origin, Decided> decisions = new HashMap<>();

        Life(long incarnation) {
            this.incarnation = incarnation;
        }
    }

    /** A decision, and the revision of its store when it was made. */
    record Decided(Decision decision, long revision) {}

    @Nullable
    ErrorCode create(String store, long incarnation) {
        return stores.putIfAbsent(store, new Life(incarnation)) == null ? null : ErrorCode.STORE_EXISTS;
    }

    @Nullable
    ErrorCode delete(String store, long incarnation) {
        if (life(store, incarnation) == null) {
            return ErrorCode.UNKNOWN_STORE;
        }
        stores.remove(store);
        return null;
    }

    @Nullable
    ErrorCode append(Entry entry) {
        var life = life(entry.store(), entry.incarnation());
        if (life == null) {
            return ErrorCode.UNKNOWN_STORE;
        }
        if (entry instanceof Entry.Batch batch && batch.revision() != life.revision + 1) {
            return ErrorCode.REVISION_GAP;
        }
        var origin = entry.origin();
        if (origin != null && origin.sequence() <= life.last.getOrDefault(origin.client(), 0L)) {
            return ErrorCode.SEQUENCE_DECIDED;
        }
        Decision decision = switch (entry) {
            case Entry.Batch batch -> {
                life.revision++;
                life.batches.add(batch);
                yield new Decision.Applied(batch.revision());
            }
            case Entry.Rejection rejection -> new Decision.Rejected(rejection.code(), rejection.message());
        };
        if (origin != null) {
            life.last.put(origin.client(), origin.sequence());
            life.decisions.put(origin, new Decided(decision, life.revision));
        }
        return null;
    }

    @Nullable
    ErrorCode checkpoint(String store, long incarnation, long revision, byte[] snapshot) {
        var life = life(store, incarnation);
        if (life == null) {
            return ErrorCode.UNKNOWN_STORE;
        }
        if (revision < life.checkpoint || revision > life.revision) {
            return ErrorCode.REVISION_GAP;
        }
        life.checkpoint = revision;
        life.snapshot = snapshot;
        life.batches.removeIf(batch -> batch.revision() <= revision);
        life.decisions.values().removeIf(decided -> decided.revision <= revision - historyRevisions);
        return null;
    }

    @Nullable
    Decision lookup(String store, long incarnation, Entry.Origin origin) {
        var life = life(store, incarnation);
        if (life == null) {
            return null;
        }
        var decided = life.decisions.get(origin);
        if (decided != null) {
            return decided.decision;
        }
        long last = life.last.getOrDefault(origin.client(), 0L);
        return origin.sequence() <= last ? new Decision.Forgotten(last) : null;
    }

    private @Nullable Life life(String store, long incarnation) {
        var life = stores.get(store);
        return life == null || life.incarnation != incarnation ? null : life;
    }
}
