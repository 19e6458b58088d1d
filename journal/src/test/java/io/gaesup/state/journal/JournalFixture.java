package io.gaesup.state.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gaesup.state.core.StateException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A journal of each test, and the words to write to it. */
abstract class JournalFixture {
    static final JournalSettings SMALL = JournalSettings.defaults()
            .withHistory(4, 4)
            .withRecordBytesMax(4096)
            .withClientForgetAfter(Duration.ofDays(1));

    Instant now = Instant.parse("2026-11-23T12:00:00Z");
    Journal journal;

    /** Opens a journal on the data of this test. */
    abstract Journal open(JournalSettings settings, InstantSource clock);

    /** Raises the epoch in the data, as a journal of another process would that took it over. */
    abstract void raiseEpoch() throws Exception;

    @BeforeEach
    void openFirst() {
        journal = open(SMALL, () -> now);
    }

    @AfterEach
    void closeLast() {
        journal.close();
    }

    void reopen() {
        journal.close();
        journal = open(SMALL, () -> now);
    }

    long create(String store) {
        return journal.create(store).join().incarnation();
    }

    static Entry.Batch batch(String store, long incarnation, long revision) {
        return new Entry.Batch(store, incarnation, revision, payload(revision), null);
    }

    static Entry.Batch batch(String store, long incarnation, long revision, String client, long sequence) {
        return new Entry.Batch(store, incarnation, revision, payload(revision), new Entry.Origin(client, sequence));
    }

    static Entry.Rejection rejection(String store, long incarnation, String client, long sequence) {
        return new Entry.Rejection(
                store, incarnation, new Entry.Origin(client, sequence), "NOT_A_NUMBER", "found string \"three\"");
    }

    static byte[] payload(long revision) {
        return ("payload of revision " + revision).getBytes(UTF_8);
    }

    Recovery recover(String store) {
        return Objects.requireNonNull(journal.recover(store), store);
    }

    static StateException failure(CompletableFuture<?> future) {
        var e = catchThrowableOfType(CompletionException.class, future::join);
        assertThat(e).isNotNull();
        return (StateException) e.getCause();
    }

    static List<Long> revisions(Recovery recovery) {
        return recovery.batches().stream().map(Entry.Batch::revision).toList();
    }
}
