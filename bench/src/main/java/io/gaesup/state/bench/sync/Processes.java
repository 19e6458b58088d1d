package io.gaesup.state.bench.sync;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Processes that this one starts, and ends. */
final class Processes {

    private static final int SECONDS_TO_END = 5;

    private Processes() {}

    /** The Java that runs this. */
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** Also when someone presses Ctrl-C. */
    static Process endWithThisOne(Process process) {
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return process;
    }

    static void end(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException stopped) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
