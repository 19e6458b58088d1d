package io.gaesup.state.bench.subscriptions;

import static org.assertj.core.api.Assertions.assertThat;

import io.gaesup.state.core.LocalStore;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class AudienceTest {

    @ParameterizedTest
    @EnumSource
    void onlyTheOneWhoListensToTheRowIsTold(Audience.Kind kind) {
        var audience = Audience.of(kind, 50, 60);

        audience.commit(10);

        assertThat(audience.told).isEqualTo(10);
        assertThat(audience.toldInVain).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void runningAllAgainGivesTheSame(Audience.Kind kind) {
        var audience = Audience.of(kind, 20, 20);
        var selectors = Audience.selectors(20);
        var naive = new Rerun(LocalStore.of(audience.store.snapshot()), 20);

        audience.commit(5);
        naive.commit(5);

        assertThat(naive.told).isEqualTo(5);
        assertThat(naive.results())
                .isEqualTo(selectors.stream().map(audience.store::select).toList());
    }
}
