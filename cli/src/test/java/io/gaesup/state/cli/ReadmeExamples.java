package io.gaesup.state.cli;

import io.gaesup.state.core.Batch;
import io.gaesup.state.core.Delta;
import io.gaesup.state.core.LocalStore;
import io.gaesup.state.core.MapValue;
import io.gaesup.state.core.Path;
import io.gaesup.state.core.Snapshot;
import io.gaesup.state.core.Value;
import io.gaesup.state.server.GaesupNode;
import io.gaesup.state.server.GaesupServer;
import io.gaesup.state.server.NodeConfig;
import io.gaesup.state.server.ServerConfig;
import java.util.ArrayList;
import java.util.List;

/** The Java of the README: {@link ReadmeTest} runs it, and compares the text between the marks with the page's. */
final class ReadmeExamples {

    private ReadmeExamples() {}

    static List<Object> engine() {
        List<Object> printed = new ArrayList<>();
        // [engine]
        var cart = LocalStore.create("cart");
        var count = Path.of("/count");
        cart.subscribe(count, change -> printed.add(cart.get(count)));
        cart.increment(count, 1); // the listener sees 1

        Snapshot before = cart.snapshot(); // O(1), never changes, free to travel
        cart.apply(Batch.builder()
                .set("/owner", Value.of("Ada"))
                .increment("/count", 2)
                .build());
        Delta delta = cart.snapshot().since(before); // exactly those two changes
        // [engine]
        printed.add(delta.operations().size());
        return printed;
    }

    static Snapshot node(java.nio.file.Path folder) {
        var port = ServerConfig.defaults().withPort(0);
        // [node]
        try (GaesupNode node = GaesupNode.open(NodeConfig.of(folder));
                GaesupServer server = node.listen(port)) { // pages can connect now
            node.with("cart", MapValue.empty(), cart -> cart.increment(Path.of("/count"), 1))
                    .join(); // returns when it is on disk
            return node.snapshot("cart").join();
        }
        // [node]
    }
}
