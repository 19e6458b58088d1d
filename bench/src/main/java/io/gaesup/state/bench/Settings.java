package io.gaesup.state.bench;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How a run was asked for.
 *
 * @param quick the named subset that ends within 50 seconds
 * @param root the folder of the project, where {@code bench/peers} and {@code bench/results} are
 */
public record Settings(boolean quick, Path root) {

    /** Looks for the project from the current folder upwards. */
    static Path findRoot(Path start) {
        for (Path folder = start.toAbsolutePath().normalize(); folder != null; folder = folder.getParent()) {
            if (Files.isRegularFile(folder.resolve("bench/pom.xml"))) {
                return folder;
            }
        }
        throw new IllegalStateException(
                "no bench/pom.xml in '" + start + "' or above it: start from the project's folder");
    }

    public Path peers() {
        return root.resolve("bench/peers");
    }

    Path results() {
        return root.resolve("bench/results");
    }
}
