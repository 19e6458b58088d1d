package io.gaesup.state.bench.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.flipkart.zjsonpatch.Jackson3JsonPatch;
import io.gaesup.state.core.codec.MessagePack;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Whoever is compared does the same work: the results are equal as plain Java. */
final class SameResultsTest {

    private static final int TURNS = 25;

    @TestFactory
    Stream<DynamicTest> everyTableShowsTheSameRowsAfterTheSameUpdates() {
        var expected = Documents.orders(RowUpdate.ROWS);
        for (int turn = 1; turn <= TURNS; turn++) {
            row(expected, turn * 7_919 % RowUpdate.ROWS).put("price", turn * 0.25);
        }
        return Stream.of(
                        new RowUpdate.Ours(),
                        new RowUpdate.OursWithKeptPath(),
                        new RowUpdate.Jackson(),
                        new RowUpdate.Vavr(),
                        new RowUpdate.Pcollections(),
                        new RowUpdate.Clojure(),
                        new RowUpdate.Bifurcan())
                .map(table -> DynamicTest.dynamicTest(table.getClass().getSimpleName(), () -> {
                    for (int turn = 1; turn < TURNS; turn++) {
                        table.step();
                    }
                    var before = table.published();
                    table.step();

                    assertThat(table.published()).isEqualTo(expected);
                    assertThat(before).as("an older snapshot").isNotEqualTo(expected);
                }));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> row(Map<String, Object> document, int row) {
        return (Map<String, Object>) ((List<Object>) document.get("rows")).get(row);
    }

    @TestFactory
    Stream<DynamicTest> everyCounterIsTheSameAfterTheSameIncrements() {
        var expected = new LinkedHashMap<String, Object>();
        Documents.counters(Increments.COUNTERS)
                .keySet()
                .forEach(name -> expected.put(name, 3L * Increments.INCREMENTS / Increments.COUNTERS));
        return Stream.of(
                        new Increments.Ours(),
                        new Increments.Vavr(),
                        new Increments.Pcollections(),
                        new Increments.Clojure(),
                        new Increments.Bifurcan())
                .map(counters -> DynamicTest.dynamicTest(counters.getClass().getSimpleName(), () -> {
                    counters.step();
                    counters.step();

                    assertThat(Forms.plain(counters.step())).isEqualTo(expected);
                }));
    }

    private static Map<String, Object> afterHundredChanges() {
        var after = Documents.orders(Documents.MEGABYTE_ROWS);
        for (int change = 0; change < DeltaOf100.CHANGES; change++) {
            row(after, DeltaOf100.changedRow(change)).put("price", DeltaOf100.changedPrice(change));
        }
        return after;
    }

    @Test
    void ourDeltaLeadsToTheChangedDocument() {
        var snapshots = new DeltaOf100.Snapshots();

        var delta = snapshots.after.since(snapshots.before);

        assertThat(delta.operations()).hasSize(DeltaOf100.CHANGES);
        assertThat(Forms.plain(delta.applyTo(snapshots.before.root()))).isEqualTo(afterHundredChanges());
    }

    @Test
    void jsonPatchLeadsToTheChangedDocument() {
        var trees = new DeltaOf100.Trees();

        var patch = (JsonNode) new DeltaOf100().zjsonpatch(trees);

        assertThat(patch).hasSize(DeltaOf100.CHANGES);
        assertThat(Forms.plain(Jackson3JsonPatch.apply(patch, trees.before))).isEqualTo(afterHundredChanges());
    }

    @Test
    void treeComparisonLeadsToTheChangedDocument() {
        var trees = new DeltaOf100.Trees();

        var differences = TreeComparison.of(trees.before, trees.after);

        assertThat(differences).hasSize(DeltaOf100.CHANGES);
        for (var difference : differences) {
            int slash = difference.pointer().lastIndexOf('/');
            ((ObjectNode) trees.before.at(difference.pointer().substring(0, slash)))
                    .set(difference.pointer().substring(slash + 1), difference.after());
        }
        assertThat(Forms.plain(trees.before)).isEqualTo(afterHundredChanges());
    }

    @Test
    void treeComparisonSeesWhatAppearsAndWhatGoes() {
        var json = new JsonMapper();

        var differences = TreeComparison.of(
                json.readTree("{\"a\": 1, \"b\": [1, 2], \"c/d\": {}}"),
                json.readTree("{\"b\": [1, 3, 4], \"e\": 5, \"c/d\": 6}"));

        assertThat(differences.stream().map(TreeComparison.Difference::pointer))
                .containsExactlyInAnyOrder("/a", "/b/1", "/b/2", "/c~1d", "/e");
    }

    @Test
    void documentIsAboutAMegabyte() {
        var json = new JsonMapper().writeValueAsBytes(Forms.jackson(Documents.orders(Documents.MEGABYTE_ROWS)));
        var ours = MessagePack.encode(Forms.ours(Documents.orders(Documents.MEGABYTE_ROWS)));

        assertThat(json.length).isBetween(1_000_000, 1_150_000);
        assertThat(ours.length).isBetween(700_000, 1_000_000);
    }
}
