package io.gaesup.state.testkit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Looks at, and spoils, what a child process asks of the operating system, by {@code strace}. */
public final class SystemCalls {

    private SystemCalls() {}

    /** Whether that works here; if not, says on standard output that {@code test} is left out. */
    public static boolean areTraceable(String test) throws InterruptedException {
        boolean works;
        try {
            works = new ProcessBuilder("strace", "-o", "/dev/null", "true")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            works = false;
        }
        if (!works) {
            System.out.println("SKIPPED " + test + ": strace is missing or may not trace; install it to run this test");
        }
        return works;
    }

    /**
     * What to put before a child's command so that {@code calls} on {@code file} fail. The tracer runs beside the child,
     * so that the child itself can be killed.
     *
     * @param error which, and when, as strace's {@code inject} has it: {@code error=ENOSPC:when=60..80}
     */
    public static List<String> failing(Path file, String calls, String error) {
        return List.of(
                "strace",
                "-D",
                "-f",
                "-o",
                "/dev/null",
                "-P",
                file.toString(),
                "-e",
                "trace=" + calls,
                "-e",
                "inject=" + calls + ":" + error);
    }
}
