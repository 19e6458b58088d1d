package io.gaesup.state.bench.sync;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures all contenders in turn, round after round, so that what disturbs the machine disturbs them alike. */
final class Rounds {

    private final List<Contender> contenders;
    private final Plan plan;
    private final Cores cores;
    private final Path scratch;
    private final Map<String, List<Result>> results = new LinkedHashMap<>();

    /** What one contender did in one round. */
    record Result(PhaseResult saturated, PhaseResult paced, PhaseResult closedLoop, PhaseResult single) {}

    Rounds(List<Contender> contenders, Plan plan, Cores cores, Path scratch) {
        this.contenders = contenders;
        this.plan = plan;
        this.cores = cores;
        this.scratch = scratch;
        // In the order in which rows name them, whoever is measured first.
        contenders.forEach(contender -> results.put(contender.name(), new ArrayList<>()));
    }

    /** The results of each contender by its name, in the order of the rounds. */
    Map<String, List<Result>> run() throws IOException, InterruptedException {
        if (plan.freshServers()) {
            runWithFreshServers();
        } else {
            runWithOneServerEach();
        }
        return results;
    }

    private void runWithFreshServers() throws IOException, InterruptedException {
        for (int round = 0; round < plan.rounds(); round++) {
            try (var generator = GeneratorProcess.start(cores)) {
                for (var contender : inTurn(round)) {
                    try (var _ = open(contender, generator)) {
                        measure(contender, generator, round);
                        generator.disconnect(contender.name());
                    }
                }
            }
        }
    }

    private void runWithOneServerEach() throws IOException, InterruptedException {
        var servers = new ArrayList<ServerProcess>();
        try (var generator = GeneratorProcess.start(cores)) {
            for (var contender : contenders) {
                servers.add(open(contender, generator));
            }
            for (int round = 0; round < plan.rounds(); round++) {
                for (var contender : inTurn(round)) {
                    measure(contender, generator, round);
                }
            }
        } finally {
            servers.forEach(ServerProcess::close);
        }
    }

    /** Nobody is always first. */
    private List<Contender> inTurn(int round) {
        var order = new ArrayList<>(contenders);
        Collections.rotate(order, round);
        return order;
    }

    private ServerProcess open(Contender contender, GeneratorProcess generator)
            throws IOException, InterruptedException {
        var server = start(contender, cores.serverPrefix(), scratch);
        try {
            generator.connect(
                    contender.name(), contender.protocol(), server, Plan.SUBSCRIBERS, Plan.DOCUMENTS, Plan.CLIENTS);
            var third = plan.warmUp(contender).dividedBy(3);
            generator.saturate(contender.name(), third.multipliedBy(2), Duration.ZERO);
            generator.loop(contender.name(), third, Duration.ZERO);
            return server;
        } catch (IOException failed) {
            server.close();
            throw failed;
        }
    }

    /** Starts a server; ours keeps its data in a new folder. */
    static ServerProcess start(Contender contender, List<String> prefix, Path scratch)
            throws IOException, InterruptedException {
        var folder = Files.createTempDirectory(scratch, contender.name());
        return ServerProcess.start(prefix, contender.commandIn(folder), contender.environment(), folder.resolve("log"));
    }

    private void measure(Contender contender, GeneratorProcess generator, int round) throws IOException {
        var name = contender.name();
        var saturated = generator.saturate(name, plan.warm(), plan.saturated());
        var paced = generator.pace(name, plan.warm(), plan.paced(), saturated.updatesPerSecond() / 2);
        var closedLoop = generator.loop(name, plan.warm(), plan.closedLoop());
        var single = generator.single(name, plan.single());
        System.out.printf(
                "round %d of %d, %-9s %,12.0f deliveries/s %,12.0f per server CPU s   p99 %6.1f ms   %,8.0f ops/s in 10 x 10%n",
                round + 1,
                plan.rounds(),
                name,
                saturated.deliveriesPerSecond(),
                saturated.deliveriesPerServerCpuSecond(),
                paced.p99Millis(),
                closedLoop.updatesPerSecond());
        results.computeIfAbsent(name, any -> new ArrayList<>()).add(new Result(saturated, paced, closedLoop, single));
    }
}
