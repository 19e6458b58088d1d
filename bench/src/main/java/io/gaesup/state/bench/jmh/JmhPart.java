package io.gaesup.state.bench.jmh;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gaesup.state.bench.Bar;
import io.gaesup.state.bench.Part;
import io.gaesup.state.bench.Report;
import io.gaesup.state.bench.Row;
import io.gaesup.state.bench.Settings;
import io.gaesup.state.bench.Spread;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A part of JMH benchmarks: ours and the libraries that people use for the same work, in one JVM each.
 *
 * @param name of the part
 * @param question it answers, in one line
 */
public record JmhPart(String name, String question, List<Question> questions) implements Part {

    private static final double NANOS_PER_MICRO = 1_000;

    /**
     * How long and how often.
     *
     * @param forks JVMs for each method and round; 0: all methods of a question share one in all rounds
     */
    private record Plan(int rounds, int forks, int warmMillis, int measuredMillis) {
        static Plan of(boolean quick) {
            return quick ? new Plan(3, 0, 600, 180) : new Plan(5, 1, 4_000, 3_000);
        }
    }

    /** What each method took in each round: microseconds, and bytes of new objects. */
    private record Measured(Map<String, List<Double>> micros, Map<String, List<Double>> bytes) {}

    @Override
    public Report run(Settings settings) throws Exception {
        var plan = Plan.of(settings.quick());
        var measured = new LinkedHashMap<Question, Measured>();
        for (var question : questions) {
            if (question.methods(settings.quick()).isEmpty()) {
                measured.put(question, new Measured(Map.of(), Map.of()));
                continue;
            }
            System.out.println(plan.rounds + " rounds: " + question.work());
            measured.put(question, measure(question, question.methods(settings.quick()), plan));
        }
        return report(settings.quick(), plan, measured);
    }

    private static Measured measure(Question question, List<String> methods, Plan plan)
            throws IOException, InterruptedException {
        var command = new ArrayList<String>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms1g",
                "-Xmx1g",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                Trial.class.getName(),
                Integer.toString(plan.rounds),
                Integer.toString(plan.forks),
                Integer.toString(plan.warmMillis),
                Integer.toString(plan.measuredMillis),
                question.benchmark().getName()));
        command.addAll(methods);
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        var micros = new LinkedHashMap<String, List<Double>>();
        var bytes = new LinkedHashMap<String, List<Double>>();
        try (var output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            for (var line = output.readLine(); line != null; line = output.readLine()) {
                if (line.startsWith(Trial.RESULT)) {
                    var words = line.split(" ");
                    micros.computeIfAbsent(words[1], any -> new ArrayList<>())
                            .add(Double.parseDouble(words[2]) / NANOS_PER_MICRO);
                    bytes.computeIfAbsent(words[1], any -> new ArrayList<>()).add(Double.parseDouble(words[3]));
                }
            }
        }
        long values = micros.values().stream().mapToLong(List::size).sum();
        if (process.waitFor() != 0 || values != (long) plan.rounds * methods.size()) {
            throw new IOException("measured " + micros + " of " + plan.rounds + " rounds of " + methods
                    + " in " + question.benchmark() + ", exit code " + process.exitValue()
                    + "; what went wrong is above");
        }
        return new Measured(micros, bytes);
    }

    private Report report(boolean quick, Plan plan, Map<Question, Measured> measured) {
        var rows = new ArrayList<Row>();
        var bars = new ArrayList<Bar>();
        measured.forEach((question, found) -> {
            var times = found.micros;
            for (var method : question.methods()) {
                var name = question.work() + ": " + method;
                rows.add(
                        times.containsKey(method)
                                ? Row.of(name, "us", rounds(times, method))
                                : Row.notRun(name, "us", "in the long run only"));
                if (times.containsKey(method)) {
                    rows.add(Row.of(name + ", allocated", "B", rounds(found.bytes, method)));
                }
            }
            for (var promise : question.bars()) {
                if (!times.containsKey(question.ours())) {
                    bars.add(Bar.atLeast(promise.name(), promise.times(), null));
                    continue;
                }
                var peers = promise.peers().stream().filter(times::containsKey).toList();
                var ratio = fastest(peers, times).dividedBy(rounds(times, question.ours()));
                rows.add(new Row(promise.name(), "x", ratio, "faster than the fastest of " + peers));
                bars.add(Bar.atLeast(promise.name(), promise.times(), ratio));
            }
        });
        return new Report(name, quick, plan.rounds, rows, bars, Map.of("plan", plan));
    }

    /** The fastest of them in each round. */
    private static Spread fastest(List<String> peers, Map<String, List<Double>> times) {
        var fastest = new ArrayList<>(rounds(times, peers.getFirst()).values());
        for (var peer : peers) {
            var values = rounds(times, peer).values();
            for (int round = 0; round < fastest.size(); round++) {
                fastest.set(round, Math.min(fastest.get(round), values.get(round)));
            }
        }
        return new Spread(fastest);
    }

    private static Spread rounds(Map<String, List<Double>> times, String method) {
        return new Spread(times.getOrDefault(method, List.of()));
    }
}
