package io.gaesup.state.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts updates of many makers into batches for one store: while a batch is on its way to where the store keeps it, what
 * comes waits and becomes the next one.
 *
 * <p>The order of arrival is kept. An update that finds the writer idle is applied before {@link #submit} returns. Others
 * wait until the writer is idle again, or until the first of them has waited for as long as its {@link Priority} allows:
 * then all are cut into a batch, behind the ones on their way. What comes later never makes an earlier one wait longer.
 *
 * <p>A batch is one revision; subscribers hear of it once, with its {@link Origin}. Each update in it is all or nothing by
 * itself: one that fails does not fail its neighbours, and changes nothing. A store in memory merges the operations per
 * path (see {@link Store#batch}).
 *
 * <p>Threads: the store's owner only, which is also where the scheduler runs tasks. Others may change the store meanwhile.
 */
public final class BatchQueue implements AutoCloseable {

    /* The writer is busy while the commit of a batch is not done: for a store in memory never, except that it is telling
     * its listeners. A batch is first tried as a whole. If that fails, or if it matters to an update what changed since
     * its basis, each is tried by itself on a scratch tree over the present snapshot, in order, and what goes well is the
     * batch. So a batch without trouble costs nothing more, and one with trouble is done twice.
     *
     * (Group commit: DeWitt et al., "Implementation techniques for main memory database systems", SIGMOD 1984.) */

    /** After so many batches in a row, caused by listeners and callbacks, the scheduler gets its turn. */
    static final int CUTS_IN_A_ROW_MAX = 100;

    /** An update on its way. */
    private static final class Waiting {
        private final Update update;
        private final long due;
        private final Committed committed = new Committed();
        private @Nullable StateException failure;

        private Waiting(Update update, long due) {
            this.update = update;
            this.due = due;
        }

        private void tell(long revision, @Nullable StateException reason) {
            if (reason == null) {
                committed.confirm(revision);
            } else {
                committed.fail(reason);
            }
        }
    }

    private final Store store;
    private final Scheduler scheduler;
    private final QueueConfig config;
    private final CutCheck check;
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();

    /** When what waits has to be cut, at the latest. */
    private long due;

    private Scheduler.@Nullable Timer timer;
    private long timerDue;

    private boolean cutting;
    private int cutsOnTheirWay;
    private int pendingUpdates;
    private int pendingOperations;

    /** How many of those that wait care for what changed since their basis. */
    private int checkedWaiting;

    /** What a callback threw, or the store when it had applied a batch; it comes out when all have been called. */
    private @Nullable Throwable thrown;

    private boolean closed;

    private BatchQueue(Store store, Scheduler scheduler, QueueConfig config) {
        this.store = store;
        this.scheduler = scheduler;
        this.config = config;
        this.check = new CutCheck(store, config);
    }

    /** A queue for {@code store}, which outlives it. */
    public static BatchQueue open(Store store, Scheduler scheduler) {
        return open(store, scheduler, QueueConfig.defaults());
    }

    /** As {@link #open(Store, Scheduler)}, configured. */
    public static BatchQueue open(Store store, Scheduler scheduler, QueueConfig config) {
        return new BatchQueue(store, scheduler, config);
    }

    /** Takes in {@code batch} with normal priority. */
    public Committed submit(Batch batch) {
        return submit(Update.of(batch));
    }

    /**
     * Takes in {@code update}.
     *
     * @return done when the batch it is part of is committed; failed if it does not apply (with the code of the first
     *     operation that failed, which is named by its place in the update), if it conflicts ({@code CONFLICT}, {@code
     *     STALE_REVISION}; {@code BAD_REQUEST} for a basis in the future), if too much waits ({@code BUSY}), or if the queue
     *     is closed ({@code CLOSED}). A failed update has changed nothing; where the store itself broke ({@code INTERNAL}),
     *     nobody knows
     */
    public Committed submit(Update update) {
        Waiting made = new Waiting(update, scheduler.nanoTime() + config.waitNanos(update.priority()));
        StateException refusal = refusal(update);
        if (refusal != null) {
            made.committed.fail(refusal);
            return made.committed;
        }
        due = waiting.isEmpty() || made.due - due < 0 ? made.due : due;
        waiting.add(made);
        checkedWaiting += update.isChecked() ? 1 : 0;
        pendingUpdates++;
        pendingOperations += update.operations().size();
        cutWhatIsDue();
        return made.committed;
    }

    private @Nullable StateException refusal(Update update) {
        if (closed) {
            return new StateException(ErrorCode.CLOSED, "the queue of store '" + store.name() + "' is closed");
        }
        long operations = (long) pendingOperations + update.operations().size();
        if (pendingUpdates >= config.pendingUpdatesMax()
                || (operations > config.pendingOperationsMax() && pendingUpdates > 0)) {
            return new StateException(
                    ErrorCode.BUSY,
                    pendingUpdates + " updates of " + pendingOperations + " operations wait for store '" + store.name()
                            + "'; at most " + config.pendingUpdatesMax() + " of " + config.pendingOperationsMax()
                            + " may; try again later");
        }
        return null;
    }

    /** How many updates wait to be cut. */
    public int waiting() {
        return waiting.size();
    }

    /** How many updates are not committed yet, those that wait among them. */
    public int pending() {
        return pendingUpdates;
    }

    /**
     * Fails what waits with {@code CLOSED}, and takes in nothing more. What is on its way to the store stays on its way; the
     * store stays open.
     */
    @Override
    public void close() {
        closed = true;
        check.close();
        StateException reason = new StateException(
                ErrorCode.CLOSED, "the queue of store '" + store.name() + "' was closed before the update was applied");
        while (!waiting.isEmpty()) {
            end(waiting.removeFirst(), -1, reason);
        }
        checkedWaiting = 0;
        setTimer();
        rethrow();
    }

    private void cutWhatIsDue() {
        if (cutting) {
            return;
        }
        cutting = true;
        try {
            for (int cuts = 0; cuts < CUTS_IN_A_ROW_MAX && mayCut(); cuts++) {
                cut();
            }
        } finally {
            cutting = false;
        }
        setTimer();
        rethrow();
    }

    private boolean mayCut() {
        return !waiting.isEmpty() && isDue() && (checkedWaiting == 0 || !check.waitsForNews());
    }

    private boolean isDue() {
        return cutsOnTheirWay == 0 || due - scheduler.nanoTime() <= 0;
    }

    /** Sees to it that what waits is looked at when it is due; a commit may come first. */
    private void setTimer() {
        long now = scheduler.nanoTime();
        long wanted = isDue() ? now : due;
        if (timer != null) {
            if (!waiting.isEmpty() && timerDue - wanted <= 0) {
                return;
            }
            timer.cancel();
            timer = null;
        }
        if (!waiting.isEmpty()) {
            timerDue = wanted;
            timer = scheduler.schedule(wanted - now, this::timeIsUp);
        }
    }

    private void timeIsUp() {
        timer = null;
        check.newsHaveCome();
        cutWhatIsDue();
    }

    private void cut() {
        List<Waiting> taken = take();
        Committed committed = isChecked(taken) ? null : applyWhole(taken);
        if (committed == null) {
            committed = applyEach(taken);
        }
        List<Waiting> applied = new ArrayList<>(taken.size());
        for (Waiting each : taken) {
            if (each.failure == null) {
                applied.add(each);
            }
        }
        if (committed != null) {
            follow(committed, applied);
        }
        for (Waiting each : taken) {
            if (each.failure != null) {
                end(each, -1, each.failure);
            }
        }
    }

    /** Those that came first, as many as a batch holds. */
    private List<Waiting> take() {
        List<Waiting> taken = new ArrayList<>();
        long operations = 0;
        while (!waiting.isEmpty()) {
            Update next = waiting.getFirst().update;
            operations += next.operations().size();
            if (operations > config.cutOperationsMax() && !taken.isEmpty()) {
                break;
            }
            taken.add(waiting.removeFirst());
            checkedWaiting -= next.isChecked() ? 1 : 0;
        }
        boolean isFirst = true;
        for (Waiting left : waiting) {
            due = isFirst || left.due - due < 0 ? left.due : due;
            isFirst = false;
        }
        return taken;
    }

    private static boolean isChecked(List<Waiting> taken) {
        for (Waiting each : taken) {
            if (each.update.isChecked()) {
                return true;
            }
        }
        return false;
    }

    /** The commit of all of {@code taken}; null if the store refuses, and nothing has changed. */
    private @Nullable Committed applyWhole(List<Waiting> taken) {
        List<Operation> operations = new ArrayList<>();
        for (Waiting each : taken) {
            operations.addAll(each.update.operations());
        }
        try {
            return apply(operations, taken);
        } catch (StateException e) {
            return null;
        }
    }

    /** The commit of those of {@code taken} that go well; the others have a failure. Null if none does. */
    private @Nullable Committed applyEach(List<Waiting> taken) {
        try {
            List<Operation> operations = new ArrayList<>();
            List<Waiting> applied = new ArrayList<>(taken.size());
            CutCheck.Scratch scratch = check.begin();
            for (Waiting each : taken) {
                try {
                    operations.addAll(scratch.apply(each.update, operations.size()));
                    applied.add(each);
                } catch (StateException e) {
                    each.failure = e;
                }
            }
            return applied.isEmpty() ? null : apply(operations, applied);
        } catch (StateException e) {
            // Not for what an update does: each has been tried.
            for (Waiting each : taken) {
                each.failure = each.failure == null ? e : each.failure;
            }
            return null;
        }
    }

    private Committed apply(List<Operation> operations, List<Waiting> applied) {
        Set<String> sources = new LinkedHashSet<>();
        for (Waiting each : applied) {
            sources.add(each.update.source());
        }
        Origin origin = new Origin(scheduler.nanoTime(), List.copyOf(sources));
        List<Operation> merged =
                operations.size() == 1 ? operations : Merging.of(operations).log();
        long before = store.revision();
        try {
            Committed committed = store.apply(new Batch(merged, origin)).committed();
            check.applied(operations);
            return committed;
        } catch (RuntimeException | Error e) {
            return broken(before, e);
        }
    }

    /**
     * What became of a batch on whose way out of the store {@code e} was thrown. If the revision has moved, the batch was
     * applied, and what came later went wrong. Otherwise only a {@link StateException} says that it was not.
     */
    private Committed broken(long before, Throwable e) {
        if (store.revision() > before) {
            keep(e);
            return Committed.at(before + 1);
        }
        if (e instanceof StateException refusal) {
            throw refusal;
        }
        if (e instanceof Error) {
            keep(e);
        }
        Committed committed = new Committed();
        committed.fail(new StateException(ErrorCode.INTERNAL, "store '" + store.name() + "' threw " + e, e));
        return committed;
    }

    private void follow(Committed committed, List<Waiting> applied) {
        cutsOnTheirWay++;
        committed.whenDone(new Committed.Callback() {
            @Override
            public void confirmed(long revision) {
                landed(applied, revision, null);
            }

            @Override
            public void failed(StateException reason) {
                landed(applied, -1, reason);
            }
        });
    }

    private void landed(List<Waiting> applied, long revision, @Nullable StateException reason) {
        cutsOnTheirWay--;
        for (Waiting each : applied) {
            end(each, revision, reason);
        }
        cutWhatIsDue();
    }

    private void end(Waiting each, long revision, @Nullable StateException reason) {
        pendingUpdates--;
        pendingOperations -= each.update.operations().size();
        try {
            each.tell(revision, reason);
        } catch (RuntimeException | Error e) {
            keep(e);
        }
    }

    private void keep(Throwable e) {
        if (thrown == null) {
            thrown = e;
        } else if (thrown != e) {
            thrown.addSuppressed(e);
        }
    }

    private void rethrow() {
        Throwable first = thrown;
        if (first == null || cutting) {
            return;
        }
        thrown = null;
        switch (first) {
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new AssertionError(first);
        }
    }
}
