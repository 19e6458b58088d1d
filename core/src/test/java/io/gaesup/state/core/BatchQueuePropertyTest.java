package io.gaesup.state.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The queue beside the simplest model of it: a list that waits, times in milliseconds, and a document for each cut. */
@Label("batch queues")
final class BatchQueuePropertyTest {

    private static final long NANOS = 1_000_000;

    @Provide
    Arbitrary<List<Long>> scripts() {
        return Scripts.ofSteps(80);
    }

    private record Waiting(int number, Update update, long due) {}

    /** As the page about the queue says, a millisecond at a time. */
    private static final class Model {

        private final long commitMillis;
        private final List<Waiting> waiting = new ArrayList<>();
        private final List<Long> commitsEnd = new ArrayList<>();
        private final List<String> cuts = new ArrayList<>();
        private final List<Object> outcomes = new ArrayList<>();
        private final List<List<Operation>> history = new ArrayList<>();
        private Object document;
        private long lastEnd;

        private Model(Value start, long commitMillis) {
            this.document = Plain.of(start);
            this.commitMillis = commitMillis;
        }

        private void submit(long now, Update update) {
            long wait = switch (update.priority()) {
                case IMMEDIATE -> 0;
                case HIGH -> 4;
                case NORMAL -> 16;
                case LOW -> 100;
            };
            waiting.add(new Waiting(outcomes.size(), update, now + wait));
            outcomes.add("waits");
            look(now);
        }

        /** Commits that have arrived at {@code now} are gone, one after the other. */
        private void look(long now) {
            while (!commitsEnd.isEmpty() && commitsEnd.getFirst() <= now) {
                commitsEnd.removeFirst();
            }
            boolean isDue = false;
            for (Waiting each : waiting) {
                isDue = isDue || each.due <= now;
            }
            while (!waiting.isEmpty() && (commitsEnd.isEmpty() || isDue)) {
                cut(now);
            }
        }

        private void cut(long now) {
            List<String> sources = new ArrayList<>();
            List<Operation> all = new ArrayList<>();
            for (Waiting each : waiting) {
                Object after = isStale(each.update, all)
                        ? ErrorCode.CONFLICT
                        : StorePropertyTest.inModel(document, each.update.operations());
                if (after instanceof ErrorCode code) {
                    outcomes.set(each.number, code);
                } else {
                    document = after;
                    all.addAll(each.update.operations());
                    sources.add(each.update.source());
                    outcomes.set(each.number, (long) history.size() + 1);
                }
            }
            waiting.clear();
            if (!sources.isEmpty()) {
                history.add(all);
                if (all.stream().anyMatch(operation -> !(operation instanceof Operation.Test))) {
                    cuts.add(now + " " + sources);
                }
                lastEnd = Math.max(lastEnd, now) + commitMillis;
                if (commitMillis > 0) {
                    commitsEnd.add(lastEnd);
                }
            }
        }

        private boolean isStale(Update update, List<Operation> inThisCut) {
            if (update.conflicts() == Conflicts.LAST_WRITE_WINS) {
                return false;
            }
            List<Operation> since = new ArrayList<>(inThisCut);
            for (int i = (int) update.basis(); i < history.size(); i++) {
                since.addAll(history.get(i));
            }
            for (Operation operation : update.operations()) {
                for (Operation changed : since) {
                    if (!(changed instanceof Operation.Test)
                            && (changed.path().isPrefixOf(operation.path())
                                    || operation.path().isPrefixOf(changed.path()))) {
                        return true;
                    }
                }
            }
            return false;
        }
    }

    @Property
    void cutsAndOutcomesAreThoseOfTheModel(@ForAll long seed, @ForAll("scripts") List<Long> steps) {
        SplittableRandom setup = new SplittableRandom(seed);
        long commitMillis = new long[] {0, 1, 3, 10, 40, 400}[setup.nextInt(6)];
        Value start = Notation.read("{'a':{'b':1,'c':2},'d':3,'e':{}}");
        VirtualScheduler clock = new VirtualScheduler();
        LocalStore inner = LocalStore.create("queued", start);
        Store store = commitMillis == 0 ? inner : new DiskStore(inner, clock, commitMillis);
        Model model = new Model(start, commitMillis);
        List<String> cuts = new ArrayList<>();
        List<Committed> committed = new ArrayList<>();
        List<Integer> done = new ArrayList<>();
        inner.subscribe(
                Path.ROOT,
                change -> cuts.add(change.origin().nanoTime() / NANOS + " "
                        + change.origin().sources()));
        long now = 0;
        try (BatchQueue queue = BatchQueue.open(store, clock)) {
            for (long step : steps) {
                SplittableRandom random = new SplittableRandom(step);
                for (long pause = random.nextInt(3) == 0 ? random.nextInt(30) : 0; pause > 0; pause--) {
                    clock.advanceMillis(1);
                    model.look(++now);
                }
                Update update = update(random, committed.size(), store.revision());
                int number = committed.size();
                Committed one = queue.submit(update);
                committed.add(one);
                one.whenDone(noting(done, number));
                model.submit(now, update);
                assertThat(cuts).isEqualTo(model.cuts);
                StorePropertyTest.assertSame(store.snapshot().root(), model.document);
            }
            for (int i = 0; i < 200; i++) {
                clock.advanceMillis(1);
                model.look(++now);
            }
            assertThat(queue.waiting()).isZero();
            clock.advanceMillis(commitMillis * (steps.size() + 1));
            assertThat(queue.pending()).isZero();
        }
        assertThat(cuts).isEqualTo(model.cuts);
        StorePropertyTest.assertSame(store.snapshot().root(), model.document);
        List<Object> outcomes = new ArrayList<>();
        for (Committed each : committed) {
            StateException failure = each.failure();
            outcomes.add(failure == null ? (Object) each.revision() : failure.code());
        }
        assertThat(outcomes).isEqualTo(model.outcomes);
        assertThat(done.stream().filter(number -> committed.get(number).failure() == null))
                .as("in order of arrival")
                .isSorted();
        assertThat(clock.waiting()).isZero();
    }

