package io.gaesup.state.bench.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gaesup.state.bench.Bar;
import io.gaesup.state.bench.Report;
import io.gaesup.state.bench.Row;
import io.gaesup.state.bench.Spread;
import java.util.ArrayList;
import java.util.Locale;

/** How many bytes a delta is, beside the JSON Patch of zjsonpatch for the same change. No time: one round says it all. */
final class DeltaBytes {

    private DeltaBytes() {}

    static Report addTo(Report report) {
        var rows = new ArrayList<>(report.rows());
        var bars = new ArrayList<>(report.bars());
        for (var change : EncodedDeltas.Change.values()) {
            var pair = EncodedDeltas.Pair.of(change);
            var ours = Spread.of(pair.encodedDelta().length);
            var patch = Spread.of(pair.jsonPatch().toString().getBytes(UTF_8).length);
            var ratio = ours.dividedBy(patch);
            var name = "codec.delta-bytes-"
                    + change.name().toLowerCase(Locale.ROOT).replace('_', '-');
            rows.add(Row.of("encoded delta, " + change.words + " in 1 MB", "bytes", ours));
            rows.add(Row.of("JSON Patch, " + change.words + " in 1 MB", "bytes", patch));
            rows.add(new Row(name, "x", ratio, "of the JSON Patch"));
            bars.add(Bar.atMost(name, 1, ratio));
        }
        return new Report(report.part(), report.quick(), report.rounds(), rows, bars, report.details());
    }
}
