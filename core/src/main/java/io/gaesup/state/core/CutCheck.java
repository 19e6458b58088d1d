package io.gaesup.state.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tries the updates of a batch one by one, and says what becomes of those whose basis is not the present any more. */
final class CutCheck {

    private final Store store;
    private final QueueConfig config;
    private final ArrayDeque<Snapshot> snapshots = new ArrayDeque<>();
    private @Nullable RecentChanges recent;
    private @Nullable Subscription subscription;

    CutCheck(Store store, QueueConfig config) {
        this.store = store;
        this.config = config;
        if (config.touchedPathsMax() > 0) {
            recent = new RecentChanges(config.touchedPathsMax(), store.revision());
        }
        if (config.snapshotsMax() > 0) {
            snapshots.add(store.snapshot());
        }
        if (config.touchedPathsMax() > 0 || config.snapshotsMax() > 0) {
            subscription = store.subscribe(Path.ROOT, this::changed);
        }
    }

    private void changed(Change change) {
        if (recent != null) {
            recent.note(change.revision(), change.operations());
        }
        if (config.snapshotsMax() > 0) {
            Snapshot now = store.snapshot();
            if (now.revision() > snapshots.getLast().revision()) {
                snapshots.add(now);
            }
            if (snapshots.size() > config.snapshotsMax()) {
                snapshots.removeFirst();
            }
        }
    }

    void close() {
        if (subscription != null) {
            subscription.close();
        }
    }

    /** Whether the store has changed and not said how: it does when the listeners of an earlier change have been told. */
    boolean waitsForNews() {
        return recent != null && recent.newest() < store.revision();
    }

    /** Notes that {@code operations} became a revision: if they changed nothing, nothing will be said of it. */
    void applied(List<Operation> operations) {
        if (recent != null && recent.newest() == store.revision() - 1) {
            for (Operation operation : operations) {
                if (!(operation instanceof Operation.Test)) {
                    return;
                }
            }
            recent.upTo(store.revision());
        }
    }

    /** Nobody is being told of anything: what has not been said changed nothing. */
    void newsHaveCome() {
        if (recent != null) {
            recent.upTo(store.revision());
        }
    }

    /** For the updates of one batch. */
    Scratch begin() {
        return new Scratch(store.snapshot());
    }

    /** The store as it will be, for trying updates in order. */
    final class Scratch {

        private final long revision;
        private final Tree tree;
        private final RecentChanges before;

        private Scratch(Snapshot snapshot) {
            this.revision = snapshot.revision();
            this.tree = new Tree(snapshot.root());
            this.before = new RecentChanges(Integer.MAX_VALUE, revision);
        }

        /**
         * What is to be done for {@code update}, which is done here.
         *
         * @param taken how many operations the batch has already
         * @throws StateException if it conflicts or does not apply; nothing has changed then
         */
        List<Operation> apply(Update update, int taken) {
            List<Operation> operations = update.isChecked() ? checked(update) : update.operations();
            if (taken + operations.size() > Limits.BATCH_OPERATIONS_MAX) {
                throw new StateException(
                        ErrorCode.LIMIT_EXCEEDED,
                        "a batch has at most " + Limits.BATCH_OPERATIONS_MAX
                                + " operations; this update's resolver made " + operations.size() + " behind " + taken);
            }
            tree.apply(operations);
            before.note(revision + 1, operations);
            return operations;
        }

        private List<Operation> checked(Update update) {
            if (update.basis() > revision) {
                throw new StateException(
                        ErrorCode.BAD_REQUEST,
                        "basis revision " + update.basis() + " is beyond revision " + revision + " of store '"
                                + store.name() + "'");
            }
            Value base = base(update);
            long known = recent == null ? revision : recent.known();
            boolean isUnknown = update.basis() < known;
            if (isUnknown && (base == null || update.conflicts() == Conflicts.REJECT_STALE)) {
                throw new StateException(
                        ErrorCode.STALE_REVISION,
                        "what has changed in store '" + store.name() + "' since revision " + update.basis()
                                + " is not known any more; it is since revision " + known);
            }
            List<Path> touched = new ArrayList<>();
            long changedIn = -1;
            for (Operation operation : update.operations()) {
                long latest = changedAfter(update.basis(), operation.path(), isUnknown);
                if (latest >= 0) {
                    touched.add(operation.path());
                }
                if (operation instanceof Operation.Move move) {
                    long from = changedAfter(update.basis(), move.from(), isUnknown);
                    if (from >= 0) {
                        touched.add(move.from());
                    }
                    latest = Math.max(latest, from);
                }
                changedIn = Math.max(changedIn, latest);
            }
            if (touched.isEmpty()) {
                return update.operations();
            }
            if (update.conflicts() instanceof Conflicts.Resolved resolved) {
                return resolve(resolved.resolver(), new Conflicts.Conflict(update, base, tree.share(), touched));
            }
            throw conflict(
                    update, Edit.where(touched.getFirst()) + " has changed since, last in revision " + changedIn);
        }

        private long changedAfter(long basis, Path path, boolean isUnknown) {
            long inBatch = before.changedAfter(basis, path);
            return inBatch >= 0 || recent == null
                    ? inBatch
                    : isUnknown ? Math.max(0, recent.known()) : recent.changedAfter(basis, path);
        }

        private List<Operation> resolve(Conflicts.Resolver resolver, Conflicts.Conflict conflict) {
            Conflicts.Resolution resolution;
            try {
                resolution = resolver.resolve(conflict);
            } catch (RuntimeException e) {
                throw conflict(conflict.update(), "its resolver threw " + e);
            }
            return switch (resolution) {
                case Conflicts.Resolution.Apply(var operations) -> operations;
                case Conflicts.Resolution.Refuse(var reason) -> throw conflict(conflict.update(), reason);
            };
        }

        private StateException conflict(Update update, String why) {
            return new StateException(
                    ErrorCode.CONFLICT,
                    "an update made from revision " + update.basis() + " of store '" + store.name() + "', now at "
                            + revision + ": " + why);
        }

        private @Nullable Value base(Update update) {
            Snapshot given = update.base();
            if (given != null) {
                return given.root();
            }
            for (Snapshot kept : snapshots) {
                if (kept.revision() == update.basis()) {
                    return kept.root();
                }
            }
            return null;
        }
    }
}
