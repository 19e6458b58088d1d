package io.gaesup.state.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The steps between two lists lead from one to the other, and are few where little was done. */
@Label("the difference of lists")
final class ListDiffPropertyTest {

    private static final int ROWS = 10_000;

    @Property
    void theStepsLeadFromOneToTheOther(
            @ForAll @IntRange(max = 2000) int size, @ForAll @Size(max = 60) List<Long> edits, @ForAll boolean rows) {
        ListValue from = list(size, rows);
        ListValue to = from;
        long generation = Generation.next();
        for (long edit : edits) {
            to = edited(to, generation, rows, new SplittableRandom(edit));
        }
        assertLeads(from, to);
        assertLeads(to, from);
        assertLeads(from, ListValue.of(elements(to)));
    }

    @Property
    void theStepsLeadBetweenAnyTwo(
            @ForAll @Size(max = 80) List<@IntRange(max = 5) Integer> a,
            @ForAll @Size(max = 80) List<@IntRange(max = 5) Integer> b) {
        ListValue from = ListValue.of(a.stream().map(Value::of).toList());
        ListValue to = ListValue.of(b.stream().map(Value::of).toList());
        assertLeads(from, to);
        assertLeads(to, from);
        if (a.size() == b.size()) {
            assertThat(steps(from, to)).isLessThanOrEqualTo(ListScan.differences(from, to, a.size()).length);
        }
    }

    @Property
    void aFewEditsTakeTwiceAsManyStepsAtMost(
            @ForAll @IntRange(min = 1, max = 5000) int size, @ForAll @Size(max = 60) List<Long> edits) {
        ListValue from = list(size, true);
        ListValue to = from;
        for (long edit : edits) {
            to = edited(to, Generation.next(), true, new SplittableRandom(edit));
        }
        assertThat(steps(from, to)).isLessThanOrEqualTo(2 * edits.size());
    }

    private static ListValue edited(ListValue list, long generation, boolean rows, SplittableRandom random) {
        int size = list.size();
        Value value = rows ? row(random.nextInt()) : Value.of(random.nextInt(20));
        if (size == 0 || random.nextInt(4) == 0) {
            return list.insert(generation, random.nextInt(size + 1), value);
        }
        int at = random.nextInt(size);
        return switch (random.nextInt(3)) {
            case 0 -> list.remove(generation, at);
            case 1 -> list.replace(generation, at, value);
            default -> {
                Value moved = list.get(at);
                ListValue without = list.remove(generation, at);
                yield without.insert(generation, random.nextInt(size), moved);
            }
        };
    }

    private static void assertLeads(ListValue from, ListValue to) {
        List<Value> replayed = elements(from);
        new ListDiff(from, to).forEachStep(new ListDiff.Steps() {
            @Override
            public void changed(int index, Value old, Value now) {
                assertThat(replayed.get(index)).isEqualTo(old);
                replayed.set(index, now);
            }

            @Override
            public void deleted(int index) {
                replayed.remove(index);
            }

            @Override
            public void inserted(int index, Value value) {
                replayed.add(index, value);
            }
        });
        assertThat(replayed.equals(elements(to)))
                .as("whether %s became %s", from, to)
                .isTrue();
    }

    private static int steps(ListValue from, ListValue to) {
        return Differ.operations(from, to).size();
    }

    @Nested
    class InTenThousandRows {

        private final ListValue rows = list(ROWS, true);

        @Test
        void oneInsertIsOneStep() {
            for (int at : new int[] {0, 1, 31, 32, 5000, 9999, 10_000}) {
                assertThat(steps(rows, rows.insert(Generation.next(), at, row(-1))))
                        .isEqualTo(1);
            }
        }

        @Test
        void oneDeleteIsOneStep() {
            for (int at : new int[] {0, 1, 31, 32, 5000, 9999}) {
                assertThat(steps(rows, rows.remove(Generation.next(), at))).isEqualTo(1);
            }
        }

