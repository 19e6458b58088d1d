package io.gaesup.state.bench.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.gaesup.state.bench.Bar;
import io.gaesup.state.bench.Report;
import io.gaesup.state.bench.Row;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SyncReportTest {

    private static PhaseResult phase(String system, String phase, long deliveries, double serverCpu, double busy) {
        return new PhaseResult(
                system, phase, 2, serverCpu, 2 * busy, busy, deliveries / 100, deliveries, 0, 1, 27.5, 40, 1, 5, 9);
    }

    private static Rounds.Result round(String system, long deliveries, double serverCpu, double busy) {
        return new Rounds.Result(
                phase(system, "saturated", deliveries, serverCpu, busy),
                phase(system, "paced", deliveries / 2, serverCpu / 2, 0.1),
                phase(system, "closed-loop", 1_000, serverCpu, 0.1),
                phase(system, "one-by-one", 100, 0.01, 0.1));
    }

    private static Report report(Rounds.Result ours, Rounds.Result theirs) {
        var rounds = new LinkedHashMap<String, List<Rounds.Result>>();
        rounds.put("ours", List.of(ours, ours, ours));
        rounds.put("socketio", List.of(theirs, theirs, theirs));
        return report(rounds, "");
    }

    private static Report report(Map<String, List<Rounds.Result>> rounds, String missing) {
        return SyncReport.of(
                true, Plan.of(true), new Cores(List.of(0, 1), ""), List.of(0.9, 1.1, 1.3), rounds, missing);
    }

    private static Row row(Report report, String name, String unit) {
        return report.rows().stream()
                .filter(row -> row.name().equals(name) && row.unit().equals(unit))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void deliveriesAreComparedPerSecondOfTheServersProcessorTime() {
        var report = report(round("ours", 800_000, 1.0, 0.5), round("socketio", 200_000, 2.0, 0.5));

        assertThat(report.bars().stream().map(Bar::line))
                .containsExactly(
                        "BAR sync.bytes-per-update 27.5 <= 30 ok",
                        "BAR sync.deliveries-per-cpu-vs-socketio 8 >= 3 ok",
                        "BAR server.start-to-first-answer 1.1 <= 2 ok");
        assertThat(report.isShort()).isFalse();
    }

    @Test
    void rowWhoseGeneratorHadNoTimeToSpareSaysSo() {
        var report = report(round("ours", 800_000, 1.0, 0.82), round("socketio", 200_000, 2.0, 0.5));

        assertThat(row(report, "ours: 100 subscribers, saturated", "deliveries/s")
                        .note())
                .isEqualTo("generator 82 % busy: counts per server CPU s only");
        assertThat(row(report, "ours: 100 subscribers, saturated", "bytes per delivery")
                        .note())
                .isEmpty();
        assertThat(row(report, "socketio: 100 subscribers, saturated", "deliveries/s")
                        .note())
                .isEmpty();
        assertThat(row(report, "ours: 100 subscribers, half rate", "ms p99").note())
                .isEmpty();
    }

    @Test
    void withoutAPeerItsRowsAndItsBarAreNotRunAndSayWhy() {
        var report = report(Map.of("ours", List.of(round("ours", 800_000, 1.0, 0.5))), "needs Node with npm");

        var row = row(report, "socketio: 100 subscribers, saturated", "deliveries/s");
        assertThat(row.measured()).isNull();
        assertThat(row.note()).isEqualTo("needs Node with npm");
        assertThat(report.bars().get(1).line()).isEqualTo("BAR sync.deliveries-per-cpu-vs-socketio - >= 3 not-run");
        assertThat(report.isShort()).isFalse();
    }

    @Test
    void missedBarIsShort() {
        var report = report(round("ours", 200_000, 1.0, 0.5), round("socketio", 200_000, 2.0, 0.5));

        assertThat(report.isShort()).isTrue();
        assertThat(report.bars().get(1).line()).isEqualTo("BAR sync.deliveries-per-cpu-vs-socketio 2 >= 3 short");
    }
}
