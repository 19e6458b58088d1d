package io.gaesup.state.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Prints the version of this build and of the Java it runs on. */
final class VersionCommand implements Command {
    @Override
    public String name() {
        return "version";
    }

    @Override
    public String summary() {
        return "print the version";
    }

    @Override
    public String help() {
        return "gaesup version";
    }

    @Override
    public int run(List<String> arguments, PrintStream out) throws IOException {
        Options.parse(arguments, Set.of(), Set.of()).withoutWords();
        out.println("gaesup " + version() + " (Java " + Runtime.version() + ")");
        return 0;
    }

    static String version() throws IOException {
        try (var in = Objects.requireNonNull(Main.class.getResourceAsStream("version.txt"), "version.txt is missing")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }
}
