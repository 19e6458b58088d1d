package io.gaesup.state.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.StateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a log that SQLite wrote. */
class WriteAheadLogTest {
    private static final int COMMITS = 12;
    private static final int HEADER = 32;
    private static final int FRAME = 4096 + 24;

    private static byte[] log;

    /** How long the log was after each commit. */
    private static final List<Integer> ends = new ArrayList<>();

    @TempDir
    private Path folder;

    private Path file;

    @BeforeAll
    static void write(@TempDir Path folder) throws IOException {
        var wal = folder.resolve("journal.db-wal");
        try (var journal = SqliteJournal.open(folder)) {
            long incarnation = journal.create("cart").join().incarnation();
            for (int revision = 1; revision <= COMMITS; revision++) {
                journal.append(new Entry.Batch(
                                "cart",
                                incarnation,
                                revision,
                                new byte[5000],
                                new Entry.Origin("client " + revision, revision)))
                        .join();
                ends.add((int) Files.size(wal));
            }
            log = Files.readAllBytes(wal);
        }
    }

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("log");
    }

    private void check(byte[] bytes) throws IOException {
        Files.write(file, bytes);
        WriteAheadLog.check(file);
    }

    @Test
    void noLogAndAWholeOneAreFine() throws IOException {
        WriteAheadLog.check(file);
        check(log);
        assertThat(ends.get(COMMITS - 1)).isEqualTo(log.length);
    }

    @Test
    void aLogCutAnywhereIsATornTail() throws IOException {
        for (int cut = 0; cut < 100; cut++) {
            check(Arrays.copyOf(log, cut));
        }
        for (int cut = 100; cut < log.length; cut += 997) {
            check(Arrays.copyOf(log, cut));
        }
    }

    @Test
    void aTransactionWhosePagesArrivedInAnyOrderIsATornTail() throws IOException {
        int begin = ends.get(COMMITS - 2);
        int frames = (log.length - begin) / FRAME;
        assertThat(frames).isGreaterThan(2);
        for (int lost = 1; lost < 1 << frames; lost++) {
            byte[] torn = log.clone();
            for (int i = 0; i < frames; i++) {
                if ((lost >> i & 1) == 1) {
                    Arrays.fill(torn, begin + i * FRAME, begin + (i + 1) * FRAME, (byte) 0);
                }
            }
            assertThatCode(() -> check(torn)).as(Integer.toBinaryString(lost)).doesNotThrowAnyException();
        }
    }

    @Test
    void framesOfAnEarlierUseOfTheFileAreNotLookedAt() throws IOException {
        byte[] reused = log.clone();
        for (int at = ends.get(2); at < log.length; at += FRAME) {
            reused[at + 8] ^= 1; // another salt
        }
        check(reused);
    }

    @Test
    void aFlippedBitBeforeTheLastTwoTransactionsIsFound() throws IOException {
        var random = new SplittableRandom(42);
        int bound = ends.get(COMMITS - 3);
        for (int i = 0; i < 500; i++) {
            int at = i < HEADER ? i : random.nextInt(bound);
            byte[] flipped = log.clone();
            flipped[at] ^= (byte) (1 << random.nextInt(8));
            var e = catchThrowableOfType(StateException.class, () -> check(flipped));
            assertThat(e).as("byte %d of %d flipped", at, bound).isNotNull();
            assertThat(e.code()).isEqualTo(ErrorCode.DATA_DAMAGED);
            assertThat(e).hasMessageContaining(file.toString());
        }
    }

    @Test
    void aFlippedBitInTheLastTransactionCannotBeToldFromATornOne() throws IOException {
        byte[] flipped = log.clone();
        flipped[log.length - 5] ^= 1;
        check(flipped);
    }
}
