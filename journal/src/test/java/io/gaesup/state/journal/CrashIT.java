package io.gaesup.state.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.StateException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a writing process at a random moment, again and again on the same data. */
class CrashIT {
    private static final int ROUNDS = Boolean.getBoolean("gaesup.deep") ? 100 : 10;
    private static final int ENDLESS = Integer.MAX_VALUE;
    private static final int SIGKILLED = 128 + 9;

    @TempDir
    private Path folder;

    @Test
    void nothingAcknowledgedIsMissingAfterKill9AndNothingIsDecidedTwice() throws Exception {
        long seed = new SplittableRandom().nextLong();
        System.out.println("CrashIT seed " + seed);
        var random = new SplittableRandom(seed);
        var acknowledged = new ArrayList<String>();
        for (int round = 0; round < ROUNDS; round++) {
            int kill = 1 + random.nextInt(random.nextBoolean() ? 50 : 5000);
            var run = ChildRun.start(List.of(), folder, random.nextLong(), ENDLESS, 2 + random.nextInt(500), kill);

            assertThat(run.exit()).as("round %d", round).isEqualTo(SIGKILLED);
            assertThat(run.lines()).noneMatch(line -> line.startsWith("failed"));
            acknowledged.addAll(run.acknowledged());
            ChildRun.verify(folder, run.acknowledged());
        }
        ChildRun.verify(folder, acknowledged);
        var decided = new HashSet<String>();
        for (String line : acknowledged) {
            String[] words = line.split(" ", -1);
            assertThat(decided.add(words[1] + words[3] + "#" + words[4]))
                    .as(line)
                    .isTrue();
        }
        System.out.println(
                "CrashIT: " + ROUNDS + " kills, " + acknowledged.size() + " acknowledged decisions, 0 missing");
    }

    @Test
    void aFolderInUseByAnotherProcessIsRefusedUntilThatProcessEnds() throws Exception {
        var process = ChildRun.process(List.of(), folder, 1, ENDLESS, 2);
        try (var reader = process.inputReader()) {
            assertThat(reader.readLine()).isEqualTo("opened");

            var e = catchThrowableOfType(StateException.class, () -> SqliteJournal.open(folder));

            assertThat(e.code()).isEqualTo(ErrorCode.DATA_IN_USE);
            assertThat(e).hasMessageContaining(folder.toString()).hasMessageContaining("process " + process.pid());
            assertThat(process.isAlive()).isTrue();
        } finally {
            process.destroyForcibly().waitFor();
        }
        SqliteJournal.open(folder).close();
    }
}
