package io.gaesup.state.bench;

import java.util.List;

/**
 * Runs one part of the benchmarks: {@code ./gaesup bench engine --quick}.
 *
 * <p>Exit codes: 0 measured, 1 a part failed, 2 there is no such part.
 */
public final class Main {
    private static final List<Part> PARTS = List.of();

    private Main() {}

    /** Runs the part that the first argument names; without one, lists the parts. */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 0 || arguments[0].equals("--help")) {
            System.out.println("gaesup bench <part> [--quick]");
            PARTS.forEach(part -> System.out.println("  %-10s %s".formatted(part.name(), part.question())));
            return;
        }
        for (Part part : PARTS) {
            if (part.name().equals(arguments[0])) {
                System.exit(part.run(List.of(arguments).subList(1, arguments.length)));
            }
        }
        System.err.println("bench: there is no part '" + arguments[0] + "'; the parts are "
                + PARTS.stream().map(Part::name).toList());
        System.exit(2);
    }
}
