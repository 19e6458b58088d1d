package io.gaesup.state.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A node in a process of its own, to be killed. */
final class ChildNode {

    private final Process process;
    private final String url;

    private ChildNode(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    /** What runs in the child: a node on the folder that the argument names; it says where it listens. */
    public static void main(String[] arguments) throws InterruptedException {
        var node = GaesupNode.open(NodeConfig.of(Path.of(arguments[0])).withCheckpointAfter(300, 1 << 20));
        System.out.println(node.listen(ServerConfig.defaults().withPort(0)).url());
        new CountDownLatch(1).await();
    }

    static ChildNode start(Path data) throws IOException {
        return start(data, List.of());
    }

    /** Starts it with {@code before} in front of its command line. */
    static ChildNode start(Path data, List<String> before) throws IOException {
        var words = new ArrayList<>(before);
        words.addAll(command(data));
        var process = new ProcessBuilder(words).redirectErrorStream(true).start();
        BufferedReader out = process.inputReader();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("http://")) {
                return new ChildNode(process, line);
            }
            System.err.println("node: " + line);
        }
        throw new AssertionError("the node ended with " + process.exitValue() + " before it listened");
    }

    private static List<String> command(Path data) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-Dio.netty.jfr.enabled=false",
                "-Dvertx.disableDnsResolver=true",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                ChildNode.class.getName(),
                data.toString());
    }

    String url() {
        return url;
    }

    /** Kills it as {@code kill -9} does, and waits until it is gone. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
