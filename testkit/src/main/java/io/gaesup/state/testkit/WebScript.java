package io.gaesup.state.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a Node script that drives browsers and says a line for each thing it checked. */
public final class WebScript {

    private WebScript() {}

    /**
     * Runs {@code command} to its end.
     *
     * @param output where what it says is kept
     * @return its lines
     * @throws AssertionError with all it said, if it does not end within {@code minutesMax} or ends with an error
     */
    public static List<String> run(List<String> command, Path output, int minutesMax)
            throws IOException, InterruptedException {
        Process run = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended;
        try {
            ended = run.waitFor(minutesMax, TimeUnit.MINUTES);
        } finally {
            run.destroy();
        }
        String said = Files.readString(output);
        if (!ended) {
            throw new AssertionError(command + " did not end within " + minutesMax + " minutes:\n" + said);
        }
        if (run.exitValue() != 0) {
            throw new AssertionError(command + " ended with " + run.exitValue() + ":\n" + said);
        }
        return said.lines().toList();
    }
}