        @Test
        void aRunOfInsertsOrDeletesIsAStepEach() {
            ListValue more = rows;
            ListValue fewer = rows;
            for (int i = 0; i < 1000; i++) {
                more = more.insert(Generation.next(), 5000, row(-i));
                fewer = fewer.remove(Generation.next(), 5000);
            }
            assertThat(steps(rows, more)).isEqualTo(1000);
            assertThat(steps(rows, fewer)).isEqualTo(1000);
        }

        @Test
        void aMoveIsTwoSteps() {
            for (int to : new int[] {0, 4000, 4990, 5010, 6000, 9999}) {
                ListValue moved = rows.remove(Generation.next(), 5000).insert(Generation.next(), to, rows.get(5000));
                assertThat(steps(rows, moved)).isEqualTo(2);
            }
        }

        @Test
        void twoMovesFarApartAreFourSteps() {
            ListValue moved = rows.remove(Generation.next(), 100).insert(Generation.next(), 120, rows.get(100));
            moved = moved.remove(Generation.next(), 9000).insert(Generation.next(), 8950, rows.get(9000));
            assertThat(steps(rows, moved)).isEqualTo(4);
        }

        @Test
        void scatteredChangesAreAStepEach() {
            for (int count : new int[] {1, 8, 9, 100, 500}) {
                ListValue changed = rows;
                for (int i = 0; i < count; i++) {
                    int at = i * (ROWS / count);
                    Path path = Path.ROOT.child(at).child("n");
                    changed = (ListValue) Tree.apply(changed, List.of(new Operation.Increment(path, Value.of(1))));
                }
                assertThat(steps(rows, changed)).isEqualTo(count);
            }
        }

        @Test
        void anInsertAndManyChangesAreAStepEach() {
            ListValue changed = rows;
            for (int i = 0; i < 1000; i++) {
                changed = changed.replace(Generation.next(), i * 10, row(-1 - i));
            }
            changed = changed.insert(Generation.next(), 3, row(-1)).remove(Generation.next(), 9000);
            assertThat(steps(rows, changed)).isEqualTo(1002);
            assertThat(steps(rows, changed.insert(Generation.next(), 5000, row(-2))))
                    .isEqualTo(1003);
        }

        @Test
        void threeHundredRowsMovedToTheEndAreTwoStepsEach() {
            ListValue halves = ListValue.EMPTY;
            for (int i = 0; i < ROWS; i++) {
                halves = halves.insert(Generation.next(), i, rows.get((i + 300) % ROWS));
            }
            assertThat(steps(rows, halves)).isEqualTo(600);
        }

        @Test
        void aRowPutInManyPlacesIsFoundInOne() {
            ListValue copied = rows.insert(Generation.next(), 5000, rows.get(5000));
            for (int i = 0; i < 400; i++) {
                copied = copied.insert(Generation.next(), 1 + i * 17, rows.get(5000));
            }
            assertThat(steps(rows, copied)).isEqualTo(401);
            assertLeads(rows, copied);
            assertLeads(copied, rows);
        }

        @Test
        void changesOfAllRowsAreAStepEach() {
            ListValue changed = rows;
            for (int i = 0; i < ROWS; i++) {
                changed = changed.replace(Generation.next(), i, row(i + ROWS));
            }
            assertThat(steps(rows, changed)).isEqualTo(ROWS);
        }
    }

    private static ListValue list(int size, boolean rows) {
        ListValue.Builder list = ListValue.builder();
        for (int i = 0; i < size; i++) {
            list.add(rows ? row(i) : Value.of(i % 20));
        }
        return list.build();
    }

    private static Value row(int number) {
        return MapValue.of("n", Value.of(number));
    }

    private static List<Value> elements(ListValue list) {
        List<Value> elements = new ArrayList<>();
        list.forEach(elements::add);
        return elements;
    }
}
