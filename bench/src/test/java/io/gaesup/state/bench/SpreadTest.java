package io.gaesup.state.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SpreadTest {

    @Test
    void medianOfAnEvenNumberOfRoundsIsTheMiddleOfTheMiddleTwo() {
        assertThat(Spread.of(9, 1, 4, 2).median()).isEqualTo(3);
        assertThat(Spread.of(9, 1, 4).median()).isEqualTo(4);
    }

    @Test
    void minAndMaxAreThoseOfAllRounds() {
        assertThat(Spread.of(9, 1, 4).min()).isEqualTo(1);
        assertThat(Spread.of(9, 1, 4).max()).isEqualTo(9);
    }

    @Test
    void ratioIsTakenRoundByRound() {
        assertThat(Spread.of(10, 30, 8).dividedBy(Spread.of(5, 10, 1)).values()).containsExactly(2.0, 3.0, 8.0);
    }

    @Test
    void unequalNumbersOfRoundsAreNotCompared() {
        assertThatThrownBy(() -> Spread.of(1, 2).dividedBy(Spread.of(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 rounds")
                .hasMessageContaining("1 rounds");
    }

    @Test
    void divisionByNothingIsNoMeasurement() {
        assertThatThrownBy(() -> Spread.of(1).dividedBy(Spread.of(0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not a measurement");
    }

    @Test
    void noRoundIsNoSpread() {
        assertThatThrownBy(() -> new Spread(List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
