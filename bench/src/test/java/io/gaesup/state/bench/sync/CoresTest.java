package io.gaesup.state.bench.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class CoresTest {

    @Test
    void readsTheListsOfTheKernel() {
        assertThat(Cores.parse("0-3,8")).containsExactly(0, 1, 2, 3, 8);
        assertThat(Cores.parse("5")).containsExactly(5);
    }

    @Test
    void serverAndGeneratorGetDifferentCores() {
        var cores = new Cores(List.of(2, 3, 7), "/usr/bin/taskset");

        assertThat(cores.serverPrefix()).containsExactly("/usr/bin/taskset", "-c", "2");
        assertThat(cores.generatorPrefix()).containsExactly("/usr/bin/taskset", "-c", "7");
    }

    @Test
    void nothingIsPinnedOnOneCoreOrWithoutTaskset() {
        assertThat(new Cores(List.of(0), "/usr/bin/taskset").serverPrefix()).isEmpty();
        assertThat(new Cores(List.of(0, 1), "").generatorPrefix()).isEmpty();
    }
}
