package io.gaesup.state.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class BarTest {

    @Test
    void barThatHoldsSaysOk() {
        assertThat(Bar.atMost("sync.bytes-per-update", 30, Spread.of(28, 27.25, 29))
                        .line())
                .isEqualTo("BAR sync.bytes-per-update 28 <= 30 ok");
        assertThat(Bar.atLeast("sync.ratio", 3, Spread.of(3.0)).line()).isEqualTo("BAR sync.ratio 3 >= 3 ok");
    }

    @Test
    void missedBarSaysShort() {
        assertThat(Bar.atLeast("sync.ratio", 3, Spread.of(2.5, 2.4567891, 9.0)).line())
                .isEqualTo("BAR sync.ratio 2.5 >= 3 short");
        assertThat(Bar.atMost("server.start", 2, Spread.of(2.25)).line()).isEqualTo("BAR server.start 2.25 <= 2 short");
    }

    @Test
    void barWithoutMeasurementSaysNotRun() {
        assertThat(Bar.atLeast("engine.delta", 50, null).line()).isEqualTo("BAR engine.delta - >= 50 not-run");
    }

    @Test
    void judgesTheMedianAndNotTheBestRound() {
        assertThat(Bar.atLeast("a.b", 10, Spread.of(9, 9.5, 40)).verdict()).isEqualTo(Bar.Verdict.SHORT);
    }

    @Test
    void numbersCarryFourDigitsAndNoExponent() {
        assertThat(Bar.atLeast("a.b", 1_000, Spread.of(1234567.8)).line()).isEqualTo("BAR a.b 1234568 >= 1000 ok");
        assertThat(Bar.atMost("a.b", 0.00125, Spread.of(0.000123456)).line())
                .isEqualTo("BAR a.b 0.0001235 <= 0.00125 ok");
    }

    @Test
    void nameIsOneWord() {
        assertThatThrownBy(() -> Bar.atMost("two words", 1, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("two words");
    }
}
