package io.gaesup.state.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Keeps a report as JSON: {@code bench/results/<date>-<part>.json}, and {@code …-quick.json} for the short run. */
final class Results {

    private final JsonMapper json =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private final Path folder;
    private final Clock clock;

    Results(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    Path write(Report report, Machine machine) throws IOException {
        var document = new LinkedHashMap<String, Object>();
        document.put("part", report.part());
        document.put("quick", report.quick());
        document.put("finished", clock.instant().toString());
        document.put("machine", machine);
        document.put("rounds", report.rounds());
        document.put("rows", report.rows().stream().map(Results::rowOf).toList());
        document.put("bars", report.bars().stream().map(Results::barOf).toList());
        document.put("details", report.details());
        Files.createDirectories(folder);
        var name = LocalDate.now(clock) + "-" + report.part() + (report.quick() ? "-quick" : "") + ".json";
        var file = folder.resolve(name);
        Files.writeString(file, json.writeValueAsString(document) + "\n");
        return file;
    }

    private static Map<String, Object> rowOf(Row row) {
        var entry = new LinkedHashMap<String, Object>();
        entry.put("name", row.name());
        entry.put("unit", row.unit());
        putSpread(entry, row.measured());
        if (!row.note().isEmpty()) {
            entry.put("note", row.note());
        }
        return entry;
    }

    private static Map<String, Object> barOf(Bar bar) {
        var entry = new LinkedHashMap<String, Object>();
        entry.put("name", bar.name());
        entry.put("line", bar.line());
        entry.put("verdict", bar.verdict().toString());
        putSpread(entry, bar.measured());
        return entry;
    }

    private static void putSpread(Map<String, Object> entry, @Nullable Spread spread) {
        if (spread == null) {
            entry.put("not-run", true);
            return;
        }
        entry.put("median", spread.median());
        entry.put("min", spread.min());
        entry.put("max", spread.max());
        List<Double> rounds = new ArrayList<>(spread.values());
        entry.put("rounds", rounds);
    }
}
