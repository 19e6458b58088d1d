package io.gaesup.state.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.gaesup.state.core.Batch;
import io.gaesup.state.core.ListValue;
import io.gaesup.state.core.MapValue;
import io.gaesup.state.core.Replica;
import io.gaesup.state.core.StateException;
import io.gaesup.state.core.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replicas over real sockets: whatever they do, all come to hold what the node holds. */
final class ReplicasIT {

    private static final io.gaesup.state.core.Path COUNT = io.gaesup.state.core.Path.of("/count");

    @TempDir
    private Path data;

    private GaesupNode node;
    private GaesupServer server;

    @BeforeEach
    void open() {
        node = GaesupNode.open(NodeConfig.of(data).withDeltaLog(64, 64 * 1024));
        server = node.listen(ServerConfig.defaults().withPort(0));
    }

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void aBatchShowsAtOnceAndIsConfirmedLater() {
        try (var ann = new ReplicaClient("ann", "cart", server::url);
                var ben = new ReplicaClient("ben", "cart", server::url)) {
            Value shown = ann.with(r -> {
                r.increment(COUNT, 1);
                return r.get(COUNT);
            });
            assertThat(shown).isEqualTo(Value.of(1));
            settle(List.of(ann, ben));
            Value followed = ben.with(r -> r.get(COUNT));
            assertThat(followed).isEqualTo(Value.of(1));
        }
    }

    @Test
    void manyReplicasThatLoseTheirConnectionsConverge() {
        long seed = Long.getLong("gaesup.seed", System.nanoTime());
        var random = new SplittableRandom(seed);
        int steps = Boolean.getBoolean("gaesup.deep") ? 20_000 : 1500;
        node.with("doc", MapValue.of("rows", ListValue.of(), "count", Value.of(0)), store -> 0)
                .join();
        var replicas = new ArrayList<ReplicaClient>();
        for (int i = 0; i < 4; i++) {
            replicas.add(new ReplicaClient("client-" + i, "doc", server::url));
        }
        settle(replicas);
        long[] added = {0};
        for (int i = 0; i < steps; i++) {
            var one = replicas.get(random.nextInt(replicas.size()));
            if (random.nextInt(60) == 0) {
                one.cut();
            } else {
                one.with(replica -> {
                    change(replica, random, added);
                    return 0;
                });
            }
        }
        settle(replicas);
        Value held = node.snapshot("doc").join().root();
        for (ReplicaClient replica : replicas) {
            Value copy = replica.with(r -> r.snapshot().root());
            assertThat(copy).as("seed " + seed).isEqualTo(held);
            replica.close();
        }
        assertThat(((MapValue) held).get("count")).as("seed " + seed).isEqualTo(Value.of(added[0]));
    }

    private static void change(Replica replica, SplittableRandom random, long[] added) {
        int size = replica.get(io.gaesup.state.core.Path.of("/rows")) instanceof ListValue rows ? rows.size() : 0;
        Batch.Builder batch = Batch.builder();
        switch (random.nextInt(size == 0 ? 2 : 6)) {
            case 0 -> batch.increment("/count", 1);
            case 1 ->
                batch.insert("/rows/" + random.nextInt(size + 1), MapValue.of("n", Value.of(random.nextInt(100))));
            case 2 -> batch.set("/rows/" + random.nextInt(size) + "/n", Value.of(random.nextInt(1000)));
            case 3 -> batch.increment("/rows/" + random.nextInt(size) + "/hits", 1);
            case 4 -> batch.delete("/rows/" + random.nextInt(size));
            default -> batch.move("/rows/" + random.nextInt(size), "/rows/" + random.nextInt(size));
        }
        Batch made = batch.build();
        try {
            replica.apply(made);
        } catch (StateException e) {
            throw new AssertionError("a batch that fits the view: " + made, e);
        }
        if (made.operations().getFirst().path().equals(COUNT)) {
            added[0]++;
        }
    }

    /** Waits until every replica has everything the node has, and nothing of its own left to say. */
    private void settle(List<ReplicaClient> replicas) {
        long deadline = System.nanoTime() + 30_000_000_000L;
        for (ReplicaClient replica : replicas) {
            while (!isSettled(replica)) {
                assertThat(System.nanoTime()).as("settled in time").isLessThan(deadline);
            }
        }
        long revision =
                node.snapshot(replicas.getFirst().with(Replica::name)).join().revision();
        for (ReplicaClient replica : replicas) {
            while (replica.with(Replica::revision) < revision) {
                assertThat(System.nanoTime()).as("all deltas in time").isLessThan(deadline);
            }
        }
    }

    private static boolean isSettled(ReplicaClient replica) {
        return replica.with(r -> r.incarnation() != Replica.NO_INCARNATION && r.pendingCount() == 0);
    }
}
