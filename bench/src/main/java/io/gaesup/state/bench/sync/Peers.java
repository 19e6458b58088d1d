package io.gaesup.state.bench.sync;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The servers of others, which npm installs into {@code bench/peers} on first use. */
final class Peers {

    private static final List<String> INSTALL =
            List.of("npm", "ci", "--omit=dev", "--no-audit", "--no-fund", "--ignore-scripts");

    private final Path folder;

    Peers(Path folder) {
        this.folder = folder;
    }

    /** Installs what the lock file names, unless that is there already. */
    void install() throws IOException, InterruptedException {
        var installed = folder.resolve("node_modules/.package-lock.json");
        var lock = folder.resolve("package-lock.json");
        if (Files.exists(installed)
                && Files.getLastModifiedTime(installed).compareTo(Files.getLastModifiedTime(lock)) >= 0) {
            return;
        }
        System.out.println("installing the peers, once: " + String.join(" ", INSTALL) + " in " + folder);
        Process npm;
        try {
            npm = new ProcessBuilder(INSTALL)
                    .directory(folder.toFile())
                    .inheritIO()
                    .start();
        } catch (IOException absent) {
            throw new IOException("needs Node with npm (https://nodejs.org): " + absent.getMessage(), absent);
        }
        if (npm.waitFor() != 0) {
            throw new IOException("npm ci ended with " + npm.exitValue() + " in " + folder);
        }
    }

    Contender socketIo() {
        var script = folder.resolve("socketio.mjs").toString();
        return new Contender(
                Contender.SOCKET_IO, "socketio", List.of("node", script), Map.of("NODE_ENV", "production"), false);
    }
}
