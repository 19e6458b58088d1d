package io.gaesup.state.bench.engine;

import com.flipkart.zjsonpatch.Jackson3JsonDiff;
import io.gaesup.state.core.LocalStore;
import io.gaesup.state.core.Path;
import io.gaesup.state.core.Snapshot;
import io.gaesup.state.core.Value;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What does the delta of 100 changes in a document of 1 MB cost?
 *
 * <p>Back of the envelope: comparing two trees of 53,000 nodes costs about a millisecond; a JSON Patch library looks
 * for the longest common part of lists as well. Skipping what two snapshots share leaves 100 paths of three nodes: some
 * ten microseconds.
 */
public class DeltaOf100 {

    static final int CHANGES = 100;
    private static final int STRIDE = Documents.MEGABYTE_ROWS / CHANGES;

    static int changedRow(int change) {
        return change * STRIDE;
    }

    static double changedPrice(int change) {
        return -1 - change * 0.5;
    }

    @State(Scope.Thread)
    public static class Snapshots {
        final Snapshot before;
        final Snapshot after;

        public Snapshots() {
            var store = LocalStore.create("orders", Forms.ours(Documents.orders(Documents.MEGABYTE_ROWS)));
            before = store.snapshot();
            for (int change = 0; change < CHANGES; change++) {
                store.set(Path.of("/rows").child(changedRow(change)).child("price"), Value.of(changedPrice(change)));
            }
            after = store.snapshot();
        }
    }

    /** Two trees that share nothing, as a deep copy leaves them. */
    @State(Scope.Thread)
    public static class Trees {
        final JsonNode before = Forms.jackson(Documents.orders(Documents.MEGABYTE_ROWS));
        final JsonNode after = before.deepCopy();

        public Trees() {
            for (int change = 0; change < CHANGES; change++) {
                ((ObjectNode) after.get("rows").get(changedRow(change))).put("price", changedPrice(change));
            }
        }
    }

    @Benchmark
    public Object ours(Snapshots snapshots) {
        return snapshots.after.since(snapshots.before);
    }

    @Benchmark
    public Object zjsonpatch(Trees trees) {
        return Jackson3JsonDiff.asJson(trees.before, trees.after);
    }

    @Benchmark
    public Object treeComparison(Trees trees) {
        return TreeComparison.of(trees.before, trees.after);
    }
}
