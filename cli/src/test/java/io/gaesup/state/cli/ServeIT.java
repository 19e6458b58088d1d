package io.gaesup.state.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code gaesup serve} in a process of its own: how it starts, refuses to start, and stops. */
final class ServeIT {
    private static final Pattern LISTENING =
            Pattern.compile("Gaesup-State listening on (http://127\\.0\\.0\\.1:\\d+/) \\(data .*\\)");
    private static final int WAIT_SECONDS = 30;

    @TempDir
    private Path folder;

    private static Process serve(String... options) throws IOException {
        var words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "serve"));
        words.addAll(List.of(options));
        return new ProcessBuilder(words).redirectErrorStream(true).start();
    }

    /** What it prints, without what a library prints that is on the class path of tests only. */
    private static Stream<String> lines(Process process) {
        return process.inputReader().lines().filter(line -> !line.startsWith("SLF4J"));
    }

    /** The address a process says it listens at. */
    private static URI address(Process process) throws IOException {
        String line = lines(process).findFirst().orElse("nothing");
        var match = LISTENING.matcher(String.valueOf(line));
        assertThat(match.matches()).as(line).isTrue();
        return URI.create(match.group(1));
    }

    private static int exit(Process process) throws InterruptedException {
        assertThat(process.waitFor(WAIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private static void refuses(String message, String... options) throws Exception {
        var process = serve(options);
        try {
            List<String> lines = lines(process).toList();
            assertThat(exit(process)).as("%s", lines).isEqualTo(1);
            assertThat(lines).hasSize(1);
            assertThat(lines.getFirst()).startsWith("gaesup: serve: " + message);
        } finally {
            process.destroyForcibly();
        }
    }

    private static String send(HttpRequest.Builder request) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    @Test
    void keepsItsStoresWhenItIsStoppedAndStartedAgain() throws Exception {
        String data = folder.resolve("new/data").toString();
        var first = serve("--port", "0", "--data", data);
        try {
            var cart = address(first).resolve("api/stores/cart");
            assertThat(send(HttpRequest.newBuilder(cart).PUT(HttpRequest.BodyPublishers.ofString("{\"n\":1}"))))
                    .contains("\"revision\":1");
            first.destroy();
            assertThat(exit(first)).isEqualTo(143);
            assertThat(Files.list(Path.of(data)).map(file -> file.getFileName().toString()))
                    .as("an orderly end leaves no log")
                    .containsExactlyInAnyOrder("journal.db", "journal.lock");
        } finally {
            first.destroyForcibly();
        }
        var second = serve("--port=0", "--data=" + data);
        try {
            assertThat(send(HttpRequest.newBuilder(address(second).resolve("api/stores/cart"))))
                    .isEqualTo("{\"n\":1}");
            refuses("DATA_IN_USE: ", "--port", "0", "--data", data);
        } finally {
            second.destroyForcibly();
        }
    }

    @Test
    void saysWhatIsWrongWithTheDataFolder() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "x");
        refuses("DATA_NOT_WRITABLE: ", "--port", "0", "--data", file.toString());
        Path damaged = Files.createDirectories(folder.resolve("damaged"));
        Files.writeString(damaged.resolve("journal.db"), "no database".repeat(1000));
        refuses("DATA_DAMAGED: ", "--port", "0", "--data", damaged.toString());
    }

    @Test
    void saysThatThePortIsTakenAndWhatToDo() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            refuses(
                    "PORT_IN_USE: 127.0.0.1:" + taken.getLocalPort() + " is taken by another program",
                    "--port",
                    String.valueOf(taken.getLocalPort()),
                    "--data",
                    folder.resolve("data").toString());
        }
    }

    @Test
    void letsNobodyInFromElsewhere() throws Exception {
        refuses(
                "FORBIDDEN: ",
                "--host",
                "0.0.0.0",
                "--data",
                folder.resolve("data").toString());
    }
}
