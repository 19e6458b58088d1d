package io.gaesup.state.cli;

import java.nio.file.Path;
import java.util.Set;

/**
 * Where a node listens and keeps its data: what {@code serve} and {@code demo} have in common.
 *
 * @param host the address to listen at, default {@code 127.0.0.1}
 * @param port the port, default 4100; 0 takes a free one
 * @param data the folder of the journal, default {@code ./gaesup-data}; made where it is missing
 */
record NodeOptions(String host, int port, Path data) {
    static final Set<String> NAMES = Set.of("host", "port", "data");

    static final String HELP = """
              --port <number>    port to listen at, 0 takes a free one (default 4100)
              --host <address>   address to listen at (default 127.0.0.1)
              --data <folder>    where stores are kept (default ./gaesup-data)
            """;

    static NodeOptions of(Options options) {
        return new NodeOptions(
                options.value("host").orElse("127.0.0.1"),
                options.integer("port", 4100, 0, 65_535),
                Path.of(options.value("data").orElse("gaesup-data")));
    }
}
