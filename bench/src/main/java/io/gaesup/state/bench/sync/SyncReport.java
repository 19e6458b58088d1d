package io.gaesup.state.bench.sync;

import io.gaesup.state.bench.Bar;
import io.gaesup.state.bench.Report;
import io.gaesup.state.bench.Row;
import io.gaesup.state.bench.Spread;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Makes rows and bars of what the rounds measured. */
final class SyncReport {

    static final double BYTES_PER_UPDATE_MAX = 30;
    static final double DELIVERIES_PER_CPU_VS_SOCKETIO_MIN = 3;
    static final double START_SECONDS_MAX = 2;

    /** Above this share of its core the generator measures itself. */
    private static final double GENERATOR_BUSY_MAX = 0.70;

    private final Map<String, List<Rounds.Result>> rounds;
    private final String missing;
    private final List<Row> rows = new ArrayList<>();

    private SyncReport(Map<String, List<Rounds.Result>> rounds, String missing) {
        this.rounds = rounds;
        this.missing = missing;
    }

    /** @param missing why there is no peer; "" where there is one */
    static Report of(
            boolean quick,
            Plan plan,
            Cores cores,
            List<Double> starts,
            Map<String, List<Rounds.Result>> rounds,
            String missing) {
        var report = new SyncReport(rounds, missing);
        var start = new Spread(starts);
        report.addRows(start);
        var perCpu = report.perCpuAgainst(Contender.SOCKET_IO);
        report.rows.add(new Row("ours / socketio: deliveries per server CPU s", "x", perCpu, missing));
        var bars = List.of(
                Bar.atMost(
                        "sync.bytes-per-update",
                        BYTES_PER_UPDATE_MAX,
                        report.spread(Contender.OURS, Rounds.Result::single, PhaseResult::bytesPerDelivery)),
                Bar.atLeast("sync.deliveries-per-cpu-vs-socketio", DELIVERIES_PER_CPU_VS_SOCKETIO_MIN, perCpu),
                Bar.atMost("server.start-to-first-answer", START_SECONDS_MAX, start));
        var details = new LinkedHashMap<String, Object>();
        details.put("pinning", cores.toString());
        details.put("plan", plan);
        details.put("phases", rounds);
        return new Report("sync", quick, plan.rounds(), report.rows, bars, details);
    }

    private @Nullable Spread perCpuAgainst(String peer) {
        var ours = spread(Contender.OURS, Rounds.Result::saturated, PhaseResult::deliveriesPerServerCpuSecond);
        var theirs = spread(peer, Rounds.Result::saturated, PhaseResult::deliveriesPerServerCpuSecond);
        return ours == null || theirs == null ? null : ours.dividedBy(theirs);
    }

    private void addRows(Spread start) {
        rows.add(new Row(
                "ours: process start to first HTTP answer",
                "s",
                start,
                start.values().size() + " starts"));
        var fan = Plan.SUBSCRIBERS + " subscribers, ";
        add(fan + "saturated", "deliveries/s", Rounds.Result::saturated, PhaseResult::deliveriesPerSecond);
        add(
                fan + "saturated",
                "deliveries per server CPU s",
                Rounds.Result::saturated,
                PhaseResult::deliveriesPerServerCpuSecond);
        add(fan + "saturated", "cores of the server", Rounds.Result::saturated, PhaseResult::serverCore);
        add(fan + "saturated", "bytes per delivery", Rounds.Result::saturated, PhaseResult::bytesPerDelivery);
        add(fan + "half rate", "updates/s", Rounds.Result::paced, PhaseResult::updatesPerSecond);
        add(fan + "half rate", "ms p50", Rounds.Result::paced, PhaseResult::p50Millis);
        add(fan + "half rate", "ms p99", Rounds.Result::paced, PhaseResult::p99Millis);
        add(fan + "half rate", "cores of the server", Rounds.Result::paced, PhaseResult::serverCore);
        var loop = Plan.DOCUMENTS + " documents x " + Plan.CLIENTS + " clients";
        add(loop, "ops/s", Rounds.Result::closedLoop, PhaseResult::updatesPerSecond);
        add(loop, "ops per server CPU s", Rounds.Result::closedLoop, PhaseResult::updatesPerServerCpuSecond);
        add(loop, "ms p50", Rounds.Result::closedLoop, PhaseResult::p50Millis);
        add(loop, "ms p99", Rounds.Result::closedLoop, PhaseResult::p99Millis);
        var single = "one field of a 100 KB document";
        add(single, "bytes down per update", Rounds.Result::single, PhaseResult::bytesPerDelivery);
        add(single, "bytes up per update", Rounds.Result::single, PhaseResult::bytesPerUpdateUp);
    }

    private void add(
            String what,
            String unit,
            Function<Rounds.Result, PhaseResult> phase,
            ToDoubleFunction<PhaseResult> figure) {
        for (var system : List.of(Contender.OURS, Contender.SOCKET_IO)) {
            rows.add(new Row(system + ": " + what, unit, spread(system, phase, figure), note(system, phase, unit)));
        }
    }

    /** Null where the system did not run. */
    private @Nullable Spread spread(
            String system, Function<Rounds.Result, PhaseResult> phase, ToDoubleFunction<PhaseResult> figure) {
        var values = rounds.getOrDefault(system, List.of()).stream()
                .map(phase)
                .mapToDouble(figure)
                .boxed()
                .toList();
        return values.isEmpty() ? null : new Spread(values);
    }

    /**
     * A row whose generator had no time to spare says so: only its figure per CPU second of the server counts. Bytes are
     * the same however long they take.
     */
    private String note(String system, Function<Rounds.Result, PhaseResult> phase, String unit) {
        var share = spread(system, phase, PhaseResult::generatorCore);
        if (share == null) {
            return missing;
        }
        double busy = share.max();
        return busy > GENERATOR_BUSY_MAX && !unit.startsWith("bytes")
                ? String.format(Locale.ROOT, "generator %.0f %% busy: counts per server CPU s only", busy * 100)
                : "";
    }
}
