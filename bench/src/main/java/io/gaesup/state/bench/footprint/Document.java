package io.gaesup.state.bench.footprint;

import io.gaesup.state.core.LocalStore;
import io.gaesup.state.core.Operation;
import io.gaesup.state.core.Path;
import io.gaesup.state.core.codec.Json;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One document in one library's tree, parsed by that library's own JSON parser; so are the values put into it later.
 *
 * <p>The methods that change something are for documents of the form {@code {"rows": [{…}, …]}}.
 */
sealed interface Document {

    /** The whole tree, in the library's own types. */
    Object root();

    void set(int row, String field, byte[] json);

    void insert(int row, byte[] json);

    void remove(int row);

    /** A store; after each change a snapshot is taken, and the last one is kept. */
    final class Ours implements Document {

        private static final Path ROWS = Path.of("/rows");

        private final LocalStore store;
        private Object kept;

        Ours(byte[] json) {
            store = LocalStore.create("document", Json.parse(json));
            kept = store.snapshot();
        }

        @Override
        public Object root() {
            return store.snapshot().root();
        }

        @Override
        public void set(int row, String field, byte[] json) {
            apply(new Operation.Set(ROWS.child(row).child(field), Json.parse(json)));
        }

        @Override
        public void insert(int row, byte[] json) {
            apply(new Operation.Insert(ROWS.child(row), Json.parse(json)));
        }

        @Override
        public void remove(int row) {
            apply(new Operation.Delete(ROWS.child(row)));
        }

        private void apply(Operation operation) {
            var before = kept;
            store.apply(operation);
            kept = store.snapshot();
            if (kept == before) {
                throw new AssertionError("a change left the snapshot as it was: " + operation);
            }
        }
    }

    /** What Jackson makes of JSON without being told a type: {@code LinkedHashMap}, {@code ArrayList}, boxed values. */
    final class Maps implements Document {

        private static final JsonMapper JSON = new JsonMapper();

        private final Object root;

        Maps(byte[] json) {
            root = JSON.readValue(json, Object.class);
        }

        @Override
        public Object root() {
            return root;
        }

        @Override
        @SuppressWarnings("unchecked")
        public void set(int row, String field, byte[] json) {
            ((Map<String, Object>) rows().get(row)).put(field, JSON.readValue(json, Object.class));
        }

        @Override
        public void insert(int row, byte[] json) {
            rows().add(row, JSON.readValue(json, Object.class));
        }

        @Override
        public void remove(int row) {
            rows().remove(row);
        }

        @SuppressWarnings("unchecked")
        private List<Object> rows() {
            return Objects.requireNonNull((List<Object>) ((Map<?, ?>) root).get("rows"));
        }
    }

    /** Jackson 3's tree. */
    final class Jackson implements Document {

        private static final JsonMapper JSON = new JsonMapper();

        private final JsonNode root;

        Jackson(byte[] json) {
            root = JSON.readTree(json);
        }

        @Override
        public Object root() {
            return root;
        }

        @Override
        public void set(int row, String field, byte[] json) {
            ((ObjectNode) rows().get(row)).set(field, JSON.readTree(json));
        }

        @Override
        public void insert(int row, byte[] json) {
            rows().insert(row, JSON.readTree(json));
        }

        @Override
        public void remove(int row) {
            rows().remove(row);
        }

        private ArrayNode rows() {
            return (ArrayNode) root.get("rows");
        }
    }
}