    private static Committed.Callback noting(List<Integer> done, int number) {
        return new Committed.Callback() {
            @Override
            public void confirmed(long revision) {
                done.add(number);
            }

            @Override
            public void failed(StateException reason) {
                done.add(number);
            }
        };
    }

    private static Update update(SplittableRandom random, int number, long revision) {
        String[] places = {"/a", "/a/b", "/a/c", "/d", "/e", "/e/f", "/g"};
        Batch.Builder batch = Batch.builder();
        for (int count = 1 + random.nextInt(3); count > 0; count--) {
            Path path = Path.of(places[random.nextInt(places.length)]);
            switch (random.nextInt(8)) {
                case 0 -> batch.set(path, Value.of(random.nextInt(9)));
                case 1 -> batch.set(path, MapValue.of("b", Value.of(1)));
                case 2 -> batch.merge(path, MapValue.of("f", Value.of(random.nextInt(9))));
                case 3 -> batch.delete(path);
                case 4 -> batch.add(new Operation.Test(path, null));
                default -> batch.increment(path, random.nextInt(9) - 4);
            }
        }
        Update update = Update.of(batch.build())
                .withPriority(Priority.values()[random.nextInt(4)])
                .from("u" + number);
        return random.nextInt(3) == 0
                ? update.madeOn(Math.max(0, revision - random.nextInt(4)), Conflicts.REJECT_STALE)
                : update;
    }

    /** Everything that changed is known to have, as long as anything is known; and in maps nothing else is. */
    @Property
    void whatChangedSinceIsToldFromABoundedMemory(@ForAll long seed, @ForAll("scripts") List<Long> steps) {
        SplittableRandom random = new SplittableRandom(seed);
        int nodesMax = random.nextInt(3) == 0 ? Integer.MAX_VALUE : 1 + random.nextInt(20);
        boolean hasLists = random.nextBoolean();
        RecentChanges recent = new RecentChanges(nodesMax, 0);
        List<Operation> done = new ArrayList<>();
        for (long step : steps) {
            SplittableRandom one = new SplittableRandom(step);
            Operation operation = operation(one, hasLists);
            done.add(operation);
            recent.note(done.size(), List.of(operation));
            if (nodesMax == Integer.MAX_VALUE) {
                assertThat(recent.known()).isZero();
            }
            Path asked = path(one, hasLists);
            long basis = recent.known() + one.nextLong(done.size() - recent.known() + 1);
            long expected = -1;
            for (int i = (int) basis; i < done.size(); i++) {
                expected = touches(done.get(i), asked) ? i + 1 : expected;
            }
            long found = recent.changedAfter(basis, asked);
            if (hasLists) {
                assertThat(found).as("%s after %d of %s", asked, basis, done).isGreaterThanOrEqualTo(expected);
            } else {
                assertThat(found >= 0)
                        .as("%s after %d of %s", asked, basis, done)
                        .isEqualTo(expected >= 0);
            }
        }
    }

    private static Operation operation(SplittableRandom random, boolean hasLists) {
        Path path = path(random, hasLists);
        return switch (random.nextInt(5)) {
            case 0 -> path.isRoot() ? new Operation.Set(path, Value.NULL) : new Operation.Delete(path);
            case 1 ->
                hasLists && !path.isRoot() ? new Operation.Insert(path, Value.NULL) : new Operation.Test(path, null);
            case 2 -> new Operation.Merge(path, MapValue.empty());
            default -> new Operation.Set(path, Value.NULL);
        };
    }

    private static Path path(SplittableRandom random, boolean hasLists) {
        Path path = Path.ROOT;
        for (int depth = random.nextInt(4); depth > 0; depth--) {
            int at = random.nextInt(4);
            path = hasLists ? path.child(at) : path.child("k" + at);
        }
        return path.depth() == 0 && random.nextInt(5) != 0 ? path.child("k") : path;
    }

    private static boolean touches(Operation operation, Path path) {
        if (operation instanceof Operation.Test) {
            return false;
        }
        Path changed = operation.path();
        if (changed.isPrefixOf(path) || path.isPrefixOf(changed)) {
            return true;
        }
        int last = changed.depth() - 1;
        return (operation instanceof Operation.Delete || operation instanceof Operation.Insert)
                && path.depth() > last
                && changed.parent().isPrefixOf(path)
                && changed.index(last) >= 0
                && path.index(last) >= changed.index(last);
    }
}
