package io.gaesup.state.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoCommandTest {
    private static int run(String... arguments) throws Exception {
        return new DemoCommand().run(List.of(arguments), new PrintStream(new ByteArrayOutputStream()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ws://127.0.0.1:4100",
                "ws://127.0.0.1:4100/",
                "http://127.0.0.1:4100",
                "http://127.0.0.1:4100/demo/",
                "ws://127.0.0.1:4100/gaesup/sync"
            })
    void anAddressInAnyFormIsThatOfTheWebSocket(String given) {
        assertThat(DemoCommand.address(given)).hasToString("ws://127.0.0.1:4100/gaesup/sync");
    }

    @Test
    void aSecureAddressStaysSecure() {
        assertThat(DemoCommand.address("https://example.org")).hasToString("wss://example.org/gaesup/sync");
    }

    @ParameterizedTest
    @ValueSource(strings = {"4100", "127.0.0.1:4100", "ftp://127.0.0.1", "ws://", "ws:// "})
    void whatIsNoAddressIsRefused(String given) {
        assertThatThrownBy(() -> DemoCommand.address(given))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--connect")
                .hasMessageContaining(given);
    }

    @Test
    void connectStartsNoNodeAndSoTakesNoneOfItsOptions() {
        assertThatThrownBy(() -> run("--connect", "ws://127.0.0.1:1", "--data", "x"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--data belongs to a node of the demo's own");
    }

    @Test
    void aSpeedIsAboveZero() {
        assertThatThrownBy(() -> run("--speed", "0"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--speed: expected a number above 0, found '0'");
    }
}
