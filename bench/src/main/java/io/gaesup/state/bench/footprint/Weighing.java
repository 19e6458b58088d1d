package io.gaesup.state.bench.footprint;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gaesup.state.bench.Spread;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Starts the scales, and keeps what they say; fails where two libraries do not hold the same. */
final class Weighing {

    private final Map<Library, Map<String, List<Double>>> bytes = new EnumMap<>(Library.class);
    private final Map<String, String> hashes = new HashMap<>();

    /** Weighs the documents in a JVM of its own, {@code rounds} times. */
    void weigh(Library library, int rounds, Map<String, Path> files) throws IOException, InterruptedException {
        var command = new ArrayList<String>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms1g",
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "-XX:MarkSweepAlwaysCompactCount=1",
                "-cp",
                System.getProperty("java.class.path"),
                Scales.class.getName(),
                Integer.toString(rounds),
                library.name()));
        files.forEach((name, file) -> command.addAll(List.of(name, file.toString())));
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        try (var output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            for (var line = output.readLine(); line != null; line = output.readLine()) {
                if (line.startsWith(Scales.RESULT)) {
                    note(library, line.split(" "));
                }
            }
        }
        if (process.waitFor() != 0) {
            throw new IOException(
                    "weighing " + library + " ended with exit code " + process.exitValue() + "; the reason is above");
        }
    }

    private void note(Library library, String[] words) {
        var key = words[1] + " " + words[2];
        var expected = hashes.putIfAbsent(key, words[4]);
        if (expected != null && !expected.equals(words[4])) {
            throw new IllegalStateException(library + " holds something else than the others: " + key
                    + ", content hash " + words[4] + ", theirs " + expected);
        }
        bytes.computeIfAbsent(library, any -> new HashMap<>())
                .computeIfAbsent(key, any -> new ArrayList<>())
                .add(Double.parseDouble(words[3]));
    }

    /** Bytes in each round; null where the document was not there. */
    @Nullable
    Spread bytes(Library library, String document, String stage) {
        var rounds = bytes.getOrDefault(library, Map.of()).get(document + " " + stage);
        return rounds == null ? null : new Spread(rounds);
    }
}
