package io.gaesup.state.bench.sync;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** The generator as another process, small and on a core of its own. */
final class GeneratorProcess implements AutoCloseable {

    private final JsonMapper json = new JsonMapper();
    private final Process process;
    private final PrintStream commands;
    private final BufferedReader answers;

    private GeneratorProcess(Process process) {
        this.process = process;
        commands = new PrintStream(process.getOutputStream(), true, UTF_8);
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    }

    static GeneratorProcess start(Cores cores) throws IOException {
        var command = new ArrayList<>(cores.generatorPrefix());
        command.addAll(List.of(
                Processes.java(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Generator.class.getName()));
        return new GeneratorProcess(Processes.endWithThisOne(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start()));
    }

    void connect(String system, String protocol, ServerProcess server, int subscribers, int documents, int clients)
            throws IOException {
        ask("connect", system, protocol, server.address(), server.pid(), subscribers, documents, clients);
    }

    PhaseResult saturate(String system, Duration warm, Duration measured) throws IOException {
        return measure("saturate", system, warm.toMillis(), measured.toMillis());
    }

    PhaseResult pace(String system, Duration warm, Duration measured, double updatesPerSecond) throws IOException {
        return measure("pace", system, warm.toMillis(), measured.toMillis(), updatesPerSecond);
    }

    PhaseResult loop(String system, Duration warm, Duration measured) throws IOException {
        return measure("loop", system, warm.toMillis(), measured.toMillis());
    }

    PhaseResult single(String system, int updates) throws IOException {
        return measure("single", system, updates);
    }

    void disconnect(String system) throws IOException {
        ask("close", system);
    }

    private PhaseResult measure(Object... words) throws IOException {
        return json.readValue(ask(words), PhaseResult.class);
    }

    private String ask(Object... words) throws IOException {
        commands.println(
                String.join(" ", List.of(words).stream().map(Object::toString).toList()));
        var answer = answers.readLine();
        if (answer == null) {
            throw new IOException("the load generator ended; what it said is above");
        }
        if (answer.startsWith(Generator.FAILED)) {
            throw new IOException(answer.substring(Generator.FAILED.length()));
        }
        return answer;
    }

    @Override
    public void close() {
        commands.close();
        Processes.end(process);
    }
}
