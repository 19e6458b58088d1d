package io.gaesup.state.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OptionsTest {
    @Test
    void aValueFollowsItsNameOrAnEqualsSign() {
        assertThat(parse("--port", "1", "--data=a b").integer("port", 0, 0, 9)).isEqualTo(1);
        assertThat(parse("--port", "1", "--data=a b").value("data")).contains("a b");
    }

    @Test
    void aSwitchIsOnOffOrLeftAlone() {
        assertThat(parse("--open").isOn("open", false)).isTrue();
        assertThat(parse("--no-open").isOn("open", true)).isFalse();
        assertThat(parse().isOn("open", true)).isTrue();
    }

    @Test
    void wordsAreKeptInOrderAndCanBeRefused() {
        Options options = parse("sync", "--open", "engine");
        assertThat(options.words()).containsExactly("sync", "engine");
        assertThatThrownBy(options::withoutWords)
                .isInstanceOf(UsageException.class)
                .hasMessage("unexpected 'sync'");
    }

    @Test
    void aMissingValueIsRefused() {
        assertThatThrownBy(() -> parse("--port"))
                .isInstanceOf(UsageException.class)
                .hasMessage("--port needs a value");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--prot", "--open=yes", "--no-port", "--"})
    void anUnknownOptionIsRefusedAsItWasWritten(String argument) {
        assertThatThrownBy(() -> parse(argument))
                .isInstanceOf(UsageException.class)
                .hasMessage("unknown option '" + argument + "'");
    }

    @Test
    void anOptionGivenTwiceIsRefused() {
        assertThatThrownBy(() -> parse("--port", "1", "--port", "2"))
                .isInstanceOf(UsageException.class)
                .hasMessage("--port is given twice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "-1", "65536", "", "4100.0", "99999999999"})
    void aPortOutsideItsRangeIsRefusedWithTheRange(String port) {
        assertThatThrownBy(() -> NodeOptions.of(parse("--port", port)))
                .isInstanceOf(UsageException.class)
                .hasMessage("--port: expected a whole number from 0 to 65535, found '" + port + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "NaN", "Infinity", "fast"})
    void aSpeedThatIsNotAboveZeroIsRefused(String speed) {
        assertThatThrownBy(() -> parse("--speed", speed).positive("speed", 1))
                .isInstanceOf(UsageException.class)
                .hasMessage("--speed: expected a number above 0, found '" + speed + "'");
    }

    @Test
    void aNodeHasDefaults() {
        assertThat(NodeOptions.of(parse())).isEqualTo(new NodeOptions("127.0.0.1", 4100, Path.of("gaesup-data")));
    }

    @Test
    void aNodeTakesWhatIsGiven() {
        assertThat(NodeOptions.of(parse("--host", "::1", "--port", "0", "--data", "my data")))
                .isEqualTo(new NodeOptions("::1", 0, Path.of("my data")));
    }

    private static Options parse(String... arguments) {
        return Options.parse(List.of(arguments), Set.of("host", "port", "data", "speed"), Set.of("open"));
    }
}
