package io.gaesup.state.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** A map of any size does what a {@code LinkedHashMap} does, and older versions of it stay. */
@Label("maps")
final class MapValuePropertyTest {

    private record Taken(MapValue map, Map<String, Value> model) {}

    private record TakenIndex(KeyIndex index, Map<String, Integer> model) {}

    @Provide
    Arbitrary<List<Long>> scripts() {
        return Scripts.ofSteps(25);
    }

    @Property
    void runsOfEditsGiveWhatALinkedHashMapGives(
            @ForAll @IntRange(max = 2000) int size, @ForAll("scripts") List<Long> runs) {
        int keys = runs.hashCode() % 3 == 0 ? 40 : 2 * size + 1;
        Map<String, Value> model = new LinkedHashMap<>();
        MapValue.Builder builder = MapValue.builder();
        for (int i = 0; i < size; i++) {
            model.put(key(i % keys), Value.of(i));
            builder.put(key(i % keys), Value.of(i));
        }
        MapValue map = builder.build();
        List<Taken> taken = new ArrayList<>();
        for (long run : runs) {
            assertSame(map, model);
            taken.add(new Taken(map, new LinkedHashMap<>(model)));
            SplittableRandom random = new SplittableRandom(run);
            if (random.nextInt(5) == 0) {
                Taken earlier = taken.get(random.nextInt(taken.size()));
                map = earlier.map;
                model = new LinkedHashMap<>(earlier.model);
            }
            map = edited(map, model, keys, random);
        }
        assertSame(map, model);
        taken.forEach(each -> assertSame(each.map, each.model));
        assertDeltasLeadBetween(taken, new SplittableRandom(size));
    }

    private static MapValue edited(MapValue map, Map<String, Value> model, int keys, SplittableRandom random) {
        long generation = Generation.next();
        int count = 1 + random.nextInt(random.nextBoolean() ? 400 : 4);
        int deletes = random.nextInt(5);
        MapValue result = map;
        for (int i = 0; i < count; i++) {
            String key = key(random.nextInt(keys));
            if (random.nextInt(4) < deletes) {
                result = result.remove(generation, key);
                model.remove(key);
            } else {
                Value value = Value.of(random.nextInt());
                result = random.nextBoolean()
                        ? result.put(generation, key, value)
                        : result.put(generation, Path.of("/x").child(key), 1, value);
                model.put(key, value);
            }
        }
        return result;
    }

    /** Also between maps that went different ways from one, which share much and mean different things by it. */
    private static void assertDeltasLeadBetween(List<Taken> taken, SplittableRandom random) {
        for (int i = 0; i < taken.size(); i++) {
            Taken from = taken.get(random.nextInt(taken.size()));
            Taken to = taken.get(i);
            Value led = Tree.apply(from.map, Differ.operations(from.map, to.map));
            assertSame((MapValue) led, to.model);
        }
    }

    @Property
    void theIndexFindsWhatAHashMapFinds(@ForAll("scripts") List<Long> runs) {
        KeyIndex index = KeyIndex.EMPTY;
        Map<String, Integer> model = new HashMap<>();
        List<TakenIndex> taken = new ArrayList<>();
        for (long run : runs) {
            SplittableRandom random = new SplittableRandom(run);
            long generation = Generation.next();
            taken.add(new TakenIndex(index, new HashMap<>(model)));
            int count = 1 + random.nextInt(200);
            int deletes = random.nextInt(4);
            for (int i = 0; i < count; i++) {
                String key = random.nextBoolean() ? Keys.colliding(random.nextInt(100)) : "k" + random.nextInt(300);
                if (random.nextInt(4) >= deletes) {
                    index = index.put(generation, key, i);
                    model.put(key, i);
                } else if (model.remove(key) != null) {
                    index = index.remove(generation, key);
                }
            }
        }
        taken.add(new TakenIndex(index, model));
        for (TakenIndex each : taken) {
            for (int i = 0; i < 300; i++) {
                assertThat(each.index.get("k" + i)).isEqualTo(each.model.getOrDefault("k" + i, -1));
                assertThat(each.index.get(Keys.colliding(i))).isEqualTo(each.model.getOrDefault(Keys.colliding(i), -1));
            }
        }
    }

    @Test
    void fourThousandKeysOfOneHashCodeAreStillFoundFast() {
        MapValue.Builder builder = MapValue.builder();
        for (int i = 0; i < 4096; i++) {
            builder.put(Keys.colliding(i), Value.of(i));
        }
        MapValue map = builder.build();
        for (int i = 0; i < 4096; i++) {
            assertThat(map.get(Keys.colliding(i))).isEqualTo(Value.of(i));
        }
        Structure.check(map);
    }

    @Test
    void mapsOfTheSameKeysShareAShape() {
        ShapedMap one = (ShapedMap) MapValue.of("a", Value.of(1), "b", Value.of(2));
        ShapedMap two = (ShapedMap) MapValue.of("a", Value.of(3), "b", Value.of(4));
        ShapedMap swapped = (ShapedMap) MapValue.of("b", Value.of(3), "a", Value.of(4));
        assertThat(one.shape()).isSameAs(two.shape()).isNotSameAs(swapped.shape());
        ShapedMap without = (ShapedMap) one.remove(Generation.next(), "a").put(Generation.next(), "a", Value.NULL);
        assertThat(without.shape()).isSameAs(swapped.shape());
    }

    private static void assertSame(MapValue map, Map<String, Value> model) {
        List<String> keys = new ArrayList<>();
        List<Value> values = new ArrayList<>();
        map.forEach((key, value) -> {
            keys.add(key);
            values.add(value);
        });
        assertThat(keys.equals(List.copyOf(model.keySet())))
                .as("same keys in order")
                .isTrue();
        assertThat(values.equals(List.copyOf(model.values()))).as("same values").isTrue();
        Structure.check(map);
    }

    private static String key(int number) {
        return number % 3 == 0 ? Keys.colliding(number / 3 % 4096) + number / 3 / 4096 : "k" + number;
    }

    @Test
    void tensOfThousandsOfKeysOfOneHashAreAMapLikeAnyOther() {
        int count = 1 << 16;
        MapValue.Builder builder = MapValue.builder();
        for (int i = 0; i < count; i++) {
            builder.put(Keys.colliding(i >> 12) + Keys.colliding(i & 0xfff), Value.of(i));
        }
        MapValue map = builder.build();
        assertThat(map.size()).isEqualTo(count);
        for (int i = 0; i < count; i += 97) {
            assertThat(map.get(Keys.colliding(i >> 12) + Keys.colliding(i & 0xfff)))
                    .isEqualTo(Value.of(i));
        }
        assertThat(map.get(Keys.colliding(1))).isNull();
    }
}
