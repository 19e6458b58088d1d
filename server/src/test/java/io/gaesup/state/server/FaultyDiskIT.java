package io.gaesup.state.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.gaesup.state.core.Batch;
import io.gaesup.state.core.Decision;
import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.MapValue;
import io.gaesup.state.core.Value;
import io.gaesup.state.core.wire.Frame;
import io.gaesup.state.testkit.SystemCalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clients see when the disk fails under a node: no acknowledgement, no delta, and no half of anything. */
final class FaultyDiskIT {

    private static final Batch ONE_MORE = Batch.builder().increment("/count", 1).build();

    @TempDir
    private Path data;

    private static void needTheTracer() throws Exception {
        Assumptions.assumeTrue(SystemCalls.areTraceable("FaultyDiskIT"), "strace");
    }

    private List<String> failing(String calls, String error) throws IOException {
        return SystemCalls.failing(data.toRealPath().resolve("journal.db-wal"), calls, error);
    }

    @Test
    void aFullDiskRefusesBatchesUntilThereIsRoom() throws Exception {
        needTheTracer();
        GaesupNode.open(NodeConfig.of(data)).close();
        var child = ChildNode.start(data, failing("pwrite64", "error=ENOSPC:when=60..80"));
        long applied = 0;
        int refused = 0;
        try (var ann = WireClient.hello(child.url(), "ann")) {
            var state = ann.open("cart", MapValue.empty());
            long sequence = 0;
            while (refused == 0 || applied < 40) {
                assertThat(sequence).as("batches until the disk was full").isLessThan(500);
                ann.submit(state.number(), ++sequence, ONE_MORE);
                switch (ann.next()) {
                    case Frame.Decided(int number, Decision decision) -> {
                        assertThat(decision).isEqualTo(Decision.applied(sequence, ++applied));
                        assertThat(ann.next(Frame.Deltas.class).first()).isEqualTo(applied);
                    }
                    case Frame.Failure failure -> {
                        assertThat(failure.code()).isEqualTo(ErrorCode.DISK_FULL);
                        assertThat(failure.store()).isEqualTo("cart");
                        refused++;
                        sequence--; // not decided: it is sent again
                        ann.send(new Frame.Open("cart", 0, 0, sequence + 1, null));
                        state = ann.next(Frame.State.class);
                        assertThat(state.revision()).isEqualTo(applied);
                        assertThat(state.decisions()).isEmpty();
                    }
                    case Object other -> throw new AssertionError("did not expect " + other);
                }
            }
        } finally {
            child.kill();
        }
        holds(applied);
    }

    @Test
    void aFailedSyncEndsAllWritingAndReadersStayWhereTheyAre() throws Exception {
        needTheTracer();
        GaesupNode.open(NodeConfig.of(data)).close();
        var child = ChildNode.start(data, failing("fsync,fdatasync", "error=EIO:when=20+"));
        long applied = 0;
        try (var ann = WireClient.hello(child.url(), "ann");
                var ben = WireClient.hello(child.url(), "ben")) {
            int number = ann.open("cart", MapValue.empty()).number();
            ben.open("cart", null);
            Object answer;
            do {
                ann.submit(number, applied + 1, ONE_MORE);
                answer = ann.next();
                if (answer instanceof Frame.Decided) {
                    applied++;
                    ann.next(Frame.Deltas.class);
                    ben.next(Frame.Deltas.class);
                }
            } while (answer instanceof Frame.Decided);
            assertThat(((Frame.Failure) answer).code()).isEqualTo(ErrorCode.JOURNAL_FAILED);
            assertThat(ben.next(Frame.Failure.class).code()).isEqualTo(ErrorCode.JOURNAL_FAILED);
            ben.submit(number, 1, ONE_MORE);
            assertThat(ben.next(Frame.Failure.class).code()).isEqualTo(ErrorCode.JOURNAL_FAILED);

            var http = new Http(child.url());
            assertThat(http.get("/api/stores/cart").body()).isEqualTo("{\"count\":" + applied + "}");
            assertThat(http.put("/api/stores/cart/count", "7").status()).isEqualTo(503);
            assertThat(http.get("/health").status()).isEqualTo(503);
            assertThat(http.get("/health").body()).contains("read-only").contains("JOURNAL_FAILED");
            try (var late = WireClient.hello(child.url(), "late")) {
                assertThat(late.open("cart", null).revision()).isEqualTo(applied);
            }
        } finally {
            child.kill();
        }
        // Whether the last batch is on disk is not known, so it may be; no other is.
        try (var node = GaesupNode.open(NodeConfig.of(data))) {
            assertThat(node.snapshot("cart").join().revision()).isBetween(applied, applied + 1);
        }
    }

    @Test
    void aNewerNodeOnTheSameDataStopsThisOne() throws Exception {
        try (var node = GaesupNode.open(NodeConfig.of(data))) {
            var server = node.listen(ServerConfig.defaults().withPort(0));
            try (var ann = WireClient.hello(server, "ann")) {
                int number = ann.open("cart", MapValue.of("count", Value.of(1))).number();
                try (var other = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("journal.db"));
                        var takeOver = other.createStatement()) {
                    takeOver.executeUpdate("update meta set value = value + 1 where name = 'epoch'");
                }
                ann.submit(number, 1, ONE_MORE);
                assertThat(ann.next(Frame.Failure.class).code()).isEqualTo(ErrorCode.FENCED);
                assertThat(node.snapshot("cart").join().root()).isEqualTo(MapValue.of("count", Value.of(1)));
            }
        }
    }

    private void holds(long count) throws IOException {
        assertThat(Files.exists(data.resolve("journal.db"))).isTrue();
        try (var node = GaesupNode.open(NodeConfig.of(data))) {
            assertThat(node.snapshot("cart").join().root()).isEqualTo(MapValue.of("count", Value.of(count)));
        }
    }
}
