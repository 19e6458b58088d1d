package io.gaesup.state.bench.sync;

import io.gaesup.state.bench.Part;
import io.gaesup.state.bench.Report;
import io.gaesup.state.bench.Settings;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** {@code ./gaesup bench sync}: ours, durable, and its peers under the same load. */
public final class SyncPart implements Part {

    private static final List<String> OUR_MODULES = List.of("core", "journal", "browser", "server", "cli");

    @Override
    public String name() {
        return "sync";
    }

    @Override
    public String question() {
        return "live synchronisation: deliveries, latency and bytes of a server and its peers; start of a node";
    }

    @Override
    public Report run(Settings settings) throws Exception {
        var plan = Plan.of(settings.quick());
        var cores = Cores.here();
        var scratch = Files.createTempDirectory(
                Files.createDirectories(settings.root().resolve("bench/target")), "sync");
        System.out.println("sync: " + cores + ", " + plan.rounds() + " rounds");
        try {
            var contenders = new ArrayList<Contender>();
            contenders.add(ours(settings.root()));
            var missing = addPeers(contenders, settings.peers());
            var starts = measureStarts(contenders.getFirst(), plan, scratch);
            var rounds = new Rounds(contenders, plan, cores, scratch).run();
            return SyncReport.of(settings.quick(), plan, cores, starts, rounds, missing);
        } finally {
            deleteAll(scratch);
        }
    }

    /** Returns why there is no peer, or "" where there is one. */
    private static String addPeers(List<Contender> contenders, Path folder) throws InterruptedException {
        var peers = new Peers(folder);
        try {
            peers.install();
            contenders.add(peers.socketIo());
            return "";
        } catch (IOException absent) {
            System.out.println("sync: no peer to compare with: " + absent.getMessage());
            return String.valueOf(absent.getMessage());
        }
    }

    private static Contender ours(Path root) throws IOException {
        var libraries = root.resolve("cli/target/classpath");
        if (!Files.isRegularFile(libraries)) {
            throw new IOException("no " + libraries + ": start through ./gaesup bench, which builds it");
        }
        var path = new ArrayList<String>();
        for (var module : OUR_MODULES) {
            path.add(root.resolve(module).resolve("target/classes").toString());
        }
        path.add(Files.readString(libraries).strip());
        var command = List.of(
                Processes.java(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                String.join(File.pathSeparator, path),
                "io.gaesup.state.cli.Main",
                "serve",
                "--port",
                "0",
                "--data",
                Contender.FOLDER);
        return new Contender(Contender.OURS, "gaesup", command, Map.of(), true);
    }

    /** Process start to first HTTP answer, on a fresh folder each time, on all cores. */
    private static List<Double> measureStarts(Contender ours, Plan plan, Path scratch)
            throws IOException, InterruptedException {
        var seconds = new ArrayList<Double>();
        long end = System.nanoTime() + plan.startsWithin().toNanos();
        for (int start = 0; start < plan.starts(); start++) {
            if (start >= plan.rounds() && System.nanoTime() > end) {
                break;
            }
            long before = System.nanoTime();
            try (var server = Rounds.start(ours, List.of(), scratch)) {
                var answer = server.firstAnswer("/health");
                seconds.add((System.nanoTime() - before) / 1e9);
                if (!answer.startsWith("HTTP/1.1 200")) {
                    throw new IOException("a fresh node is not healthy: " + answer);
                }
            }
        }
        return seconds;
    }

    private static void deleteAll(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (var file : files.sorted(Collections.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
