package io.gaesup.state.bench.jmh;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * One JVM that measures the methods of one class, round after round, and prints a line for each: name, nanoseconds,
 * bytes allocated.
 *
 * <p>Usage: {@code Trial ROUNDS FORKS WARM-MILLIS MEASURED-MILLIS CLASS METHOD…}. With forks each method has a JVM of its
 * own in each round; with 0 all run in this one, which is then warm after the first round.
 */
final class Trial {

    static final String RESULT = "result ";

    private static final String ALLOCATED = "gc.alloc.rate.norm";
    private static final int ITERATIONS = 3;
    /** How much shorter the warm-up is in a JVM that has done this work before. */
    private static final int WARM_ALREADY = 10;

    private Trial() {}

    public static void main(String[] arguments) throws RunnerException {
        int rounds = Integer.parseInt(arguments[0]);
        int forks = Integer.parseInt(arguments[1]);
        long warmMillis = Long.parseLong(arguments[2]);
        long measuredMillis = Long.parseLong(arguments[3]);
        var methods = new ArrayList<>(List.of(arguments).subList(5, arguments.length));
        for (int round = 0; round < rounds; round++) {
            for (var method : methods) {
                boolean isWarm = forks == 0 && round > 0;
                var options = new OptionsBuilder()
                        .include("^" + Pattern.quote(arguments[4] + "." + method) + "$")
                        .mode(Mode.AverageTime)
                        .timeUnit(TimeUnit.NANOSECONDS)
                        .forks(forks)
                        .warmupIterations(1)
                        .warmupTime(TimeValue.milliseconds(isWarm ? warmMillis / WARM_ALREADY : warmMillis))
                        .measurementIterations(ITERATIONS)
                        .measurementTime(TimeValue.milliseconds(measuredMillis / ITERATIONS))
                        .addProfiler(GCProfiler.class)
                        .verbosity(VerboseMode.SILENT)
                        .shouldFailOnError(true)
                        .build();
                var result = new Runner(options).runSingle();
                System.out.println(RESULT + method + " "
                        + result.getPrimaryResult().getScore() + " "
                        + Objects.requireNonNull(result.getSecondaryResults().get(ALLOCATED))
                                .getScore());
            }
            // Nobody is always first.
            Collections.rotate(methods, 1);
        }
    }
}
