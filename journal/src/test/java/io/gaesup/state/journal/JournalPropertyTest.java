package io.gaesup.state.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.StateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.random.RandomGenerator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/** Whatever is written, in whatever groups, the journal and the model agree, before and after reopening. */
class JournalPropertyTest {
    private static final int HISTORY = 3;
    private static final List<String> STORES = List.of("a", "b");
    private static final List<String> CLIENTS = List.of("ada", "bob", "cy");

    private enum Kind {
        CREATE,
        DELETE,
        BATCH,
        SERVER_BATCH,
        REJECTION,
        CHECKPOINT,
        COMPARE,
        REOPEN
    }

    /** One step; {@code stray} moves the revision, the sequence or the incarnation off what would be right. */
    record Step(Kind kind, int store, int client, int stray, int bytes) {}

    @Provide
    Arbitrary<List<Step>> steps() {
        var kinds = Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.just(Kind.CREATE)),
                Tuple.of(1, Arbitraries.just(Kind.DELETE)),
                Tuple.of(24, Arbitraries.just(Kind.BATCH)),
                Tuple.of(4, Arbitraries.just(Kind.SERVER_BATCH)),
                Tuple.of(6, Arbitraries.just(Kind.REJECTION)),
                Tuple.of(4, Arbitraries.just(Kind.CHECKPOINT)),
                Tuple.of(2, Arbitraries.just(Kind.COMPARE)),
                Tuple.of(1, Arbitraries.just(Kind.REOPEN)));
        var stray = Arbitraries.frequency(Tuple.of(8, 0), Tuple.of(1, -1), Tuple.of(1, 1));
        return Combinators.combine(
                        kinds,
                        Arbitraries.integers().between(0, STORES.size() - 1),
                        Arbitraries.integers().between(0, CLIENTS.size() - 1),
                        stray,
                        Arbitraries.integers().between(0, 2000))
                .as(Step::new)
                .list()
                .ofMinSize(10)
                .ofMaxSize(Boolean.getBoolean("gaesup.deep") ? 800 : 80);
    }

    @Property(tries = 30) // each makes and opens files; a deep run has longer ones instead
    void agreesWithTheModel(@ForAll("steps") List<Step> steps) throws IOException {
        var folder = Files.createTempDirectory("journal-property");
        try (var run = new Run(folder)) {
            steps.forEach(run::step);
            run.reopen();
        } finally {
            try (var files = Files.walk(folder)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private record Expected(CompletableFuture<?> future, String code) {}

    private static final class Run implements AutoCloseable {
        private final Path folder;
        private final JournalModel model = new JournalModel(HISTORY);
        private final List<Expected> expected = new ArrayList<>();
        private final Map<String, Long> incarnations = new HashMap<>();
        private final List<Entry.Origin> asked = new ArrayList<>();
        private final RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
        private Journal journal;

        Run(Path folder) {
            this.folder = folder;
            journal = open();
        }

        private Journal open() {
            var settings = JournalSettings.defaults().withHistory(HISTORY, 4096).withGroup(8, 8 << 20);
            return SqliteJournal.open(folder, settings, () -> Instant.EPOCH, random);
        }

        void step(Step step) {
            String store = STORES.get(step.store);
            String client = CLIENTS.get(step.client);
            var life = model.stores.get(store);
            long incarnation = incarnations.getOrDefault(store, 1L) + (step.bytes % 19 == 0 ? step.stray : 0);
            long revision = (life == null ? 0 : life.revision) + 1 + step.stray;
            long last = life == null ? 0 : life.last.getOrDefault(client, 0L);
            var origin = new Entry.Origin(client, Math.max(1, last + 1 + step.stray));
            switch (step.kind) {
                case CREATE -> create(store);
                case DELETE -> expect(journal.delete(store, incarnation), model.delete(store, incarnation));
                case BATCH ->
                    append(new Entry.Batch(
                            store, incarnation, Math.max(1, revision - step.stray), bytes(step), origin));
                case SERVER_BATCH ->
                    append(new Entry.Batch(store, incarnation, Math.max(1, revision), bytes(step), null));
                case REJECTION -> append(new Entry.Rejection(store, incarnation, origin, "BAD", "no " + step.bytes));
                case CHECKPOINT -> {
                    long at = life == null ? 0 : (life.checkpoint + life.revision) / 2 + step.stray;
                    expect(
                            journal.checkpoint(store, incarnation, at, bytes(step)),
                            model.checkpoint(store, incarnation, at, bytes(step)));
                }
                case COMPARE -> compare();
                case REOPEN -> reopen();
            }
        }

        private static byte[] bytes(Step step) {
            byte[] bytes = new byte[step.bytes];
            Arrays.fill(bytes, (byte) step.bytes);
            return bytes;
        }

        private void append(Entry entry) {
            if (entry.origin() != null) {
                asked.add(entry.origin());
            }
            expect(journal.append(entry), model.append(entry));
        }

        private void create(String store) {
            var created = journal.create(store);
            if (model.stores.containsKey(store)) {
                expect(created, ErrorCode.STORE_EXISTS);
            } else {
                long incarnation = created.join().incarnation();
                incarnations.put(store, incarnation);
                expect(created, model.create(store, incarnation));
            }
        }

        private void expect(CompletableFuture<?> future, @Nullable ErrorCode code) {
            expected.add(new Expected(future, Objects.toString(code)));
        }

        private void compare() {
            expected.forEach(each -> assertThat(outcome(each.future)).isEqualTo(each.code));
            expected.clear();
            assertThat(journal.stores().stream().map(StoreEntry::name))
                    .containsExactlyElementsOf(model.stores.keySet());
            for (String store : STORES) {
                compare(store, journal.recover(store), model.stores.get(store));
            }
        }

        private static String outcome(CompletableFuture<?> future) {
            try {
                future.join();
                return "null";
            } catch (CompletionException e) {
                return ((StateException) e.getCause()).code().name();
            }
        }

        private void compare(String store, @Nullable Recovery recovery, JournalModel.@Nullable Life life) {
            if (life == null) {
                assertThat(recovery).isNull();
                return;
            }
            assertThat(recovery).isNotNull();
            assertThat(recovery.store()).isEqualTo(new StoreEntry(store, life.incarnation, life.revision));
            assertThat(recovery.checkpointRevision()).isEqualTo(life.checkpoint);
            assertThat(recovery.snapshot()).isEqualTo(life.snapshot);
            assertThat(recovery.lastSequences()).isEqualTo(life.last);
            assertThat(recovery.batches()).usingRecursiveComparison().isEqualTo(life.batches);
            for (var origin : asked) {
                assertThat(journal.lookup(store, life.incarnation, origin.client(), origin.sequence()))
                        .as("%s", origin)
                        .isEqualTo(model.lookup(store, life.incarnation, origin));
            }
        }

        void reopen() {
            compare();
            journal.close();
            journal = open();
            compare();
        }

        @Override
        public void close() {
            journal.close();
        }
    }
}
