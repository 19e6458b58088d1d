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
        if (arguments.length > 1) {
            System.exit(0);
        }
        new CountDownLatch(1).await();
    }

    /** Runs one to its end, which leaves an archive of classes that the next ones start sooner with. */
    static void prepare(Path data) throws IOException, InterruptedException {
        var process = command(data, "prepare").start();
        process.inputReader().lines().forEach(line -> {});
        process.waitFor();
    }

    static ChildNode start(Path data) throws IOException {
        var process = command(data).start();
        BufferedReader out = process.inputReader();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("http://")) {
                return new ChildNode(process, line);
            }
            System.err.println("node: " + line);
        }
        throw new AssertionError("the node ended with " + process.exitValue() + " before it listened");
    }

    private static ProcessBuilder command(Path data, String... more) {
        var words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+AutoCreateSharedArchive",
                "-XX:SharedArchiveFile=" + data.resolve("classes.jsa"),
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                ChildNode.class.getName(),
                data.toString()));
        words.addAll(List.of(more));
        return new ProcessBuilder(words).redirectErrorStream(true);
    }

    String url() {
        return url;
    }

    /** Kills it as {@code kill -9} does, and waits until it is gone. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
