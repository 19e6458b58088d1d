package io.gaesup.state.bench;

import io.gaesup.state.bench.codec.CodecPart;
import io.gaesup.state.bench.engine.EnginePart;
import io.gaesup.state.bench.footprint.FootprintPart;
import io.gaesup.state.bench.subscriptions.SubscriptionsPart;
import io.gaesup.state.bench.sync.SyncPart;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs one part of the benchmarks: {@code ./gaesup bench engine --quick}.
 *
 * <p>Exit codes: 0 every bar that was measured holds, 1 one is short or the part failed, 2 the command line makes no
 * sense.
 */
public final class Main {

    private static final int FAILED = 1;
    private static final int MISUSED = 2;
    private static final String QUICK = "--quick";

    private final List<Part> parts;
    private final PrintStream out;
    private final PrintStream err;

    Main(List<Part> parts, PrintStream out, PrintStream err) {
        this.parts = parts;
        this.out = out;
        this.err = err;
    }

    /** Runs the part that the first argument names; without one, lists the parts. */
    public static void main(String[] arguments) throws Exception {
        var main = new Main(
                List.of(
                        EnginePart.part(),
                        new CodecPart(),
                        new FootprintPart(),
                        new SubscriptionsPart(),
                        new SyncPart()),
                System.out,
                System.err);
        System.exit(main.run(List.of(arguments), Path.of("")));
    }

    int run(List<String> arguments, Path folder) throws Exception {
        if (arguments.isEmpty() || arguments.contains("--help")) {
            out.println(help());
            return 0;
        }
        boolean quick = false;
        Part chosen = null;
        for (var argument : arguments) {
            var part = partNamed(argument);
            if (part != null && chosen == null) {
                chosen = part;
            } else if (argument.equals(QUICK)) {
                quick = true;
            } else {
                return misused(argument, part != null);
            }
        }
        if (chosen == null) {
            err.println("bench: " + QUICK + " of which part?\n" + help());
            return MISUSED;
        }
        return run(chosen, new Settings(quick, Settings.findRoot(folder)));
    }

    private int run(Part part, Settings settings) throws Exception {
        long start = System.nanoTime();
        Report report;
        try {
            report = part.run(settings);
        } catch (IOException | IllegalStateException failed) {
            err.println("bench: " + part.name() + ": " + failed.getMessage());
            return FAILED;
        }
        var file =
                new Results(settings.results(), Clock.systemDefaultZone()).write(report, Machine.here(settings.root()));
        out.println();
        out.print(report.table());
        out.println((System.nanoTime() - start) / 1_000_000_000 + " s; all rounds are in "
                + settings.root().relativize(file));
        out.println();
        out.print(report.barLines());
        return report.isShort() ? FAILED : 0;
    }

    private @Nullable Part partNamed(String name) {
        return parts.stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    private int misused(String argument, boolean isSecondPart) {
        if (isSecondPart) {
            err.println("bench: one part at a time, so that none disturbs another: '" + argument + "' is a second one");
        } else if (argument.startsWith("-")) {
            err.println("bench: unknown option '" + argument + "'; there is " + QUICK);
        } else {
            err.println("bench: there is no part '" + argument + "'" + hint(argument));
        }
        err.println(help());
        return MISUSED;
    }

    private String hint(String unknown) {
        return parts.stream()
                .map(Part::name)
                .filter(name -> name.regionMatches(true, 0, unknown, 0, Math.min(1, unknown.length())))
                .findFirst()
                .map(name -> "; did you mean '" + name + "'?")
                .orElse("");
    }

    private String help() {
        var lines = new ArrayList<String>();
        lines.add("gaesup bench <part> [--quick]");
        for (var part : parts) {
            lines.add("  %-13s %s".formatted(part.name(), part.question()));
        }
        lines.add("  %-13s %s".formatted(QUICK, "a named subset of the same work; ends within 50 seconds"));
        return String.join(System.lineSeparator(), lines);
    }
}
