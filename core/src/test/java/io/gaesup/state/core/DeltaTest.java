package io.gaesup.state.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Deltas of large maps are as small as what was done; lists are in {@link ListDiffPropertyTest}. */
final class DeltaTest {

    private static final int ROWS = 10_000;

    private final LocalStore store = LocalStore.create("store", MapValue.of("rows", rows(ROWS)));
    private final Snapshot start = store.snapshot();

    @Test
    void aChangedFieldIsOneOperation() {
        store.increment(row(77).child("n"), 1);
        assertDelta(new Operation.Set(row(77).child("n"), Value.of(78)));
    }

    @Test
    void aNewRowIsOneOperation() {
        store.set(row(ROWS), Value.NULL);
        assertDelta(new Operation.Set(row(ROWS), Value.NULL));
    }

    @Test
    void aDeletedRowIsOneOperation() {
        store.delete(row(5000));
        assertDelta(new Operation.Delete(row(5000)));
    }

    @Test
    void aRowPutAgainIsDeletedAndSet() {
        store.delete(row(5000));
        store.set(row(5000), Value.NULL);
        assertDelta(new Operation.Delete(row(5000)), new Operation.Set(row(5000), Value.NULL));
    }

    @Test
    void whatWasPutAndRemovedLeavesNoTrace() {
        store.set(row(ROWS), Value.NULL);
        store.delete(row(ROWS));
        assertDelta();
    }

    @Test
    void whatWasChangedBackLeavesNoTrace() {
        store.increment(row(5).child("n"), 1);
        store.increment(row(5).child("n"), -1);
        assertDelta();
    }

    @Test
    void manyDeletesAreOneOperationEachAlsoWhereTheMapIsWrittenAnew() {
        for (int i = 0; i < 9000; i++) {
            store.delete(row(i));
        }
        store.set(row(3), Value.NULL);
        assertDeltaOf(9001);
    }

    @Test
    void aMapThatLosesItsFirstKeysAndGetsThemBackAtTheEnd() {
        for (int i = 0; i < 100; i++) {
            store.delete(row(i));
            store.set(row(i), Value.of(i));
        }
        assertDeltaOf(200);
    }

    @Test
    void twoStoresFromOneSnapshotDifferByWhatEachDid() {
        LocalStore other = LocalStore.of(start);
        store.set(row(ROWS), Value.of(1));
        store.delete(row(7));
        other.set(row(ROWS + 1), Value.of(2));
        other.delete(row(8));
        Delta delta = store.snapshot().since(other.snapshot());
        StorePropertyTest.assertSame(
                delta.applyTo(other.snapshot().root()),
                Plain.of(store.snapshot().root()));
    }

    @Test
    void aDeltaDoesNotFollowWhatTheStoreDoesNext() {
        store.set(row(1), Value.of("one"));
        Snapshot end = store.snapshot();
        Delta delta = end.since(start);
        store.set(row(1), Value.of("two"));
        store.delete(row(2));
        assertThat(delta.from()).isZero();
        assertThat(delta.to()).isEqualTo(1);
        assertThat(delta.operations()).containsExactly(new Operation.Set(row(1), Value.of("one")));
        StorePropertyTest.assertSame(delta.applyTo(start.root()), Plain.of(end.root()));
    }

    private void assertDelta(Operation... operations) {
        assertThat(store.snapshot().since(start).operations()).containsExactly(operations);
        assertDeltaOf(operations.length);
    }

    private void assertDeltaOf(int operations) {
        Snapshot end = store.snapshot();
        List<Operation> found = new ArrayList<>(end.since(start).operations());
        assertThat(found).hasSize(operations);
        StorePropertyTest.assertSame(Tree.apply(start.root(), found), Plain.of(end.root()));
        StorePropertyTest.assertSame(start.since(end).applyTo(end.root()), Plain.of(start.root()));
    }

    private static Path row(int number) {
        return Path.of("/rows/r" + number);
    }

    private static MapValue rows(int count) {
        MapValue.Builder rows = MapValue.builder();
        for (int i = 0; i < count; i++) {
            rows.put("r" + i, MapValue.of("n", Value.of(i)));
        }
        return rows.build();
    }
}
