package io.gaesup.state.bench.footprint;

import io.gaesup.state.bench.Bar;
import io.gaesup.state.bench.Part;
import io.gaesup.state.bench.Report;
import io.gaesup.state.bench.Row;
import io.gaesup.state.bench.Settings;
import io.gaesup.state.bench.Spread;
import io.gaesup.state.bench.engine.Documents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./gaesup bench footprint}: what the same documents weigh in the heap as ours and as others' trees. */
public final class FootprintPart implements Part {

    static final int ROWS = 100_000;
    static final String TABLE = "table";

    private static final double SHARE_MAX = 0.30;
    private static final double KIB = 1024;
    private static final String DATA = "browser/node_modules/vega-datasets/data";

    /**
     * What is weighed.
     *
     * @param document its name
     * @param stage what has happened to it
     * @param title for the table
     * @param bar the start of the bars' names; empty where nothing is promised
     */
    private record Weight(String document, String stage, String title, String bar) {}

    private static final List<Weight> WEIGHTS = List.of(
            new Weight(TABLE, Scales.PARSED, "100,000 orders x 10 fields", "footprint.table"),
            new Weight(TABLE, Scales.UPDATED, "the orders after 10,000 updates of single fields", ""),
            new Weight(TABLE, Scales.ARRANGED, "then 500 rows inserted, 500 removed", ""),
            new Weight("movies", Scales.PARSED, "movies.json", "footprint.movies"),
            new Weight("earthquakes", Scales.PARSED, "earthquakes.json (free-form)", ""));

    @Override
    public String name() {
        return "footprint";
    }

    @Override
    public String question() {
        return "the same documents in the heap: ours, boxed maps and lists, Jackson's tree";
    }

    @Override
    public Report run(Settings settings) throws Exception {
        var files = files(settings.root());
        var order = new ArrayList<>(List.of(Library.values()));
        var weighing = new Weighing();
        int rounds = settings.quick() ? 3 : 5;
        int roundsInOne = settings.quick() ? rounds : 1;
        for (int round = 0; round < rounds; round += roundsInOne) {
            for (var library : order) {
                System.out.println(library + ": " + files.keySet() + ", rounds: " + roundsInOne);
                weighing.weigh(library, roundsInOne, files);
            }
            Collections.rotate(order, 1);
        }
        return report(settings.quick(), rounds, weighing);
    }

    /** The documents that are there, by name. */
    private static Map<String, Path> files(Path root) throws IOException {
        var files = new LinkedHashMap<String, Path>();
        var table = root.resolve("bench/target/orders.json");
        Files.createDirectories(table.getParent());
        Files.write(table, new JsonMapper().writeValueAsBytes(Documents.orders(ROWS)));
        files.put(TABLE, table);
        for (var weight : WEIGHTS) {
            var file = root.resolve(DATA).resolve(weight.document + ".json");
            if (Files.isRegularFile(file)) {
                files.put(weight.document, file);
            }
        }
        return files;
    }

    private static Report report(boolean quick, int rounds, Weighing weighing) {
        var rows = new ArrayList<Row>();
        var bars = new ArrayList<Bar>();
        for (var weight : WEIGHTS) {
            var ours = weighing.bytes(Library.OURS, weight.document, weight.stage);
            for (var library : Library.values()) {
                var bytes = weighing.bytes(library, weight.document, weight.stage);
                var name = weight.title + ": " + library;
                rows.add(
                        bytes == null
                                ? Row.notRun(name, "KiB", "not in " + DATA + "; npm ci in browser/ brings it")
                                : Row.of(name, "KiB", kib(bytes)));
            }
            for (var library : List.of(Library.MAPS, Library.JACKSON)) {
                var theirs = weighing.bytes(library, weight.document, weight.stage);
                var share = ours == null || theirs == null ? null : ours.dividedBy(theirs);
                var name = weight.title + ": ours / " + library;
                if (share != null) {
                    rows.add(Row.of(name, "", share));
                }
                if (!weight.bar.isEmpty()) {
                    bars.add(Bar.atMost(weight.bar + "-vs-" + library, SHARE_MAX, share));
                }
            }
        }
        return new Report("footprint", quick, rounds, rows, bars, Map.of("heap", "-Xmx1g, serial collector"));
    }

    private static Spread kib(Spread bytes) {
        return new Spread(bytes.values().stream().map(value -> value / KIB).toList());
    }
}
