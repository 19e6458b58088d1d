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
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

/** Whatever is done to a document, the engine and the model end with the same, and what was taken stays as it was. */
@Label("any edits")
final class StorePropertyTest {

    /** What somebody took, beside what it was at that time. */
    private record Taken(Value value, Object plain) {}

    @Provide
    Arbitrary<List<Long>> scripts() {
        return Scripts.ofSteps(60);
    }

    @Property
    void eachBatchDoesWhatTheModelDoes(@ForAll long document, @ForAll("scripts") List<Long> steps) {
        Value start = document(document);
        Tree tree = new Tree(start);
        Object model = Plain.of(start);
        List<Taken> taken = new ArrayList<>(List.of(new Taken(start, Plain.of(start))));
        for (long step : steps) {
            SplittableRandom random = new SplittableRandom(step);
            List<Operation> batch = new RandomEdits(random, List.of()).batch(model);
            Object changed = inModel(model, batch);
            ErrorCode refused = refusal(() -> tree.apply(batch));
            assertThat(refused).as("%s", batch).isEqualTo(changed instanceof ErrorCode code ? code : null);
            model = changed instanceof ErrorCode ? model : changed;
            assertSame(tree.peek(), model);
            Structure.check(tree.peek());
            if (random.nextInt(4) == 0) {
                taken.add(new Taken(tree.share(), Plain.copy(model)));
            }
        }
        taken.forEach(each -> assertSame(each.value, each.plain));
    }

    @Property
    void snapshotsStayAndDeltasLeadBetweenThem(@ForAll long document, @ForAll("scripts") List<Long> steps) {
        Value start = document(document);
        LocalStore store = LocalStore.create("store", start);
        LocalStore other = LocalStore.create("other", start);
        List<Value> values = new ArrayList<>();
        List<Snapshot> snapshots = new ArrayList<>(List.of(store.snapshot()));
        List<Object> models = new ArrayList<>(List.of(Plain.of(start)));
        for (long step : steps) {
            SplittableRandom random = new SplittableRandom(step);
            LocalStore one = random.nextInt(3) == 0 ? other : store;
            Object model = Plain.of(one.snapshot().root());
            List<Operation> batch = new RandomEdits(random, values).batch(model);
            Object changed = inModel(model, batch);
            ErrorCode refused = refusal(() -> one.apply(new Batch(batch)));
            assertThat(refused).as("%s", batch).isEqualTo(changed instanceof ErrorCode code ? code : null);
            snapshots.add(one.snapshot());
            models.add(changed instanceof ErrorCode ? model : changed);
            Path path = new RandomEdits(random, values).place(models.getLast());
            Value found = one.get(path);
            assertThat(found).as("what is at %s", path).isNotNull();
            values.add(found);
            keepSmall(store);
            keepSmall(other);
        }
        for (int i = 0; i < snapshots.size(); i++) {
            assertSame(snapshots.get(i).root(), models.get(i));
        }
        SplittableRandom random = new SplittableRandom(document);
        for (int i = 0; i < snapshots.size(); i++) {
            int from = random.nextInt(snapshots.size());
            int to = random.nextInt(4) == 0
                    ? Math.min(from + 1, snapshots.size() - 1)
                    : random.nextInt(snapshots.size());
            Delta delta = snapshots.get(to).since(snapshots.get(from));
            assertSame(delta.applyTo(snapshots.get(from).root()), models.get(to));
            assertSame(snapshots.get(from).root(), models.get(from));
        }
    }

    @Property
    void deltasLeadBetweenStrangers(@ForAll long from, @ForAll long to, @ForAll @Size(max = 8) List<Long> steps) {
        Value a = document(from);
        Value b = document(to);
        assertSame(Tree.apply(a, Differ.operations(a, b)), Plain.of(b));
        Object edited = Plain.of(a);
        for (long step : steps) {
            Object changed = inModel(edited, new RandomEdits(new SplittableRandom(step), List.of()).batch(edited));
            edited = changed instanceof ErrorCode ? edited : changed;
        }
        Value rebuilt = Plain.value(edited);
        List<Operation> delta = Differ.operations(a, rebuilt);
        assertSame(Tree.apply(a, delta), edited);
        assertThat(Differ.operations(rebuilt, Plain.value(edited)))
                .as("between equals")
                .isEmpty();
        assertThat(Plain.same(edited, Plain.of(a)))
                .as("whether %s is empty", delta)
                .isEqualTo(delta.isEmpty());
    }

    static Value document(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return Values.random(random, 1 + random.nextInt(200));
    }

    /** Putting documents into themselves doubles them; a few times is enough. */
    private static void keepSmall(Store store) {
        if (size(store.snapshot().root()) > 3000) {
            store.set(Path.ROOT, MapValue.empty());
        }
    }

    private static int size(Value value) {
        int[] size = {1};
        if (value instanceof ListValue list) {
            list.forEach(element -> size[0] += size(element));
        } else if (value instanceof MapValue map) {
            map.forEach((key, entry) -> size[0] += size(entry));
        }
        return size[0];
    }

    /** The document after {@code batch}, or the code of its error. */
    static Object inModel(Object plain, List<Operation> batch) {
        Object changed = Plain.copy(plain);
        try {
            for (Operation operation : batch) {
                changed = ModelEdit.apply(changed, operation, new ArrayList<>());
            }
            return changed;
        } catch (StateException e) {
            return e.code();
        }
    }

    static @Nullable ErrorCode refusal(Runnable call) {
        try {
            call.run();
            return null;
        } catch (StateException e) {
            return e.code();
        }
    }

    static void assertSame(Value found, Object expected) {
        if (!Plain.same(Plain.of(found), expected)) {
            assertThat(Notation.write(found)).isEqualTo(Notation.write(Plain.value(expected)));
        }
    }
}
