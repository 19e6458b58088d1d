package io.gaesup.state.core.encoded;

import static org.assertj.core.api.Assertions.assertThat;

import io.gaesup.state.core.Delta;
import io.gaesup.state.core.ListValue;
import io.gaesup.state.core.MapValue;
import io.gaesup.state.core.Operation;
import io.gaesup.state.core.Path;
import io.gaesup.state.core.Value;
import io.gaesup.state.core.codec.Json;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StateDiffTest {

    @Test
    void nothingBetweenEqualStatesOfAnyLayout() {
        Value table = Documents.table(500);
        EncodedState one = EncodedState.of(EncodedState.encode(table));
        EncodedState other =
                EncodedState.of(EncodedState.encode(table, Platform.PORTABLE, new EncodedOptions(1024, 64)));
        assertThat(StateDiff.operations(one, one)).isEmpty();
        assertThat(StateDiff.operations(one, other)).isEmpty();
    }

    @Test
    void namesTheFieldsThatChanged() {
        assertThat(operations(
                        "{\"a\":1,\"rows\":[{\"x\":1,\"y\":2},{\"x\":3,\"y\":4}]}",
                        "{\"a\":1,\"rows\":[{\"x\":1,\"y\":2},{\"x\":3,\"y\":5}]}"))
                .containsExactly(new Operation.Set(Path.of("/rows/1/y"), Value.of(5)));
    }

    @Test
    void findsRowsThatWereInsertedAndDeleted() {
        assertThat(operations("[{\"x\":1},{\"x\":2},{\"x\":3}]", "[{\"x\":0},{\"x\":1},{\"x\":2},{\"x\":3}]"))
                .containsExactly(new Operation.Insert(Path.of("/0"), MapValue.of("x", Value.of(0))));
        assertThat(operations("[{\"x\":1},{\"x\":2},{\"x\":3}]", "[{\"x\":1},{\"x\":3}]"))
                .containsExactly(new Operation.Delete(Path.of("/1")));
    }

    @Test
    void findsARowThatMovedFarInATable() {
        ListValue.Builder before = ListValue.builder();
        ListValue.Builder after = ListValue.builder();
        after.add(Documents.row(700));
        for (int i = 0; i < 1_000; i++) {
            before.add(Documents.row(i));
            if (i != 700) {
                after.add(Documents.row(i));
            }
        }
        List<Operation> found = StateDiff.operations(before.build(), after.build(), Platform.PORTABLE);
        assertThat(found)
                .containsExactly(
                        new Operation.Insert(Path.of("/0"), Documents.row(700)), new Operation.Delete(Path.of("/701")));
    }

    @Test
    void entriesThatWereRemovedAndAdded() {
        assertThat(operations("{\"a\":1,\"b\":2,\"c\":3}", "{\"a\":1,\"c\":4,\"d\":5}"))
                .containsExactly(
                        new Operation.Delete(Path.of("/b")),
                        new Operation.Set(Path.of("/c"), Value.of(4)),
                        new Operation.Set(Path.of("/d"), Value.of(5)));
    }

    @Test
    void anotherKindOfValueIsSet() {
        assertThat(operations("{\"a\":[1]}", "{\"a\":{\"b\":1}}"))
                .containsExactly(new Operation.Set(Path.of("/a"), MapValue.of("b", Value.of(1))));
        assertThat(operations("1", "1.0")).containsExactly(new Operation.Set(Path.ROOT, Value.of(1.0)));
    }

    @Test
    void namesWhatChangedAtAnyDepthOfADocumentOfUsualSize() {
        List<Operation> found = StateDiff.operations(nested(500, 1_000, 1), nested(500, 1_000, 2), Platform.PORTABLE);
        assertThat(found).hasSize(1);
        assertThat(found.getFirst().path().depth()).isEqualTo(501);
    }

    @Test
    void namesWhatChangedThirtyDeepInALargeDocument() {
        List<Operation> found = StateDiff.operations(nested(30, 500_000, 1), nested(30, 500_000, 2), Platform.PORTABLE);
        assertThat(found).hasSize(1);
        assertThat(found.getFirst().path().depth()).isEqualTo(31);
    }

    @Test
    void setsWhatIsLargeAndNestedSoDeepThatLookingIntoEachLevelWouldTakeLong() {
        Value before = nested(500, 500_000, 1);
        Value after = nested(500, 500_000, 2);
        List<Operation> found = StateDiff.operations(before, after, Platform.PORTABLE);
        assertThat(found).hasSize(1);
        assertThat(found.getFirst()).isInstanceOf(Operation.Set.class);
        assertThat(found.getFirst().path().depth()).isEqualTo(32);
        assertThat(new Delta(1, 2, found).applyTo(before).equals(after)).isTrue();
    }

    /** A list of {@code elements} that end in {@code last}, within {@code depth} lists of one element. */
    private static Value nested(int depth, int elements, int last) {
        ListValue.Builder list = ListValue.builder();
        for (int i = 1; i < elements; i++) {
            list.add(Value.of(i & 0x3f));
        }
        Value value = list.add(Value.of(last)).build();
        for (int i = 0; i < depth; i++) {
            value = ListValue.builder().add(value).build();
        }
        return value;
    }

    @Test
    void anEncodedDeltaIsAFractionOfTheSameAsJsonPatch() {
        List<Operation> operations = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            operations.add(new Operation.Set(Path.of("/rows").child(i * 53).child("price"), Value.of(-1 - i * 0.5)));
        }
        assertThat(EncodedDelta.encode(new Delta(7, 8, operations)).length)
                .isLessThan(jsonPatch(operations).length() / 6);
    }

    @Test
    void anEncodedDeltaOfOneChangeIsSmallerToo() {
        List<Operation> one = List.of(new Operation.Set(Path.of("/cart/items/3/count"), Value.of(5)));
        assertThat(EncodedDelta.encode(new Delta(7, 8, one)).length)
                .isLessThan(jsonPatch(one).length());
    }

    /** {@code [{"op":"replace","path":"/a","value":1}]}: what every library for JSON Patch writes for sets. */
    private static String jsonPatch(List<Operation> operations) {
        ListValue.Builder patch = ListValue.builder();
        for (Operation operation : operations) {
            Operation.Set set = (Operation.Set) operation;
            patch.add(MapValue.of(
                    "op", Value.of("replace"), "path", Value.of(set.path().toString()), "value", set.value()));
        }
        return Json.write(patch.build());
    }

    private static List<Operation> operations(String from, String to) {
        return StateDiff.operations(
                EncodedState.of(EncodedState.encode(Json.parse(from))),
                EncodedState.of(EncodedState.encode(Json.parse(to))));
    }
}
