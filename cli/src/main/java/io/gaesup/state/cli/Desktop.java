package io.gaesup.state.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;

/** The screen that somebody may be sitting at. */
final class Desktop {
    private Desktop() {}

    /** Whether a browser would be seen: not on a build server, and where there is a display. */
    static boolean isThere(Map<String, String> environment) {
        if (environment.containsKey("CI")) {
            return false;
        }
        return isMac() || environment.containsKey("DISPLAY") || environment.containsKey("WAYLAND_DISPLAY");
    }

    /** Opens {@code url} in the browser of whoever is there; where that does not work, says so. */
    static void open(String url, PrintStream out) {
        try {
            new ProcessBuilder(isMac() ? "open" : "xdg-open", url)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            out.println("demo: no browser could be opened (" + e.getMessage() + "); open " + url + " yourself");
        }
    }

    private static boolean isMac() {
        return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("mac");
    }
}
