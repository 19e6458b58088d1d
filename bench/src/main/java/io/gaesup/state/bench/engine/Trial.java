package io.gaesup.state.bench.engine;

import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * One JVM that measures the methods of one class in the order given, and prints a line for each: name, nanoseconds.
 *
 * <p>Usage: {@code Trial FORKS WARM-MILLIS MEASURED-MILLIS CLASS METHOD…}, with 0 forks right in this JVM.
 */
final class Trial {

    static final String RESULT = "result ";

    private static final int WARM_ITERATIONS = 2;
    private static final int MEASURED_ITERATIONS = 3;

    private Trial() {}

    public static void main(String[] arguments) throws RunnerException {
        int forks = Integer.parseInt(arguments[0]);
        long warmMillis = Long.parseLong(arguments[1]);
        long measuredMillis = Long.parseLong(arguments[2]);
        for (int method = 4; method < arguments.length; method++) {
            var name = arguments[3] + "." + arguments[method];
            var options = new OptionsBuilder()
                    .include("^" + Pattern.quote(name) + "$")
                    .mode(Mode.AverageTime)
                    .timeUnit(TimeUnit.NANOSECONDS)
                    .forks(forks)
                    .warmupIterations(WARM_ITERATIONS)
                    .warmupTime(TimeValue.milliseconds(warmMillis / WARM_ITERATIONS))
                    .measurementIterations(MEASURED_ITERATIONS)
                    .measurementTime(TimeValue.milliseconds(measuredMillis / MEASURED_ITERATIONS))
                    .verbosity(VerboseMode.SILENT)
                    .shouldFailOnError(true)
                    .build();
            var nanos = new Runner(options).runSingle().getPrimaryResult().getScore();
            System.out.println(RESULT + arguments[method] + " " + nanos);
        }
    }
}
