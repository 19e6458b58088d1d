package io.gaesup.state.bench.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.gaesup.state.server.GaesupNode;
import io.gaesup.state.server.GaesupServer;
import io.gaesup.state.server.NodeConfig;
import io.gaesup.state.server.ServerConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The load generator against a real node, over real sockets and a real disk. */
final class GeneratorIT {

    private static final Duration WARM = Duration.ofMillis(50);
    private static final Duration MEASURED = Duration.ofMillis(300);

    @TempDir
    private Path data;

    private GaesupNode node;
    private Load load;

    @BeforeEach
    void startNode() {
        node = GaesupNode.open(NodeConfig.of(data.resolve("node")));
        GaesupServer server = node.listen(ServerConfig.defaults().withPort(0));
        load = new Load(
                Contender.OURS,
                new GaesupWire(),
                URI.create("http://127.0.0.1:" + server.port()),
                ProcessHandle.current());
    }

    @AfterEach
    void stopNode() {
        node.close();
    }

    @Test
    void everyUpdateReachesEverySubscriberOnce() throws IOException {
        try (var fanOut = FanOut.open(load, 7, 16)) {
            var saturated = fanOut.saturate(WARM, MEASURED);
            var paced = fanOut.pace(200, WARM, MEASURED);

            assertThat(saturated.updates()).isPositive();
            assertThat(saturated.superseded()).isZero();
            assertThat(saturated.deliveries())
                    .as("what arrives and what leaves differ by the window at most")
                    .isBetween(7 * (saturated.updates() - 16), 7 * (saturated.updates() + 16));
            assertThat(paced.updates()).isBetween(55L, 65L);
            assertThat(paced.p50Millis()).isPositive().isLessThanOrEqualTo(paced.p99Millis());
        }
        assertThat(node.snapshot(FanOut.DOCUMENT).join().root().toString()).contains("1 entries");
    }

    @Test
    void closedLoopWritesAgainWhenAllOthersHaveTheLast() throws IOException {
        try (var loop = ClosedLoop.open(load, 3, 4)) {
            var result = loop.run(WARM, MEASURED);

            assertThat(result.updates()).isPositive();
            assertThat(result.deliveries()).isBetween(3 * (result.updates() - 3), 3 * (result.updates() + 3));
            assertThat(result.p50Millis()).isPositive();
        }
    }

    @Test
    void singleUpdateOfALargeDocumentIsSmall() throws IOException {
        try (var single = OneByOne.open(load)) {
            var result = single.run(50);

            assertThat(result.deliveries()).isEqualTo(50);
            assertThat(result.bytesPerDelivery()).isBetween(14.0, 30.0);
        }
    }
}
