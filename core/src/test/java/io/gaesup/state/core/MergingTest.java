package io.gaesup.state.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is left of a batch when it is applied; that it is equal is MergingPropertyTest's. */
final class MergingTest {

    private final LocalStore store =
            LocalStore.create("merging", Notation.read("{'n':1,'m':{'x':1},'l':[1,2,3],'f':0.5}"));
    private final List<List<Operation>> heard = new ArrayList<>();

    MergingTest() {
        store.subscribe(Path.ROOT, change -> heard.add(change.operations()));
    }

    private List<Operation> applied(Batch.Builder batch) {
        store.apply(batch.build());
        return heard.removeLast();
    }

    private static Batch.Builder batch() {
        return Batch.builder();
    }

    private static Operation set(String path, String value) {
        return new Operation.Set(Path.of(path), Notation.read(value));
    }

    private static Operation increment(String path, long by) {
        return new Operation.Increment(Path.of(path), Value.of(by));
    }

    @Test
    void aThousandIncrementsOfAHundredCountersAreAHundredOperations() {
        Path[] paths = new Path[100];
        for (int i = 0; i < paths.length; i++) {
            paths[i] = Path.of("/m/c" + i);
        }
        store.batch(batch -> {
            for (int i = 0; i < 1000; i++) {
                batch.increment(paths[i % 100], i % 7 - 3);
            }
        });
        assertThat(heard).hasSize(1);
        assertThat(heard.getFirst()).hasSize(100).allMatch(operation -> operation instanceof Operation.Increment);
    }

    @Test
    void incrementsAddUpAndTheLastSetCounts() {
        assertThat(applied(batch().increment("/n", 2).set("/m", Value.of(1)).increment("/n", -5)))
                .containsExactly(increment("/n", -3), set("/m", "1"));
        assertThat(applied(batch().set("/n", Value.of(2)).set("/m", Value.of(1)).set("/n", Value.of(3))))
                .containsExactly(set("/n", "3"), set("/m", "1"));
    }

    @Test
    void whatFollowsASetIsDoneOnItsValue() {
        assertThat(applied(batch().set("/n", Notation.read("{'a':[1]}"))
                        .increment("/n/a/0", 4)
                        .insert("/n/a/0", Value.of(9))
                        .test("/n/a/1", Value.of(5))
                        .merge("/n", Notation.read("{'b':1,'a':{'c':null}}"))
                        .move("/n/b", "/n/d")))
                .containsExactly(set("/n", "{'a':{},'d':1}"));
        assertThat(applied(batch().insert("/l/1", Notation.read("{'a':1}")).increment("/l/1/a", 1)))
                .containsExactly(new Operation.Insert(Path.of("/l/1"), Notation.read("{'a':2}")));
    }

    @Test
    void patchesBecomeOne() {
        assertThat(applied(batch().merge("/m", Notation.read("{'x':{'a':1}}"))
                        .merge("/m", Notation.read("{'x':{'b':2},'y':3}"))
                        .merge("/m", Notation.read("{'y':null}"))))
                .containsExactly(new Operation.Merge(Path.of("/m"), Notation.read("{'x':{'a':1,'b':2},'y':null}")));
        assertThat(applied(batch().merge("/m", Notation.read("{'x':1}")).set("/m", Value.of(1))))
                .containsExactly(set("/m", "1"));
    }

    @Test
    void whatWasDeletedAndPutAndDeletedIsDeleted() {
        assertThat(applied(batch().delete("/n")
                        .increment("/n", 3)
                        .increment("/n", 4)
                        .delete("/n")
                        .merge("/n", Notation.read("{'a':1,'b':null}"))))
                .containsExactly(new Operation.Delete(Path.of("/n")), set("/n", "{'a':1}"));
    }

    @Test
    void floatsAreAddedOneByOne() {
        Batch.Builder batch = batch();
        for (int i = 0; i < 10; i++) {
            batch.increment("/f", 1L << 52).increment("/f", 1);
        }
        List<Operation> operations = batch.build().operations();
        assertThat(applied(batch)).isEqualTo(operations).hasSize(20);
    }

