package io.gaesup.state.bench.engine;

import clojure.lang.IPersistentMap;
import clojure.lang.IPersistentVector;
import io.gaesup.state.core.LocalStore;
import io.gaesup.state.core.Path;
import io.gaesup.state.core.Value;
import io.lacuna.bifurcan.IList;
import io.lacuna.bifurcan.IMap;
import io.vavr.collection.HashMap;
import io.vavr.collection.Vector;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.pcollections.HashPMap;
import org.pcollections.TreePVector;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What does it cost to set one field of one row of 10,000 and publish a snapshot of the whole table?
 *
 * <p>Back of the envelope: a persistent structure copies a path of 3 or 4 nodes, about 1 KB: 100 to 300 ns, most of it
 * cache misses, for the next row is 7,919 rows away. A Jackson tree has no snapshot but a deep copy of 100,000 nodes:
 * some milliseconds.
 *
 * <p>Ours makes the path from the number of the row each time, as the others find the row by its number; {@link
 * #oursWithKeptPath} has made all paths before, and so waits for 10,000 of them to come from memory.
 */
public class RowUpdate {

    static final int ROWS = 10_000;
    private static final int STRIDE = 7_919;
    private static final String FIELD = "price";

    /** One way to keep the table. */
    public abstract static class Table {

        /** Where readers on other threads look. */
        private volatile @Nullable Object published;

        private int turn;

        final Object step() {
            turn++;
            var snapshot = set((int) ((long) turn * STRIDE % ROWS), turn * 0.25);
            published = snapshot;
            return snapshot;
        }

        /** The snapshot after the change. */
        abstract Object set(int row, double price);

        final Object published() {
            return Forms.plain(Objects.requireNonNull(published));
        }
    }

    @State(Scope.Thread)
    public static class OursWithKeptPath extends Table {
        private final LocalStore store = LocalStore.create("orders", Forms.ours(Documents.orders(ROWS)));
        private final Path[] cells = new Path[ROWS];

        public OursWithKeptPath() {
            for (int row = 0; row < ROWS; row++) {
                cells[row] = Path.of("/rows").child(row).child(FIELD);
            }
        }

        @Override
        Object set(int row, double price) {
            store.set(cells[row], Value.of(price));
            return store.snapshot().root();
        }
    }

    @State(Scope.Thread)
    public static class Ours extends Table {
        private final LocalStore store = LocalStore.create("orders", Forms.ours(Documents.orders(ROWS)));
        private final Path rows = Path.of("/rows");

        @Override
        Object set(int row, double price) {
            store.set(rows.child(row, FIELD), Value.of(price));
            return store.snapshot().root();
        }
    }

    @State(Scope.Thread)
    public static class Jackson extends Table {
        private final JsonNode document = Forms.jackson(Documents.orders(ROWS));
        private final ArrayNode rows = (ArrayNode) document.get("rows");

        @Override
        Object set(int row, double price) {
            ((ObjectNode) rows.get(row)).put(FIELD, price);
            return document.deepCopy();
        }
    }

    @State(Scope.Thread)
    @SuppressWarnings("unchecked")
    public static class Vavr extends Table {
        private HashMap<String, Object> document = (HashMap<String, Object>) Forms.vavr(Documents.orders(ROWS));

        @Override
        Object set(int row, double price) {
            var rows = (Vector<HashMap<String, Object>>) document.get("rows").get();
            document = document.put("rows", rows.update(row, rows.get(row).put(FIELD, price)));
            return document;
        }
    }

    @State(Scope.Thread)
    @SuppressWarnings({"unchecked", "NullAway"}) // all keys are there
    public static class Pcollections extends Table {
        private HashPMap<String, Object> document =
                (HashPMap<String, Object>) Forms.pcollections(Documents.orders(ROWS));

        @Override
        Object set(int row, double price) {
            var rows = (TreePVector<HashPMap<String, Object>>) document.get("rows");
            document = document.plus("rows", rows.with(row, rows.get(row).plus(FIELD, price)));
            return document;
        }
    }

    @State(Scope.Thread)
    public static class Clojure extends Table {
        private IPersistentMap document = (IPersistentMap) Forms.clojure(Documents.orders(ROWS));

        @Override
        Object set(int row, double price) {
            var rows = (IPersistentVector) document.valAt("rows");
            var changed = ((IPersistentMap) rows.nth(row)).assoc(FIELD, price);
            document = document.assoc("rows", rows.assocN(row, changed));
            return document;
        }
    }

    @State(Scope.Thread)
    @SuppressWarnings("unchecked")
    public static class Bifurcan extends Table {
        private IMap<String, Object> document = (IMap<String, Object>) Forms.bifurcan(Documents.orders(ROWS));

        @Override
        Object set(int row, double price) {
            var rows = (IList<IMap<String, Object>>) document.get("rows", null);
            document = document.put("rows", rows.set(row, rows.nth(row).put(FIELD, price)));
            return document;
        }
    }

    @Benchmark
    public Object oursWithKeptPath(OursWithKeptPath table) {
        return table.step();
    }

    @Benchmark
    public Object ours(Ours table) {
        return table.step();
    }

    @Benchmark
    public Object jackson(Jackson table) {
        return table.step();
    }

    @Benchmark
    public Object vavr(Vavr table) {
        return table.step();
    }

    @Benchmark
    public Object pcollections(Pcollections table) {
        return table.step();
    }

    @Benchmark
    public Object clojure(Clojure table) {
        return table.step();
    }

    @Benchmark
    public Object bifurcan(Bifurcan table) {
        return table.step();
    }
}
