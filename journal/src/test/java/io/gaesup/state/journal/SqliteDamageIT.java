package io.gaesup.state.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.fail;

import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.StateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a power failure or a bad disk may do to the files, and what opening them then says. */
class SqliteDamageIT {
    private static final int REVISIONS = 40;
    private static final boolean DEEP = Boolean.getBoolean("gaesup.deep");

    /** One store with a checkpoint, batches, rejections and clients; the files as they were while it was open. */
    private static byte[] database;

    private static byte[] log;
    private static long incarnation;

    /** How long the log was when each revision had been acknowledged; index 0: when the store was created. */
    private static final List<Long> logBytes = new ArrayList<>();

    /** The same data after closing. */
    private static byte[] closedDatabase;

    @TempDir
    private Path folder;

    @BeforeAll
    static void write(@TempDir Path folder) throws IOException {
        var wal = folder.resolve("journal.db-wal");
        try (var journal = open(folder)) {
            incarnation = journal.create("cart").join().incarnation();
            logBytes.add(Files.size(wal));
            for (long revision = 1; revision <= REVISIONS; revision++) {
                journal.append(batch(revision)).join();
                logBytes.add(Files.size(wal));
                if (revision == 10) {
                    journal.checkpoint("cart", incarnation, 5, JournalFixture.payload(5))
                            .join();
                    journal.append(rejection(5)).join();
                }
            }
            database = Files.readAllBytes(folder.resolve("journal.db"));
            log = Files.readAllBytes(wal);
        }
        closedDatabase = Files.readAllBytes(folder.resolve("journal.db"));
    }

    private static Journal open(Path folder) {
        return SqliteJournal.open(
                folder, JournalFixture.SMALL, () -> java.time.Instant.EPOCH, RandomGenerator.of("L64X128MixRandom"));
    }

    private static Entry.Batch batch(long revision) {
        return new Entry.Batch("cart", incarnation, revision, payload(revision), origin(revision));
    }

    private static byte[] payload(long revision) {
        byte[] payload = new byte[(int) (revision * 37 % 600)];
        Arrays.fill(payload, (byte) revision);
        return payload;
    }

    private static Entry.Origin origin(long revision) {
        return new Entry.Origin("client " + revision % 3, revision + 100);
    }

    private static Entry.Rejection rejection(long sequence) {
        return new Entry.Rejection("cart", incarnation, new Entry.Origin("refused", sequence), "BAD", "no");
    }

    /** Takes the place of the copy before it. */
    private Path copy(byte[] database, byte[] log) throws IOException {
        var copy = Files.createDirectories(folder.resolve("copy"));
        try (var old = Files.list(copy)) {
            for (var file : old.toList()) {
                Files.delete(file);
            }
        }
        Files.write(copy.resolve("journal.db"), database);
        if (log.length > 0) {
            Files.write(copy.resolve("journal.db-wal"), log);
        }
        return copy;
    }

    /** The last revision, after comparing everything that can be read with what was written. */
    private static long verifiedRevision(Path folder) {
        try (var journal = open(folder)) {
            var recovery = journal.recover("cart");
            if (recovery == null) {
                assertThat(journal.stores()).isEmpty();
                return -1;
            }
            long last = recovery.store().revision();
            assertThat(journal.stores()).containsExactly(new StoreEntry("cart", incarnation, last));
            boolean checkpointed = recovery.checkpointRevision() > 0;
            if (checkpointed) {
                assertThat(recovery.checkpointRevision()).isEqualTo(5);
                assertThat(recovery.snapshot()).isEqualTo(JournalFixture.payload(5));
            }
            for (var batch : recovery.batches()) {
                assertThat(batch.payload()).isEqualTo(payload(batch.revision()));
                assertThat(batch.origin()).isEqualTo(origin(batch.revision()));
            }
            assertThat(recovery.batches()).hasSize((int) (last - recovery.checkpointRevision()));
            for (long revision = checkpointed ? 2 : 1; revision <= last; revision++) {
                var origin = origin(revision);
                assertThat(journal.lookup("cart", incarnation, origin.client(), origin.sequence()))
                        .isEqualTo(new Decision.Applied(revision));
                assertThat(recovery.lastSequences().get(origin.client())).isGreaterThanOrEqualTo(origin.sequence());
            }
            if (last > 10) {
                assertThat(recovery.lastSequences()).containsEntry("refused", 5L);
                assertThat(journal.lookup("cart", incarnation, "refused", 5))
                        .isEqualTo(new Decision.Rejected("BAD", "no"));
            }
            journal.append(new Entry.Batch("cart", incarnation, last + 1, new byte[3], null))
                    .join();
            return last;
        }
    }

    @Test
    void theFilesAsTheyWereHoldEverything() throws IOException {
        assertThat(verifiedRevision(copy(database, log))).isEqualTo(REVISIONS);
        assertThat(verifiedRevision(copy(closedDatabase, new byte[0]))).isEqualTo(REVISIONS);
    }

    @Test
    void aLogCutAnywhereHoldsEveryCommitThatWasSyncedBeforeTheCut() throws IOException {
        var cuts = new TreeSet<Integer>(List.of(0, 1, 31, 32, 33, log.length));
        for (int i = 0; i < logBytes.size(); i += DEEP ? 1 : 5) {
            int end = (int) (long) logBytes.get(i);
            cuts.addAll(List.of(end - 1, end, end + 1));
        }
        int frame = 4096 + 24;
        for (int at = 32; at < log.length; at += DEEP ? frame : 13 * frame) {
            cuts.addAll(List.of(at, at + 23, at + 24, at + 25));
        }
        var random = new SplittableRandom(42);
        for (int i = 0; i < (DEEP ? 1000 : 20); i++) {
            cuts.add(random.nextInt(log.length));
        }
        for (int cut : cuts) {
            if (cut <= log.length) {
                long synced = logBytes.stream().filter(end -> end <= cut).count() - 1;
                assertThat(verifiedRevision(copy(database, Arrays.copyOf(log, cut))))
                        .as("log of %d bytes cut at %d", log.length, cut)
                        .isEqualTo(synced);
            }
        }
    }

