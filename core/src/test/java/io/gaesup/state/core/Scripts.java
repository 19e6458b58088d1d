package io.gaesup.state.core;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.RandomDistribution;

/**
 * What a property does, as seeds of its steps: taking one away leaves the others as they are, so that a failing script
 * shrinks to the steps that matter.
 */
final class Scripts {

    private Scripts() {}

    /** One to {@code max} steps, long scripts as often as short ones. */
    static Arbitrary<List<Long>> ofSteps(int max) {
        return Arbitraries.longs()
                .list()
                .ofMinSize(1)
                .ofMaxSize(max)
                .withSizeDistribution(RandomDistribution.uniform());
    }
}
