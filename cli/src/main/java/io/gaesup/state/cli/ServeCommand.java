package io.gaesup.state.cli;

import io.gaesup.state.server.GaesupNode;
import io.gaesup.state.server.NodeConfig;
import io.gaesup.state.server.ServerConfig;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/** Runs a node until it is told to stop. */
final class ServeCommand implements Command {
    @Override
    public String name() {
        return "serve";
    }

    @Override
    public String summary() {
        return "start a node";
    }

    @Override
    public String help() {
        return """
            gaesup serve [options]

            Starts a node and serves its stores until it is stopped (Ctrl-C or SIGTERM), which writes what is in flight.

            """ + NodeOptions.HELP;
    }

    @Override
    public int run(List<String> arguments, PrintStream out) throws InterruptedException, IOException {
        var options = NodeOptions.of(
                Options.parse(arguments, NodeOptions.NAMES, Set.of()).withoutWords());
        startSooner();
        var node = GaesupNode.open(NodeConfig.of(options.data()));
        var stopped = new CountDownLatch(1);
        try (node) {
            var server = node.listen(ServerConfig.defaults()
                    .withHost(options.host())
                    .withPort(options.port())
                    .withSite(Site.folder()));
            out.println("Gaesup-State listening on " + server.url() + "/ (data " + options.data() + ")");
            out.flush();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                node.close();
                stopped.countDown();
            }));
            stopped.await();
        }
        return 0;
    }

    /** Leaves out what a node needs none of: it takes a quarter of the time to the first answer. */
    static void startSooner() {
        System.setProperty("io.netty.jfr.enabled", System.getProperty("io.netty.jfr.enabled", "false"));
        System.setProperty("vertx.disableDnsResolver", System.getProperty("vertx.disableDnsResolver", "true"));
    }
}
