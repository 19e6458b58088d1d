package io.gaesup.state.bench.footprint;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gaesup.state.bench.engine.Documents;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import tools.jackson.databind.json.JsonMapper;

/** What happens to the table of orders while it lives; the same for every library. */
final class Changes {

    static final int UPDATES = 10_000;

    /** Inserted rows, and as many removed ones. */
    static final int ROWS = 500;

    private static final long SEED = 20_260_102;
    private static final List<String> STATES = List.of("paid", "packed", "shipped", "returned");

    private final List<byte[]> rows;

    Changes() {
        var json = new JsonMapper();
        var orders = (List<?>) Objects.requireNonNull(Documents.orders(ROWS).get("rows"));
        rows = orders.stream().map(json::writeValueAsBytes).toList();
    }

    /** Sets {@link #UPDATES} single fields, of all types, each in some row. */
    void update(Document document, int count) {
        var random = new SplittableRandom(SEED);
        for (int i = 0; i < UPDATES; i++) {
            int row = random.nextInt(count);
            switch (random.nextInt(5)) {
                case 0 -> set(document, row, "quantity", Integer.toString(random.nextInt(1, 100)));
                case 1 -> set(document, row, "price", Double.toString(random.nextInt(1_000_000) / 100.0));
                case 2 -> set(document, row, "state", '"' + STATES.get(random.nextInt(STATES.size())) + '"');
                case 3 -> set(document, row, "gift", Boolean.toString(random.nextBoolean()));
                default -> set(document, row, "customer", "\"customer " + random.nextInt(1_000, 10_000) + '"');
            }
        }
    }

    private static void set(Document document, int row, String field, String json) {
        document.set(row, field, json.getBytes(UTF_8));
    }

    /** Inserts {@link #ROWS} rows and removes as many, in turn, each at some place. */
    void arrange(Document document, int count) {
        var random = new SplittableRandom(SEED);
        for (var row : rows) {
            document.insert(random.nextInt(count + 1), row);
            document.remove(random.nextInt(count + 1));
        }
    }
}
