package io.gaesup.state.bench.codec;

import com.flipkart.zjsonpatch.Jackson3JsonDiff;
import io.gaesup.state.bench.engine.Documents;
import io.gaesup.state.bench.engine.Forms;
import io.gaesup.state.core.Delta;
import io.gaesup.state.core.ListValue;
import io.gaesup.state.core.LocalStore;
import io.gaesup.state.core.MapValue;
import io.gaesup.state.core.Operation;
import io.gaesup.state.core.Path;
import io.gaesup.state.core.Snapshot;
import io.gaesup.state.core.Value;
import io.gaesup.state.core.encoded.EncodedDelta;
import io.gaesup.state.core.encoded.EncodedState;
import io.gaesup.state.core.encoded.Platform;
import io.gaesup.state.core.encoded.StateDiff;
import io.gaesup.state.core.jvm.JvmPlatform;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import tools.jackson.databind.JsonNode;

/**
 * What does the delta between two states at rest of 1 MB cost that differ in 100 fields, and how many bytes is it?
 *
 * <p>Back of the envelope: decompressing one and copying what the other has too takes 0.5 to 1 ms, walking through both as
 * much; decoding both takes 3 ms. A field that changed is 5 bytes of value, a number for its row and one for its name; as
 * JSON Patch it is 50.
 */
public class EncodedDeltas {

    private static final Platform PLATFORM = JvmPlatform.common();
    private static final int CHANGES = 100;
    private static final int STRIDE = Documents.MEGABYTE_ROWS / CHANGES;

    /** What happens to the document whose deltas are weighed. */
    enum Change {
        ONE_FIELD("1 field changed"),
        HUNDRED_FIELDS("100 fields changed"),
        HUNDRED_ROWS("100 rows added");

        final String words;

        Change(String words) {
            this.words = words;
        }

        List<Operation> operations() {
            var more = Forms.ours(Documents.orders(Documents.MEGABYTE_ROWS + CHANGES));
            var rows = (ListValue) Objects.requireNonNull(((MapValue) more).get("rows"));
            var operations = new ArrayList<Operation>();
            for (int change = 0; change < (this == ONE_FIELD ? 1 : CHANGES); change++) {
                if (this == HUNDRED_ROWS) {
                    var row = rows.get(Documents.MEGABYTE_ROWS + change);
                    operations.add(new Operation.Insert(Path.of("/rows/-"), row));
                } else {
                    var price = Path.of("/rows").child(change * STRIDE).child("price");
                    operations.add(new Operation.Set(price, Value.of(-1 - change * 0.5)));
                }
            }
            return operations;
        }
    }

    /** A document before and after a change, as snapshots of one store. */
    record Pair(Snapshot before, Snapshot after) {
        static Pair of(Change change) {
            var store = LocalStore.create("orders", Forms.ours(Documents.orders(Documents.MEGABYTE_ROWS)));
            var before = store.snapshot();
            change.operations().forEach(store::apply);
            return new Pair(before, store.snapshot());
        }

        Delta delta() {
            return after.since(before);
        }

        byte[] encodedDelta() {
            return EncodedDelta.encode(delta());
        }

        JsonNode jsonPatch() {
            return Jackson3JsonDiff.asJson(
                    Forms.jackson(Forms.plain(before.root())), Forms.jackson(Forms.plain(after.root())));
        }
    }

    @State(Scope.Thread)
    public static class States {
        final Pair pair = Pair.of(Change.HUNDRED_FIELDS);
        final EncodedState before = EncodedState.of(EncodedState.encode(pair.before.root()), PLATFORM);
        final EncodedState after = EncodedState.of(EncodedState.encode(pair.after.root()), PLATFORM);
    }

    @Benchmark
    public List<Operation> ours(States states) {
        return StateDiff.operations(states.before, states.after);
    }

    @Benchmark
    public List<Operation> decodeBothThenCompare(States states) {
        var before = new Snapshot("orders", 0, states.before.decode());
        return new Snapshot("orders", 1, states.after.decode()).since(before).operations();
    }
}