    @Test
    void aTornTransactionWhosePagesArrivedInAnyOrderIsATornTail() throws IOException {
        int begin = (int) (long) logBytes.get(REVISIONS - 1);
        int frame = 4096 + 24;
        int frames = (log.length - begin) / frame;
        assertThat(frames).isGreaterThan(1);
        for (int lost = 1; lost < 1 << frames; lost++) {
            byte[] torn = log.clone();
            for (int i = 0; i < frames; i++) {
                if ((lost >> i & 1) == 1) {
                    Arrays.fill(torn, begin + i * frame, begin + (i + 1) * frame, (byte) 0);
                }
            }
            assertThat(verifiedRevision(copy(database, torn)))
                    .as("lost frames %s", Integer.toBinaryString(lost))
                    .isEqualTo(REVISIONS - 1);
        }
    }

    @Test
    void aFlippedBitInTheLogIsFoundUnlessItLooksLikeATornTail() throws IOException {
        var random = new SplittableRandom(43);
        long surelyFound = logBytes.get(REVISIONS - 2);
        int found = 0;
        int rounds = DEEP ? 1500 : 60;
        for (int i = 0; i < rounds; i++) {
            int at = random.nextInt(log.length);
            byte[] flipped = log.clone();
            flipped[at] ^= (byte) (1 << random.nextInt(8));
            try {
                long last = verifiedRevision(copy(database, flipped));
                if (last < REVISIONS && at < surelyFound) {
                    fail(
                            "byte %d of the log flipped: only revision %d of %d recovered, and no error",
                            at, last, REVISIONS);
                }
                assertThat(last).isGreaterThanOrEqualTo(REVISIONS - 2);
            } catch (StateException e) {
                assertThat(e.code()).as("byte %d: %s", at, e.getMessage()).isEqualTo(ErrorCode.DATA_DAMAGED);
                found++;
            }
        }
        assertThat(found).isGreaterThan(rounds * 8 / 10);
    }

    @Test
    void aDamagedLogIsLeftAsItIs() throws IOException {
        byte[] flipped = log.clone();
        flipped[(int) (long) logBytes.get(20) - 100] ^= 1;
        var copy = copy(database, flipped);

        var e = catchThrowableOfType(StateException.class, () -> open(copy));

        assertThat(e.code()).isEqualTo(ErrorCode.DATA_DAMAGED);
        assertThat(e).hasMessageContaining("journal.db-wal").hasMessageContaining("frame");
        assertThat(copy.resolve("journal.db")).hasBinaryContent(database);
        assertThat(copy.resolve("journal.db-wal")).hasBinaryContent(flipped);
    }

    @Test
    void aDamagedDatabaseAndItsLogAreLeftAsTheyAre() throws IOException {
        byte[] damaged = database.clone();
        Arrays.fill(damaged, 2 * 4096, 3 * 4096, (byte) 0x5a);
        var copy = copy(damaged, Arrays.copyOf(log, (int) (long) logBytes.get(0)));

        var e = catchThrowableOfType(StateException.class, () -> open(copy));

        assertThat(e.code()).as(e.getMessage()).isEqualTo(ErrorCode.DATA_DAMAGED);
        assertThat(copy.resolve("journal.db")).hasBinaryContent(damaged);
        assertThat(copy.resolve("journal.db-wal")).hasBinaryContent(Arrays.copyOf(log, (int) (long) logBytes.get(0)));
    }

    @Test
    void aFlippedBitInTheDatabaseIsFoundOrHarmless() throws IOException {
        var random = new SplittableRandom(44);
        Map<ErrorCode, Integer> answers = new EnumMap<>(ErrorCode.class);
        for (int i = 0; i < (DEEP ? 4000 : 400); i++) {
            int at = i < 40 ? i : random.nextInt(closedDatabase.length);
            while (i % 5 != 0 && closedDatabase[at] == 0) { // most pages are mostly empty
                at = random.nextInt(closedDatabase.length);
            }
            byte[] flipped = closedDatabase.clone();
            flipped[at] ^= (byte) (1 << random.nextInt(8));
            var copy = copy(flipped, new byte[0]);
            int position = at;
            try {
                assertThat(verifiedRevision(copy))
                        .as("byte %d flipped", position)
                        .isEqualTo(REVISIONS);
            } catch (StateException e) {
                answers.merge(e.code(), 1, Integer::sum);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("byte " + position + " flipped", e);
            }
        }
        // A flip may also turn the version of the tables into another one.
        assertThat(answers).containsKey(ErrorCode.DATA_DAMAGED);
        assertThat(answers.keySet()).isSubsetOf(ErrorCode.DATA_DAMAGED, ErrorCode.DATA_VERSION);
    }

    @Test
    void aDatabaseCutShortIsFound() throws IOException {
        for (int cut = 4096; cut < closedDatabase.length; cut += 4096) {
            var copy = copy(Arrays.copyOf(closedDatabase, cut), new byte[0]);
            var e = catchThrowableOfType(StateException.class, () -> verifiedRevision(copy));
            assertThat(e).as("cut at %d", cut).isNotNull();
            assertThat(e.code()).as(e.getMessage()).isEqualTo(ErrorCode.DATA_DAMAGED);
        }
    }
}
