package io.gaesup.state.bench.sync;

import java.time.Duration;

/**
 * How long and how often.
 *
 * @param rounds each measures all contenders, one after the other
 * @param starts server starts, for the time to the first answer
 * @param startsWithin no further start after this time, once there were as many as rounds
 * @param freshServers whether each round has servers of its own; otherwise one of each serves all rounds
 * @param warmJvm load before the first measured phase of a server on a JVM
 * @param warmOther the same for any other
 * @param warm load before each phase that is not measured
 * @param single updates whose bytes are counted
 */
record Plan(
        int rounds,
        int starts,
        Duration startsWithin,
        boolean freshServers,
        Duration warmJvm,
        Duration warmOther,
        Duration warm,
        Duration saturated,
        Duration paced,
        Duration closedLoop,
        int single) {

    static final int SUBSCRIBERS = 100;
    static final int DOCUMENTS = 10;
    static final int CLIENTS = 10;

    static Plan of(boolean quick) {
        return quick ? quick() : full();
    }

    Duration warmUp(Contender contender) {
        return contender.runsOnJvm() ? warmJvm : warmOther;
    }

    private static Plan quick() {
        return new Plan(
                3,
                5,
                Duration.ofSeconds(6),
                false,
                Duration.ofSeconds(5),
                Duration.ofMillis(1_500),
                Duration.ofMillis(200),
                Duration.ofMillis(1_500),
                Duration.ofMillis(1_200),
                Duration.ofMillis(1_000),
                100);
    }

    private static Plan full() {
        return new Plan(
                5,
                11,
                Duration.ofMinutes(1),
                true,
                Duration.ofSeconds(10),
                Duration.ofSeconds(3),
                Duration.ofSeconds(1),
                Duration.ofSeconds(8),
                Duration.ofSeconds(8),
                Duration.ofSeconds(8),
                200);
    }
}
