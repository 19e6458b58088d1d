package io.gaesup.state.core;

import java.util.Objects;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/**
 * Hypothesis: a store with one writer that publishes its snapshots in a volatile field, and readers that each work on
 * the snapshot they found there, is linearizable. Whatever a reader puts together out of one snapshot, however long that takes, is
 * what it would have found had the writer stood still.
 *
 * <p>What could break it: the writer changes in place a node that a published snapshot reaches (a leaf of rows, one
 * column of it, a list of numbers, the root), or half of a batch is to be seen. Lincheck makes up scenarios of a
 * writer, a keeper and a reader, and looks for an outcome that no sequence of the same operations has.
 *
 * <p>Model checking tries the interleavings of single accesses to fields and arrays, as if memory were sequentially
 * consistent, and prints the one that fails. Stress runs the same on real threads, with what compiler and processor reorder;
 * {@link SnapshotReadersTest} does that for long runs and for a snapshot handed over by a race. Few scenarios always,
 * more with {@code -Pdeep}.
 */
final class SnapshotLincheckTest {

    private static final boolean IS_DEEP = Boolean.getBoolean("gaesup.deep");

    /** More than a reader's loops have rounds, so that they are not taken for waiting. */
    private static final int LOOP_MAX = 100;

    @Test
    void noInterleavingOfAccessesShowsAReaderAChange() {
        new ModelCheckingOptions()
                .iterations(IS_DEEP ? 100 : 2)
                .invocationsPerIteration(IS_DEEP ? 1_000 : 25)
                .loopIterationsBeforeThreadSwitch(LOOP_MAX)
                .threads(3)
                .actorsBefore(1)
                .actorsPerThread(2)
                .actorsAfter(1)
                .check(Shared.class);
    }

    @Test
    void realThreadsShowAReaderNoChange() {
        new StressOptions()
                .iterations(IS_DEEP ? 100 : 3)
                .invocationsPerIteration(IS_DEEP ? 10_000 : 1_000)
                .threads(3)
                .actorsBefore(1)
                .actorsPerThread(2)
                .actorsAfter(1)
                .check(Shared.class);
    }

    /** A table of two leaves of rows, and numbers of two leaves; the operations meet in the first of each. */
    @Param(name = "row", gen = IntGen.class, conf = "0:2")
    @Param(name = "value", gen = IntGen.class, conf = "1:9")
    public static final class Shared {

        private static final int ROWS = 20;
        private static final int NUMBERS = 18;

        /** Shared by all threads, too: paths remember where a key was found last. */
        private static final Path TABLE = Path.of("/rows");

        private static final Path NUMBERS_LIST = Path.of("/numbers");
        private static final Path LEFT = Path.of("/rows/1/left");
        private static final Path RIGHT = Path.of("/rows/1/right");
        private static final Path FIRST = Path.of("/numbers/0");

        /** Made once, because all that runs while a scenario is tried costs a multiple. */
        private static final Value START = start();

        private final LocalStore store = LocalStore.create("shared", START);
        private volatile Snapshot published = store.snapshot();

        /** The keeper's only. */
        private Snapshot kept = published;

        private static Value start() {
            ListValue.Builder rows = ListValue.builder();
            for (int i = 0; i < ROWS; i++) {
                rows.add(row(i));
            }
            ListValue.Builder numbers = ListValue.builder();
            for (int i = 0; i < NUMBERS; i++) {
                numbers.add(Value.of(i));
            }
            return MapValue.of("rows", rows.build(), "numbers", numbers.build());
        }

        private static Value row(int value) {
            return MapValue.of("left", Value.of(value), "right", Value.of(value), "name", Value.of("row " + value));
        }

        @Operation(
                params = {"row", "value"},
                nonParallelGroup = "writer")
        public long set(int row, int value) {
            store.set(TABLE.child(row).child("left"), Value.of(value));
            return publish();
        }

        @Operation(params = "row", nonParallelGroup = "writer")
        public long increment(int row) {
            store.increment(NUMBERS_LIST.child(row), 1);
            return publish();
        }

        /** The second and third change nodes in place that the first has made. */
        @Operation(params = "value", nonParallelGroup = "writer")
        public long threeRevisions(int value) {
            store.set(LEFT, Value.of(value));
            store.increment(FIRST, value);
            store.set(RIGHT, Value.of(value));
            return publish();
        }

        @Operation(
                params = {"row", "value"},
                nonParallelGroup = "writer")
        public long insert(int row, int value) {
            store.apply(new io.gaesup.state.core.Operation.Insert(TABLE.child(row), row(value)));
            return publish();
        }

        @Operation(params = "row", nonParallelGroup = "writer")
        public long remove(int row) {
            store.apply(new io.gaesup.state.core.Operation.Delete(TABLE.child(row)));
            return publish();
        }

        @Operation(params = "value", nonParallelGroup = "writer")
        public long together(int value) {
            store.apply(Batch.builder()
                    .increment(LEFT, value)
                    .increment(RIGHT, value)
                    .increment(FIRST, value)
                    .build());
            return publish();
        }

        private long publish() {
            published = store.snapshot();
            return published.revision();
        }

        @Operation
        public String readCells() {
            return cells(published);
        }

        @Operation
        public String readSums() {
            return sums(published);
        }

        @Operation(nonParallelGroup = "keeper")
        public long keep() {
            kept = published;
            return kept.revision();
        }

        @Operation(nonParallelGroup = "keeper")
        public String readKept() {
            return cells(kept) + ", " + sums(kept);
        }

        private static String cells(Snapshot snapshot) {
            return snapshot.revision() + ": left " + snapshot.get(LEFT) + ", right " + snapshot.get(RIGHT) + ", first "
                    + snapshot.get(FIRST);
        }

        private static String sums(Snapshot snapshot) {
            ListValue rows = (ListValue) Objects.requireNonNull(snapshot.get(TABLE));
            long left = 0;
            for (Value row : rows) {
                left += number(Objects.requireNonNull(((MapValue) row).get("left")));
            }
            ListValue numbers = (ListValue) Objects.requireNonNull(snapshot.get(NUMBERS_LIST));
            long sum = 0;
            for (int i = 0; i < numbers.size(); i++) {
                sum += number(numbers.get(i));
            }
            return snapshot.revision() + ": " + rows.size() + " rows of " + left + ", numbers of " + sum;
        }

        private static long number(Value value) {
            return ((Value.Int) value).value();
        }
    }
}
