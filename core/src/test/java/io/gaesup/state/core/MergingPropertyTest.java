package io.gaesup.state.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A merged batch is equal to the batch in order: values, the order of keys, and the failure with its message. */
@Label("merged batches")
final class MergingPropertyTest {

    /** Places at, above, below, beside and behind each other, in maps and in lists; some are not there. */
    private static final String[] PLACES = {
        "", "/a", "/a/b", "/a/b/c", "/a/x", "/b", "/n", "/n/0", "/l", "/l/0", "/l/1", "/l/1/b", "/l/2", "/l/-", "/f",
        "/9"
    };

    private static final String[] DOCUMENTS = {
        "{'a':{'b':{'c':1},'x':2},'b':3,'l':[1,{'b':2},3],'f':0.1,'n':[]}",
        "{'b':1,'a':5,'f':1,'l':{'0':1,'1':{'b':1},'-':2},'9':1}",
        "{'l':[9223372036854775807],'a':{'b':-9223372036854775807},'n':{}}",
        "[[1],{'b':1}]",
        "7"
    };

    private static final String[] NUMBERS = {
        "1", "-1", "0", "9223372036854775807", "-9223372036854775808", "0.1", "-0.0"
    };

    private static final String[] VALUES = {
        "1",
        "null",
        "'t'",
        "0.5",
        "{}",
        "{'b':1}",
        "{'b':{'c':1},'x':[1,2]}",
        "[]",
        "[1,{'b':1}]",
        "{'c':null,'b':null}"
    };

    private static List<Operation> operationsAt(Path path, String from) {
        List<Operation> operations = new ArrayList<>();
        for (String number : NUMBERS) {
            operations.add(new Operation.Increment(path, (Value.Number) Notation.read(number)));
        }
        for (String text : VALUES) {
            Value value = Notation.read(text);
            operations.add(new Operation.Set(path, value));
            operations.add(new Operation.Merge(path, value));
        }
        operations.add(new Operation.Test(path, null));
        operations.add(new Operation.Test(path, Value.of(1)));
        if (!path.isRoot()) {
            operations.add(new Operation.Delete(path));
            operations.add(new Operation.Insert(path, Value.of(7)));
            operations.add(new Operation.Insert(path, Notation.read("{'b':1}")));
            operations.add(new Operation.Move(Path.of(from), path));
        }
        return operations;
    }

    private static List<Operation> operations() {
        List<Operation> all = new ArrayList<>();
        for (int i = 0; i < PLACES.length; i++) {
            String from = PLACES[i + 3 < PLACES.length ? i + 3 : 1];
            all.addAll(operationsAt(Path.of(PLACES[i]), from));
        }
        return all;
    }

    @Test
    void everyPairIsEqualToTheTwoInOrder() {
        List<Value> documents = Arrays.stream(DOCUMENTS).map(Notation::read).toList();
        List<Operation> operations = operations();
        for (Operation first : operations) {
            for (Operation second : operations) {
                if (areNear(first.path(), second.path())) {
                    // Pairs that fail cost most: each is tried on one document, pairs that go well on all.
                    for (int i = 0; i < documents.size() && check(documents.get(i), List.of(first, second)); i++) {}
                }
            }
        }
    }

    /** Whether one leads to the other, or both are in the same container. */
    private static boolean areNear(Path one, Path other) {
        return one.isPrefixOf(other) || other.isPrefixOf(one) || one.parent().equals(other.parent());
    }

    @Property
    void anyRowOfTheseIsEqualToThemInOrder(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Operation> operations = operations();
        for (int round = 0; round < 100; round++) {
            Value start = Notation.read(DOCUMENTS[random.nextInt(3)]);
            Object model = Plain.of(start);
            List<Operation> batch = new ArrayList<>();
            int count = 2 + random.nextInt(9);
            while (batch.size() < count) {
                Operation next = operations.get(random.nextInt(operations.size()));
                // Most batches go well for long: one in ten operations that would fail is let in.
                Object after = StorePropertyTest.inModel(model, List.of(next));
                if (!(after instanceof ErrorCode)) {
                    model = after;
                    batch.add(next);
                } else if (random.nextInt(10) == 0) {
                    batch.add(next);
                    count = Math.min(count, batch.size() + 1);
                }
            }
            check(start, batch);
        }
    }

    @Provide
    Arbitrary<List<Long>> scripts() {
        return Scripts.ofSteps(60);
    }

    @Property
    void anyBatchIsEqualToItsOperationsInOrder(@ForAll long document, @ForAll("scripts") List<Long> steps) {
        SplittableRandom start = new SplittableRandom(document);
        Value value = Values.random(start, 1 + start.nextInt(60));
        Object model = Plain.of(value);
        List<Operation> batch = new ArrayList<>();
        for (long step : steps) {
            for (Operation operation : new RandomEdits(new SplittableRandom(step), List.of()).batch(model)) {
                Object after = StorePropertyTest.inModel(model, List.of(operation));
                if (!(after instanceof ErrorCode)) {
                    model = after;
                    batch.add(operation);
                } else if (step % 50 == 0) {
                    batch.add(operation);
                }
            }
        }
        check(value, batch);
    }