    @Test
    void aShiftInAListIsNotPassed() {
        Batch.Builder batch = batch().increment("/l/1", 1).delete("/l/0").increment("/l/1", 1);
        assertThat(applied(batch)).isEqualTo(batch.build().operations());
        Batch.Builder append =
                batch().increment("/l/1", 1).insert("/l/-", Value.of(1)).increment("/l/1", 1);
        assertThat(applied(append)).hasSize(3);
    }

    @Test
    void aFailureNamesTheOperationByItsPlaceInTheWholeBatch() {
        Snapshot before = store.snapshot();
        assertThatThrownBy(() -> store.batch(batch -> {
                    for (int i = 0; i < 5; i++) {
                        batch.increment(Path.of("/n"), 1);
                    }
                    batch.increment(Path.of("/m"), 1).increment(Path.of("/n"), Long.MAX_VALUE);
                }))
                .isInstanceOf(StateException.class)
                .hasMessage("NOT_A_NUMBER: increment at /m: expected a number, found map map(1 entries)"
                        + " (operation 5 of 7)");
        assertThatThrownBy(() -> store.batch(batch -> batch.increment(Path.of("/n"), Long.MAX_VALUE - 2)
                        .increment(Path.of("/n"), 1)
                        .increment(Path.of("/n"), 1)))
                .hasMessageStartingWith("OVERFLOW: increment at /n: ")
                .hasMessageEndingWith(" (operation 2 of 3)");
        assertThat(store.snapshot()).isEqualTo(before);
        assertThat(heard).isEmpty();
    }

    @Test
    void aBuilderCanGoOnAfterItsBatchWasBuiltButNotAfterItEnded() {
        Batch.Builder builder = batch().increment("/n", 1);
        Batch first = builder.build();
        Batch second = builder.increment("/n", 2).build();
        assertThat(first.operations()).containsExactly(increment("/n", 1));
        assertThat(second.operations()).containsExactly(increment("/n", 1), increment("/n", 2));
        List<Batch.Builder> kept = new ArrayList<>();
        store.batch(kept::add);
        assertThatThrownBy(() -> kept.getFirst().set(Path.ROOT, Value.NULL)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void workThatThrowsAppliesNothing() {
        assertThatThrownBy(() -> store.batch(batch -> {
                    batch.set("/n", Value.of(2));
                    throw new IllegalStateException("no more");
                }))
                .hasMessage("no more");
        assertThat(store.revision()).isZero();
        store.batch(batch -> batch.set("/x", Value.of(1)));
        assertThat(Notation.write(store.snapshot().root())).isEqualTo("{'n':1,'m':{'x':1},'l':[1,2,3],'f':0.5,'x':1}");
    }

    @Test
    void batchesInBatchesAreTheirOwn() {
        store.batch(outer -> {
            outer.increment("/n", 1);
            store.batch(inner -> inner.increment("/n", 10).increment("/n", 10));
            outer.increment("/n", 1);
        });
        assertThat(store.revision()).isEqualTo(2);
        assertThat(store.get(Path.of("/n"))).isEqualTo(Value.of(23));
    }

    @Test
    void moreOperationsThanABatchHasAreRefused() {
        Path path = Path.of("/n");
        Batch.Builder batch = batch();
        for (int i = 0; i < Limits.BATCH_OPERATIONS_MAX; i++) {
            batch.increment(path, 1);
        }
        assertThatThrownBy(() -> batch.increment(path, 1))
                .isInstanceOf(StateException.class)
                .hasMessageStartingWith("LIMIT_EXCEEDED");
        assertThat(applied(batch)).containsExactly(increment("/n", Limits.BATCH_OPERATIONS_MAX));
    }

    @Test
    void pathsOfTheSameHashAreToldApart() {
        Batch.Builder batch = batch();
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 500; i++) {
                batch.increment("/m/" + Keys.colliding(i), i);
            }
        }
        assertThat(applied(batch)).hasSize(500);
        assertThat(store.get(Path.of("/m/" + Keys.colliding(499)))).isEqualTo(Value.of(998));
    }
}
