package io.gaesup.state.bench.engine;

import io.gaesup.state.core.LocalStore;
import io.gaesup.state.core.Path;
import io.gaesup.state.core.Value;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What does it cost to set one field of one row of 10,000 while nobody holds a snapshot, and what is allocated?
 *
 * <p>Back of the envelope: the way down is five nodes, most of them in the cache, 20 to 40 ns, and the number is written in
 * its column; nothing has to be made but the number itself. The others replace a boxed number in a map.
 */
public class InPlace {

    private static final int ROWS = RowUpdate.ROWS;
    private static final int STRIDE = 7_919;
    private static final String FIELD = "price";

    /** Goes through the rows far apart. */
    public abstract static class Table {

        private int turn;

        final int nextRow() {
            turn++;
            return (int) ((long) turn * STRIDE % ROWS);
        }

        final double nextPrice() {
            return turn * 0.25;
        }
    }

    @State(Scope.Thread)
    public static class Ours extends Table {
        private final LocalStore store = LocalStore.create("orders", Forms.ours(Documents.orders(ROWS)));
        private final Path[] prices = new Path[ROWS];
        private final Path[] quantities = new Path[ROWS];

        public Ours() {
            var rows = Path.of("/rows");
            for (int row = 0; row < ROWS; row++) {
                prices[row] = rows.child(row, FIELD);
                quantities[row] = rows.child(row, "quantity");
            }
        }
    }

    @State(Scope.Thread)
    public static class Jackson extends Table {
        private final JsonNode document = Forms.jackson(Documents.orders(ROWS));
        private final ArrayNode rows = (ArrayNode) document.get("rows");
    }

    @State(Scope.Thread)
    @SuppressWarnings("unchecked")
    public static class Maps extends Table {
        private final List<Map<String, Object>> rows = (List<Map<String, Object>>)
                Objects.requireNonNull(Documents.orders(ROWS).get("rows"));
    }

    @Benchmark
    public long ours(Ours table) {
        var path = table.prices[table.nextRow()];
        return table.store.set(path, Value.of(table.nextPrice())).revision();
    }

    @Benchmark
    public long oursIncrement(Ours table) {
        return table.store.increment(table.quantities[table.nextRow()], 1).revision();
    }

    @Benchmark
    public Object jackson(Jackson table) {
        return ((ObjectNode) table.rows.get(table.nextRow())).put(FIELD, table.nextPrice());
    }

    @Benchmark
    public Object maps(Maps table) {
        var row = table.rows.get(table.nextRow());
        return Objects.requireNonNull(row.put(FIELD, table.nextPrice()));
    }
}
