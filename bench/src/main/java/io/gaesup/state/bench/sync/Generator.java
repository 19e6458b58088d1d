package io.gaesup.state.bench.sync;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * The load, as a process of its own: reads one command a line, answers with one line.
 *
 * <pre>
 * connect  SYSTEM PROTOCOL URL PID SUBSCRIBERS DOCUMENTS CLIENTS
 * saturate SYSTEM WARM-MILLIS MEASURED-MILLIS
 * pace     SYSTEM WARM-MILLIS MEASURED-MILLIS UPDATES-PER-SECOND
 * loop     SYSTEM WARM-MILLIS MEASURED-MILLIS
 * single   SYSTEM UPDATES
 * close    SYSTEM
 * answer = "ok" | PhaseResult as JSON | "failed " message
 * </pre>
 */
final class Generator {

    /** Updates of the writer that may be on their way at once. */
    static final int WINDOW = 16;

    static final String OK = "ok";
    static final String FAILED = "failed ";

    private final Map<String, Sockets> systems = new HashMap<>();
    private final JsonMapper json = new JsonMapper();

    private record Sockets(FanOut fanOut, ClosedLoop closedLoop, OneByOne oneByOne) {
        void close() throws IOException {
            fanOut.close();
            closedLoop.close();
            oneByOne.close();
        }
    }

    private Generator() {}

    public static void main(String[] arguments) throws IOException {
        var generator = new Generator();
        var in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        for (var line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println(generator.answer(line.split(" ")));
        }
    }

    private String answer(String[] words) {
        try {
            return switch (words[0]) {
                case "connect" -> connect(words);
                case "saturate" ->
                    json.writeValueAsString(sockets(words).fanOut.saturate(millis(words, 2), millis(words, 3)));
                case "pace" ->
                    json.writeValueAsString(sockets(words)
                            .fanOut
                            .pace(Double.parseDouble(words[4]), millis(words, 2), millis(words, 3)));
                case "loop" ->
                    json.writeValueAsString(sockets(words).closedLoop.run(millis(words, 2), millis(words, 3)));
                case "single" -> json.writeValueAsString(sockets(words).oneByOne.run(Integer.parseInt(words[2])));
                case "close" -> {
                    sockets(words).close();
                    systems.remove(words[1]);
                    yield OK;
                }
                default -> throw new IllegalArgumentException("unknown command " + words[0]);
            };
        } catch (IOException | RuntimeException failed) {
            failed.printStackTrace();
            return FAILED + String.join(" ", words) + ": " + failed;
        }
    }

    private Sockets sockets(String[] words) {
        var sockets = systems.get(words[1]);
        if (sockets == null) {
            throw new IllegalArgumentException(
                    "'" + words[1] + "' is not connected; connected are " + systems.keySet());
        }
        return sockets;
    }

    private static Duration millis(String[] words, int at) {
        return Duration.ofMillis(Long.parseLong(words[at]));
    }

    private String connect(String[] words) throws IOException {
        long pid = Long.parseLong(words[4]);
        var process = ProcessHandle.of(pid)
                .orElseThrow(() -> new IllegalStateException("the server's process " + pid + " is gone"));
        var load = new Load(words[1], wireFor(words[2]), URI.create(words[3]), process);
        systems.put(
                words[1],
                new Sockets(
                        FanOut.open(load, Integer.parseInt(words[5]), WINDOW),
                        ClosedLoop.open(load, Integer.parseInt(words[6]), Integer.parseInt(words[7])),
                        OneByOne.open(load)));
        return OK;
    }

    private static Wire wireFor(String protocol) {
        return switch (protocol) {
            case "socketio" -> new SocketIoWire();
            case "gaesup" -> new GaesupWire();
            default -> throw new IllegalArgumentException("unknown protocol " + protocol);
        };
    }
}
