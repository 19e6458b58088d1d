package io.gaesup.state.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.gaesup.state.core.Batch;
import io.gaesup.state.core.Decision;
import io.gaesup.state.core.MapValue;
import io.gaesup.state.core.Operation;
import io.gaesup.state.core.Replica;
import io.gaesup.state.core.Submission;
import io.gaesup.state.core.Value;
import io.gaesup.state.core.wire.Frame;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A node is killed again and again while clients write and send again what they saw no answer to: nothing acknowledged
 * is missing afterwards, and nothing is there twice.
 */
final class KillIT {

    private static final int WRITERS = 3;
    private static final int WINDOW = 8;

    @TempDir
    private Path data;

    private final Whereabouts place = new Whereabouts();
    private volatile boolean writing = true;

    @Test
    void everyIncrementIsThereExactlyOnce() throws Exception {
        long seed = Long.getLong("gaesup.seed", System.nanoTime());
        int rounds = Boolean.getBoolean("gaesup.deep") ? 1000 : 50;
        var random = new SplittableRandom(seed);
        var acknowledged = new Tally();
        var node = ChildNode.start(data);
        place.at(node.url());
        var writers = new ArrayList<Writer>();
        for (int i = 0; i < WRITERS; i++) {
            writers.add(new Writer("writer-" + i, place, acknowledged));
        }
        try (var page = new ReplicaClient("page", "counts", place)) {
            long made = 0;
            for (int round = 0; round < rounds; round++) {
                long killAt = acknowledged.count() + random.nextInt(1, 120);
                while (acknowledged.count() < killAt) {
                    page.with(r -> r.increment(io.gaesup.state.core.Path.of("/page"), 1));
                    made++;
                    acknowledged.await(acknowledged.count() + 1);
                }
                assertThat(writers).as("seed %d, round %d", seed, round).allMatch(Writer::isWell);
                place.gone();
                node.kill();
                node = ChildNode.start(data);
                place.at(node.url());
            }
            writing = false;
            for (Writer writer : writers) {
                writer.thread.join();
                assertThat(writer.isWell()).as("seed " + seed).isTrue();
            }
            while (page.with(Replica::pendingCount) > 0) {
                assertThat(writers).as("seed " + seed).allMatch(Writer::isWell);
            }
            MapValue stored;
            try (var reader = WireClient.hello(place.get(), "reader")) {
                stored = (MapValue) reader.open("counts", null).root();
            }
            for (Writer writer : writers) {
                assertThat(stored.get(writer.name)).as("seed " + seed).isEqualTo(Value.of(writer.lastSequence));
            }
            assertThat(stored.get("all")).as("seed " + seed).isEqualTo(Value.of(acknowledged.count()));
            assertThat(stored.get("page")).as("seed " + seed).isEqualTo(Value.of(made));
            System.out.printf(
                    "KillIT: %d kills, %d increments acknowledged and stored, %d sent again, seed %d%n",
                    rounds,
                    acknowledged.count() + made,
                    writers.stream().mapToLong(w -> w.resent).sum(),
                    seed);
        } finally {
            writing = false;
            node.kill();
        }
    }

    /** A client that keeps some batches outstanding, and sends them again over a new connection. */
    private final class Writer {

        private final String name;
        private final Supplier<String> where;
        private final Tally acknowledged;
        private final TreeSet<Long> outstanding = new TreeSet<>();
        private final List<Operation> batch;
        private final Thread thread;
        private long lastSequence;
        private long resent;
        private volatile boolean well = true;

        Writer(String name, Supplier<String> where, Tally acknowledged) {
            this.name = name;
            this.where = where;
            this.acknowledged = acknowledged;
            this.batch = Batch.builder()
                    .increment("/" + name, 1)
                    .increment("/all", 1)
                    .build()
                    .operations();
            this.thread = Thread.ofVirtual().name(name).start(this::run);
        }

        boolean isWell() {
            return well;
        }

        private void run() {
            try {
                while (writing || !outstanding.isEmpty()) {
                    connected();
                }
            } catch (Throwable e) {
                well = false;
                e.printStackTrace();
            }
        }

        /** Works until the connection is gone, or all is done. */
        private void connected() {
            WireClient wire;
            try {
                wire = WireClient.hello(where.get(), name);
            } catch (RuntimeException | AssertionError e) {
                return; // killed meanwhile
            }
            try (wire) {
                long oldest = outstanding.isEmpty() ? 0 : outstanding.first();
                wire.send(new Frame.Open("counts", 0, 0, oldest, MapValue.empty()));
                if (!(wire.next() instanceof Frame.State state)) {
                    return;
                }
                state.decisions().forEach(this::decided);
                for (long sequence : outstanding) {
                    resent++;
                    send(wire, state.number(), sequence);
                }
                while (true) {
                    while (writing && outstanding.size() < WINDOW) {
                        outstanding.add(++lastSequence);
                        send(wire, state.number(), lastSequence);
                    }
                    if (outstanding.isEmpty()) {
                        return;
                    }
                    switch (wire.next()) {
                        case Frame.Decided(int number, Decision decision) -> decided(decision);
                        case Frame.Deltas deltas -> {}
                        case WireClient.Closed closed -> {
                            return;
                        }
                        case Object other -> throw new AssertionError(name + " did not expect " + other);
                    }
                }
            } catch (java.util.concurrent.CompletionException e) {
                // the node was killed while this sent
            }
        }

        private void send(WireClient wire, int number, long sequence) {
            wire.send(new Frame.Submit(
                    number, new Submission.Group(Submission.Group.NO_BASE, List.of(new Submission(sequence, batch)))));
        }

        private void decided(Decision decision) {
            if (!decision.isApplied()) {
                throw new AssertionError(name + ": refused " + decision);
            }
            if (outstanding.remove(decision.sequence())) {
                acknowledged.add(1);
            }
        }
    }
}