    /** Increments by kept paths, the short way, among others. */
    @Property
    void countersAreEqualToTheirIncrementsInOrder(@ForAll long seed, @ForAll("scripts") List<Long> steps) {
        SplittableRandom random = new SplittableRandom(seed);
        Path[] paths = new Path[8];
        MapValue.Builder start = MapValue.builder();
        for (int i = 0; i < paths.length; i++) {
            paths[i] = Path.of("/c" + i % 6);
            if (i < 5) {
                start.put("c" + i, i == 0 ? Value.of(0.1) : Value.of(i == 1 ? Long.MAX_VALUE - 5 : i * 100L));
            }
        }
        boolean isLarge = random.nextBoolean();
        for (int i = 0; isLarge && i < 40; i++) {
            start.put("d" + i, Value.of(i));
        }
        LocalStore store = LocalStore.create("counters", start.build());
        for (int round = 0; round < 6; round++) {
            List<Operation> batch = new ArrayList<>();
            boolean isDull = random.nextInt(3) != 0;
            if (random.nextInt(4) == 0) {
                store.delete(paths[2]);
                store.increment(paths[2], round);
            }
            if (random.nextInt(4) == 0) {
                store.set(paths[random.nextInt(6)], Value.of(3));
            }
            Value before = store.snapshot().root();
            String failure = failure(() -> store.batch(builder -> {
                for (long step : steps) {
                    int at = (int) Long.remainderUnsigned(step, paths.length);
                    Path path = paths[isDull && (at < 2 || at > 5) ? 2 : at];
                    long by = step % 17 == 0 ? step : step % 11;
                    if (!isDull && step % 13 == 0) {
                        builder.set(path, Value.of(step));
                        batch.add(new Operation.Set(path, Value.of(step)));
                    } else {
                        builder.increment(path, by);
                        batch.add(new Operation.Increment(path, Value.of(by)));
                    }
                }
            }));
            Tree tree = new Tree(before);
            assertThat(failure).isEqualTo(failure(() -> tree.apply(batch)));
            StorePropertyTest.assertSame(store.snapshot().root(), Plain.of(tree.peek()));
        }
    }

    @Property
    void pathsOfOneHashAreEqualToThemInOrder(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Operation> batch = new ArrayList<>();
        boolean[] isThere = new boolean[3 * OpenSlots.PROBES_MAX];
        for (int i = 0; i < 2_000; i++) {
            int number = random.nextInt(isThere.length);
            Path path = Path.of("/m/" + Keys.colliding(number));
            switch (random.nextInt(isThere[number] ? 5 : 4)) {
                case 0 -> batch.add(new Operation.Set(path, Value.of(i)));
                case 4 -> batch.add(new Operation.Delete(path));
                default -> batch.add(new Operation.Increment(path, Value.of(i)));
            }
            isThere[number] = !(batch.getLast() instanceof Operation.Delete);
            if (random.nextInt(500) == 0) {
                batch.add(new Operation.Merge(Path.of("/m"), Notation.read("{'" + Keys.colliding(number) + "':null}")));
                isThere[number] = false;
            }
        }
        assertThat(check(Notation.read("{'m':{}}"), batch)).isTrue();
    }

    /** Whether the batch goes well. */
    private static boolean check(Value start, List<Operation> batch) {
        Object before = Plain.of(start);
        Object expected = StorePropertyTest.inModel(before, batch);
        Tree inOrder = new Tree(start);
        String failure = failure(() -> inOrder.apply(batch));
        Tree merged = new Tree(start);
        List<Operation> applied = new ArrayList<>();
        Merging merging = Merging.of(batch);
        assertThat(merging.log()).isEqualTo(batch);
        String found = failure(() -> applied.addAll(merging.applyTo(merged, batch.size() % 2 == 0)));
        assertThat(found).as("%s on %s", batch, Notation.write(start)).isEqualTo(failure);
        StorePropertyTest.assertSame(start, before);
        if (expected instanceof ErrorCode code) {
            assertThat(found).startsWith(code.name());
            StorePropertyTest.assertSame(merged.peek(), before);
            return false;
        }
        if (!Plain.same(Plain.of(merged.peek()), expected)) {
            assertThat(Notation.write(merged.peek()))
                    .as("%s on %s, merged %s", batch, Notation.write(start), applied)
                    .isEqualTo(Notation.write(Plain.value(expected)));
        }
        Structure.check(merged.peek());
        assertThat(applied).hasSizeLessThanOrEqualTo(batch.size());
        StorePropertyTest.assertSame(Tree.apply(start, applied), expected);
        return true;
    }

    private static @Nullable String failure(Runnable call) {
        try {
            call.run();
            return null;
        } catch (StateException e) {
            return e.getMessage();
        }
    }
}
