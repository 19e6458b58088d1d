package io.gaesup.state.journal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** One run of {@link JournalChild}, and the comparison of what it was told with what is in the journal. */
final class ChildRun {
    private final List<String> lines = new ArrayList<>();
    private final int exit;

    private ChildRun(Process process, int killAfterLines) throws IOException, InterruptedException {
        try (var reader = process.inputReader(US_ASCII)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
                if (lines.size() == killAfterLines) {
                    process.toHandle().destroyForcibly(); // unlike Process, leaves what was written readable
                }
            }
        }
        exit = process.waitFor();
    }

    /** Runs the child behind {@code prefix}, which may be empty or a tracer's command line. */
    static ChildRun start(List<String> prefix, Path folder, long seed, int writes, int window, int killAfterLines)
            throws IOException, InterruptedException {
        return new ChildRun(process(prefix, folder, seed, writes, window), killAfterLines);
    }

    static Process process(List<String> prefix, Path folder, long seed, int writes, int window) throws IOException {
        var command = new ArrayList<>(prefix);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                JournalChild.class.getName(),
                folder.toString(),
                Long.toString(seed),
                Integer.toString(writes),
                Integer.toString(window)));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    List<String> lines() {
        return lines;
    }

    int exit() {
        return exit;
    }

    List<String> acknowledged() {
        return lines.stream()
                .filter(line -> line.startsWith("batch ") || line.startsWith("rejection "))
                .toList();
    }

    /** Checks that the journal holds every acknowledged decision of {@code runs}, and nothing that nobody wrote. */
    static void verify(Path folder, List<String> acknowledged) {
        try (var journal = SqliteJournal.open(folder)) {
            Map<String, Recovery> recoveries = new HashMap<>();
            for (var store : journal.stores()) {
                var recovery = Objects.requireNonNull(journal.recover(store.name()));
                recoveries.put(store.name(), recovery);
                for (var batch : recovery.batches()) {
                    assertThat(batch.payload())
                            .as("revision %d of %s", batch.revision(), store.name())
                            .isEqualTo(JournalChild.payload(store.name(), batch.revision()));
                }
                if (recovery.checkpointRevision() > 0) {
                    assertThat(recovery.snapshot())
                            .isEqualTo(JournalChild.payload(store.name(), -recovery.checkpointRevision()));
                }
            }
            for (String line : acknowledged) {
                verify(journal, recoveries, line.split(" ", -1));
            }
        }
    }

    private static void verify(Journal journal, Map<String, Recovery> recoveries, String[] words) {
        String line = String.join(" ", words);
        var recovery = recoveries.get(words[1]);
        assertThat(recovery).as("store of acknowledged %s", line).isNotNull();
        long revision = Long.parseLong(words[2]);
        long sequence = Long.parseLong(words[4]);
        assertThat(recovery.store().revision()).as("acknowledged %s", line).isGreaterThanOrEqualTo(revision);
        assertThat(recovery.lastSequences().get(words[3]))
                .as("acknowledged %s", line)
                .isGreaterThanOrEqualTo(sequence);
        var decision = journal.lookup(words[1], recovery.store().incarnation(), words[3], sequence);
        if (!(decision instanceof Decision.Forgotten)) {
            var expected = words[0].equals("batch")
                    ? new Decision.Applied(revision)
                    : new Decision.Rejected("NOT_A_NUMBER", words[3] + " " + sequence);
            assertThat(decision).as("acknowledged %s", line).isEqualTo(expected);
        }
    }
}
