package io.gaesup.state.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ConfigTest {

    private static final NodeConfig NODE = NodeConfig.of(Path.of("data"));
    private static final ServerConfig SERVER = ServerConfig.defaults();

    @Test
    void theDefaultsAreThoseTheDocumentationNames() {
        assertThat(NODE).isEqualTo(new NodeConfig(Path.of("data"), 10_000, 8 << 20, 4096, 4 << 20));
        assertThat(SERVER)
                .isEqualTo(new ServerConfig(
                        "127.0.0.1",
                        4100,
                        null,
                        16 << 20,
                        64 << 20,
                        20_000,
                        1000,
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(20)));
    }

    @Test
    void aValueOutOfBoundsIsNamedWithItsKey() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SERVER.withPort(65_536))
                .withMessage("port: expected 0 to 65535, found 65536");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SERVER.withPatience(Duration.ZERO, Duration.ofSeconds(1)))
                .withMessage("hello-within: expected PT0.01S to PT5M, found PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NODE.withDeltaLog(0, 1 << 20))
                .withMessage("delta-log-batches: expected 1 to 1000000, found 0");
    }

    @Test
    void eachKnobIsTurnedAlone() {
        assertThat(SERVER.withPort(1).withPort(4100)).isEqualTo(SERVER);
        assertThat(SERVER.withHost("localhost").host()).isEqualTo("localhost");
        assertThat(SERVER.withBytesMax(2048, 4096).bodyBytesMax()).isEqualTo(4096);
        assertThat(SERVER.withSessions(3, 2).storesPerSessionMax()).isEqualTo(2);
        assertThat(SERVER.withSite(Path.of("x")).site()).isEqualTo(Path.of("x"));
        assertThat(NODE.withCheckpointAfter(5, 2048).checkpointBatches()).isEqualTo(5);
    }
}
