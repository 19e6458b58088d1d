package io.gaesup.state.core.encoded;

import static org.assertj.core.api.Assertions.assertThat;

import io.gaesup.state.core.Delta;
import io.gaesup.state.core.ListValue;
import io.gaesup.state.core.LocalStore;
import io.gaesup.state.core.MapValue;
import io.gaesup.state.core.Operation;
import io.gaesup.state.core.Path;
import io.gaesup.state.core.StateException;
import io.gaesup.state.core.Value;
import io.gaesup.state.core.Values;
import io.gaesup.state.core.codec.MessagePack;
import io.gaesup.state.core.jvm.JvmPlatform;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** A delta between states that share nothing is exact, to the order of keys; and comes back from its bytes as it was. */
final class StateDiffPropertyTest {

    @Provide
    Arbitrary<Value> values() {
        return Values.values();
    }

    @Property
    void leadsFromAnyDocumentToAnyOther(@ForAll("values") Value from, @ForAll("values") Value to) {
        exact(from, to, new EncodedOptions(64, 16));
    }

    @Property
    void leadsFromADocumentToWhatEditsMadeOfIt(
            @ForAll("values") Value from, @ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int edits) {
        exact(from, edited(from, new SplittableRandom(seed), edits), new EncodedOptions(64, 16));
    }

    @Property
    void leadsFromListToListOfFewDifferentElements(
            @ForAll List<@IntRange(max = 3) Integer> from, @ForAll List<@IntRange(max = 3) Integer> to) {
        exact(list(from), list(to), EncodedOptions.defaults());
    }

    @Property
    void leadsFromMapToMapOfTheSameKeysInAnotherOrder(
            @ForAll List<@IntRange(max = 9) Integer> from, @ForAll List<@IntRange(max = 9) Integer> to) {
        exact(map(from), map(to), EncodedOptions.defaults());
    }

    @Property
    void comesBackFromItsBytes(@ForAll("values") Value from, @ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Operation> operations = new ArrayList<>();
        List<Path> paths = Documents.paths(from);
        for (int i = 0; i < 20; i++) {
            operations.add(operation(paths, random));
        }
        long revision = random.nextLong(Long.MAX_VALUE);
        Delta delta = new Delta(revision, random.nextLong(revision, Long.MAX_VALUE), operations);
        assertThat(EncodedDelta.decode(EncodedDelta.encode(delta))).isEqualTo(delta);
    }

    private static void exact(Value from, Value to, EncodedOptions options) {
        EncodedState before = EncodedState.of(EncodedState.encode(from, Platform.PORTABLE, options));
        EncodedState after = EncodedState.of(EncodedState.encode(to, Platform.PORTABLE, options));
        List<Operation> operations = StateDiff.operations(before, after);
        Delta delta = new Delta(1, 2, operations);
        Value result = delta.applyTo(from);
        assertThat(result).isEqualTo(to);
        assertThat(MessagePack.encode(result)).isEqualTo(MessagePack.encode(to));
        assertThat(StateDiff.operations(from, to, JvmPlatform.common())).isEqualTo(operations);
        assertThat(EncodedDelta.decode(EncodedDelta.encode(delta))).isEqualTo(delta);
        assertThat(operations.isEmpty()).isEqualTo(Arrays.equals(MessagePack.encode(from), MessagePack.encode(to)));
    }

    static Value edited(Value document, SplittableRandom random, int edits) {
        LocalStore store = LocalStore.create("edited", document);
        for (int i = 0; i < edits; i++) {
            List<Path> paths = Documents.paths(store.snapshot().root());
            try {
                store.apply(operation(paths, random));
            } catch (StateException nothingThere) {
                // Another one may fit.
            }
        }
        return store.snapshot().root();
    }

    private static Operation operation(List<Path> paths, SplittableRandom random) {
        Path path = withName(paths, random);
        Value value = Values.random(random, 1 + random.nextInt(6));
        if (path.isRoot()) {
            return random.nextInt(8) == 0 ? new Operation.Set(path, value) : new Operation.Test(path, null);
        }
        Path other = withName(paths, random);
        return switch (random.nextInt(9)) {
            case 0, 1 -> new Operation.Set(path, value);
            case 2, 3 -> new Operation.Insert(path, value);
            case 4, 5 -> new Operation.Delete(path);
            case 6 -> new Operation.Merge(path, value);
            case 7 -> other.isRoot() ? new Operation.Test(path, value) : new Operation.Move(path, other);
            default -> new Operation.Increment(path, Value.of(random.nextInt(100)));
        };
    }

    /** One of them without a lone surrogate, which has no bytes. */
    private static Path withName(List<Path> paths, SplittableRandom random) {
        Path path = paths.get(random.nextInt(paths.size()));
        return path.toString().endsWith("\ud800") ? path.parent() : path;
    }

    private static Value list(List<Integer> numbers) {
        ListValue.Builder list = ListValue.builder();
        numbers.forEach(number -> list.add(Value.of(number)));
        return list.build();
    }

    private static Value map(List<Integer> keys) {
        MapValue.Builder map = MapValue.builder();
        keys.forEach(key -> map.put("k" + key, Value.of(keys.size() > 4 ? key : key + keys.size())));
        return map.build();
    }
}
