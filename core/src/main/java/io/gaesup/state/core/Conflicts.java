package io.gaesup.state.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is done with an update if something it touches has changed since the revision it was made from. */
public sealed interface Conflicts {

    /** It is applied all the same. The default. */
    Conflicts LAST_WRITE_WINS = LastWriteWins.LAST_WRITE_WINS;

    /** It fails with {@code CONFLICT}, or {@code STALE_REVISION} where its basis is too old to tell. */
    Conflicts REJECT_STALE = RejectStale.REJECT_STALE;

    /** A function decides. */
    static Conflicts resolvedBy(Resolver resolver) {
        return new Resolved(resolver);
    }

    /** {@link #LAST_WRITE_WINS}. */
    enum LastWriteWins implements Conflicts {
        LAST_WRITE_WINS
    }

    /** {@link #REJECT_STALE}. */
    enum RejectStale implements Conflicts {
        REJECT_STALE
    }

    /** {@link #resolvedBy}. */
    record Resolved(Resolver resolver) implements Conflicts {}

    /**
     * Decides what becomes of an update that conflicts. It is called once for it, when its batch is cut, on the store's
     * thread, and must not touch the store. Should it throw, the update fails with {@code CONFLICT}.
     */
    @FunctionalInterface
    interface Resolver {
        Resolution resolve(Conflict conflict);
    }

    /**
     * What a resolver is asked.
     *
     * @param update what was submitted
     * @param base the document it was made from; null if nobody kept it
     * @param current the document it meets
     * @param touched those of its paths that have changed in between, in its order
     */
    record Conflict(Update update, @Nullable Value base, Value current, List<Path> touched) {

        public Conflict {
            touched = List.copyOf(touched);
        }

        /** What was at {@code path} when the update was made; null if nothing was, or nobody kept it. */
        public @Nullable Value baseAt(Path path) {
            return base == null ? null : Tree.find(base, path);
        }

        /** What is at {@code path} now, or null. */
        public @Nullable Value currentAt(Path path) {
            return Tree.find(current, path);
        }
    }

    /** What a resolver answers. */
    sealed interface Resolution {

        /** These operations are done instead: at most {@link Limits#BATCH_OPERATIONS_MAX}. */
        record Apply(List<Operation> operations) implements Resolution {
            public Apply {
                operations = List.copyOf(operations);
            }
        }

        /** The update fails with {@code CONFLICT} and this reason. */
        record Refuse(String reason) implements Resolution {}
    }
}
