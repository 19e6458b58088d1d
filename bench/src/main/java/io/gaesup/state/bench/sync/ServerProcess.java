package io.gaesup.state.bench.sync;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A server under test: its process, and where it listens, which it prints when it is ready. */
final class ServerProcess implements AutoCloseable {

    private static final Pattern ADDRESS = Pattern.compile("https?://127\\.0\\.0\\.1:\\d+");
    private static final Duration READY_MAX = Duration.ofSeconds(30);
    private static final int POLL_MILLIS = 2;

    private final Process process;
    private final String address;

    private ServerProcess(Process process, String address) {
        this.process = process;
        this.address = address;
    }

    /**
     * Starts it and waits for the address in its output.
     *
     * @param log takes all it prints
     */
    static ServerProcess start(List<String> prefix, List<String> command, Map<String, String> environment, Path log)
            throws IOException, InterruptedException {
        var whole = new ArrayList<>(prefix);
        whole.addAll(command);
        var builder = new ProcessBuilder(whole).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        var process = Processes.endWithThisOne(builder.start());
        long deadline = System.nanoTime() + READY_MAX.toNanos();
        while (true) {
            boolean ended = process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
            var said = Files.readString(log);
            var address = ADDRESS.matcher(said);
            if (address.find() && said.indexOf('\n', address.end()) >= 0) {
                return new ServerProcess(process, address.group());
            }
            if (ended || System.nanoTime() > deadline) {
                Processes.end(process);
                var what = ended ? "ended with " + process.exitValue() : "printed no address within " + READY_MAX;
                throw new IOException(
                        "the server started by '" + command.getFirst() + "' " + what + ", and said:\n" + said);
            }
        }
    }

    String address() {
        return address;
    }

    long pid() {
        return process.pid();
    }

    /** Asks for a page; returns the status line of the answer. */
    String firstAnswer(String path) throws IOException {
        var uri = URI.create(address);
        try (var socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.setSoTimeout((int) READY_MAX.toMillis());
            var request = "GET " + path + " HTTP/1.1\r\nHost: " + uri.getHost() + ":" + uri.getPort()
                    + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            var answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
            return answer.lines().findFirst().orElseThrow(() -> new IOException("an empty answer from " + address));
        }
    }

    @Override
    public void close() {
        Processes.end(process);
    }
}
