package io.gaesup.state.cli;

import io.gaesup.state.cli.demo.Replayer;
import io.gaesup.state.server.GaesupNode;
import io.gaesup.state.server.GaesupServer;
import io.gaesup.state.server.NodeConfig;
import io.gaesup.state.server.ServerConfig;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Starts a node with the demonstration page and replays recorded data into it, or only replays into another node. */
final class DemoCommand implements Command {
    private static final String SYNC = "/gaesup/sync";
    private static final String PAGE = "/demo/";

    @Override
    public String name() {
        return "demo";
    }

    @Override
    public String summary() {
        return "start a node, replay recorded data into it and show it live in the browser";
    }

    @Override
    public String help() {
        return """
            gaesup demo [options]
              --port <number>    port to listen at, 0 takes a free one (default 4100)
              --host <address>   address to listen at (default 127.0.0.1)
              --data <folder>    where stores are kept; goes on with what is there (default: a new temporary folder,
                                 removed at the end)
              --speed <factor>   how much faster than a round of four minutes the data is replayed (default 1)
              --no-open          do not open the page in a browser (--open: do, also where it is not the default)
              --connect <url>    start no node, only replay into the one at this address, such as ws://127.0.0.1:4100""";
    }

    @Override
    public int run(List<String> arguments, PrintStream out) throws Exception {
        Options options = Options.parse(arguments, Set.of("port", "host", "data", "speed", "connect"), Set.of("open"))
                .withoutWords();
        double speed = options.positive("speed", 1);
        String connect = options.value("connect").orElse("");
        if (connect.isEmpty()) {
            return demonstrate(options, speed, out);
        }
        for (String other : List.of("port", "host", "data")) {
            if (options.value(other).isPresent()) {
                throw new UsageException("--" + other + " belongs to a node of the demo's own; --connect starts none");
            }
        }
        try (Ending _ = new Ending()) {
            replay(address(connect), speed, out);
        }
        return 0;
    }

    private static int demonstrate(Options options, double speed, PrintStream out) throws Exception {
        NodeOptions where = NodeOptions.of(options);
        try (Ending ending = new Ending()) {
            Path data = where.data();
            boolean temporary = options.value("data").isEmpty();
            if (temporary) {
                TemporaryFolder folder = TemporaryFolder.create("gaesup-demo-");
                ending.closes(folder);
                data = folder.path();
            }
            GaesupNode node = GaesupNode.open(NodeConfig.of(data));
            ending.closes(node);
            GaesupServer server = node.listen(ServerConfig.defaults()
                    .withHost(where.host())
                    .withPort(where.port())
                    .withSite(Site.folder()));
            String page = server.url() + PAGE;
            out.println("demo: " + page);
            out.println("demo: data in " + data + (temporary ? ", removed at the end" : "") + "; Ctrl-C ends it");
            if (options.isOn("open", Desktop.isThere(System.getenv()))) {
                Desktop.open(page, out);
            }
            replay(address(server.url()), speed, out);
        }
        return 0;
    }

    private static void replay(URI address, double speed, PrintStream out) throws IOException {
        try {
            new Replayer(address, speed, System::nanoTime, out).run();
        } catch (InterruptedException e) {
            out.println("demo: ending");
        }
    }

    /** Accepts what one copies from somewhere: with or without the path, {@code http} or {@code ws}. */
    static URI address(String text) {
        try {
            URI given = new URI(text);
            String scheme = given.getScheme() == null ? "" : given.getScheme().replaceFirst("^http", "ws");
            if (!scheme.matches("wss?") || given.getHost() == null) {
                throw new UsageException(
                        "--connect: expected an address such as ws://127.0.0.1:4100, found '" + text + "'");
            }
            return new URI(scheme, null, given.getHost(), given.getPort(), SYNC, null, null);
        } catch (URISyntaxException e) {
            throw new UsageException("--connect: '" + text + "' is no address: " + e.getReason());
        }
    }
}
