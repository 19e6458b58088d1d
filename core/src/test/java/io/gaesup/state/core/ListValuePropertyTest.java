package io.gaesup.state.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** A list of any length does what an {@code ArrayList} does, and older versions of it stay. */
@Label("long lists")
final class ListValuePropertyTest {

    private record Taken(ListValue list, List<Value> model) {}

    @Provide
    Arbitrary<List<Long>> scripts() {
        return Scripts.ofSteps(25);
    }

    @Property
    void runsOfEditsGiveWhatAnArrayListGives(
            @ForAll @IntRange(max = 3000) int size, @ForAll("scripts") List<Long> runs) {
        List<Value> model = new ArrayList<>(numbers(size));
        ListValue list = ListValue.of(model);
        List<Taken> taken = new ArrayList<>();
        for (long run : runs) {
            SplittableRandom random = new SplittableRandom(run);
            long generation = Generation.next();
            taken.add(new Taken(list, List.copyOf(model)));
            list = edited(list, model, generation, random);
            assertSame(list, model);
        }
        taken.forEach(each -> assertSame(each.list, each.model));
    }

    /** One to 300 edits of one kind in one place or all over, changing the list in place after the first. */
    private static ListValue edited(ListValue list, List<Value> model, long generation, RandomGenerator random) {
        int kind = random.nextInt(8);
        int count = 1 + random.nextInt(random.nextBoolean() ? 300 : 5);
        int place = random.nextInt(4);
        ListValue result = list;
        for (int i = 0; i < count; i++) {
            boolean inserts = kind < 3 || (kind == 7 && random.nextBoolean());
            int size = model.size() + (inserts ? 1 : 0);
            if (size == 0) {
                break;
            }
            int at = place == 0 ? 0 : place == 1 ? size - 1 : place == 2 ? size / 2 : random.nextInt(size);
            Value value = Value.of(random.nextInt());
            if (inserts) {
                result = result.insert(generation, at, value);
                model.add(at, value);
            } else if (kind == 6) {
                result = result.replace(generation, at, value);
                model.set(at, value);
            } else {
                result = result.remove(generation, at);
                model.remove(at);
            }
        }
        return result;
    }

    @Test
    void emptyingALongListFromEitherEndAndTheMiddleKeepsItInShape() {
        List<Value> numbers = numbers(40_000);
        for (int place = 0; place < 3; place++) {
            List<Value> model = new ArrayList<>(numbers);
            ListValue list = ListValue.of(model);
            while (!model.isEmpty()) {
                long generation = Generation.next();
                for (int i = 0; i < 4000; i++) {
                    int at = place == 0 ? 0 : place == 1 ? model.size() - 1 : model.size() / 2;
                    list = list.remove(generation, at);
                    model.remove(at);
                }
                assertSame(list, model);
            }
            assertThat(list.root().height()).isZero();
        }
    }

    @Test
    void appendingGivesATreeOfLogarithmicHeight() {
        ListValue list = ListValue.EMPTY;
        long generation = Generation.next();
        for (int i = 0; i < 100_000; i++) {
            list = list.insert(generation, i, Value.of(i));
        }
        assertThat(list.root().height()).isLessThanOrEqualTo(4);
        Structure.checkList(list);
        assertThat(list.get(77_777)).isEqualTo(Value.of(77_777));
    }

    private static void assertSame(ListValue list, List<Value> model) {
        Structure.checkList(list);
        List<Value> found = new ArrayList<>();
        list.forEach(found::add);
        assertThat(found.equals(model))
                .as("whether %s equals %s", found.size(), model.size())
                .isTrue();
        assertThat(list.size()).isEqualTo(model.size());
        for (int i = 0; i < model.size(); i += 1 + model.size() / 50) {
            assertThat(list.get(i)).isEqualTo(model.get(i));
        }
        assertThat(list.hashCode()).isEqualTo(model.hashCode());
    }

    static List<Value> numbers(int count) {
        List<Value> numbers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            numbers.add(Value.of(i));
        }
        return numbers;
    }
}
