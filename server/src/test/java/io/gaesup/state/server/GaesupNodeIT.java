package io.gaesup.state.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gaesup.state.core.Batch;
import io.gaesup.state.core.Commit;
import io.gaesup.state.core.Committed;
import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.MapValue;
import io.gaesup.state.core.StateException;
import io.gaesup.state.core.Store;
import io.gaesup.state.core.Value;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node within a program, and what can be wrong when it is opened. */
final class GaesupNodeIT {

    private static final io.gaesup.state.core.Path COUNT = io.gaesup.state.core.Path.of("/count");

    @TempDir
    private Path data;

    private static void failsWith(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .extracting(e -> e instanceof CompletionException ? e.getCause() : e)
                .isInstanceOfSatisfying(
                        StateException.class,
                        e -> assertThat(e.code()).as(e.toString()).isEqualTo(code));
    }

    @Test
    void aBatchIsOnDiskWhenItsFutureIsDone() {
        try (var node = GaesupNode.open(NodeConfig.of(data))) {
            var committed = node.with("cart", MapValue.empty(), store -> {
                        var commit = store.increment(COUNT, 2);
                        assertThat(commit.revision()).isEqualTo(1);
                        assertThat(commit.committed().isDone()).isFalse();
                        assertThat(store.get(COUNT)).isEqualTo(Value.of(2));
                        return commit.committed();
                    })
                    .join();
            assertThat(committed.revision()).isEqualTo(1);
        }
        try (var node = GaesupNode.open(NodeConfig.of(data))) {
            assertThat(node.snapshot("cart").join().get(COUNT)).isEqualTo(Value.of(2));
        }
    }

    @Test
    void listenersHearOfEveryBatchOnceAndOneThatFailsChangesNothing() {
        try (var node = GaesupNode.open(NodeConfig.of(data))) {
            var heard = new ArrayList<Long>();
            node.with(
                            "cart",
                            MapValue.of("name", Value.of("x")),
                            store -> store.subscribe(COUNT, c -> heard.add(c.revision())))
                    .join();
            node.with("cart", null, store -> store.increment(COUNT, 1)).join();
            failsWith(
                    ErrorCode.NOT_A_NUMBER,
                    () -> node.with(
                                    "cart",
                                    null,
                                    store -> store.apply(Batch.builder()
                                            .increment("/count", 1)
                                            .increment("/name", 1)
                                            .build()))
                            .join());
            assertThat(node.with("cart", null, store -> new ArrayList<>(heard)).join())
                    .containsExactly(2L);
            assertThat(node.snapshot("cart").join().revision()).isEqualTo(2);
        }
    }

    @Test
    void aListenerWritesAfterItsCallAndNotWithinIt() {
        var told = io.gaesup.state.core.Path.of("/told");
        try (var node = GaesupNode.open(NodeConfig.of(data))) {
            var refused = new ArrayList<ErrorCode>();
            var later = new CompletableFuture<Commit>();
            node.with(
                            "cart",
                            MapValue.empty(),
                            store -> store.subscribe(COUNT, change -> {
                                try {
                                    store.increment(told, 1);
                                } catch (StateException e) {
                                    refused.add(e.code());
                                }
                                node.with("cart", null, same -> same.increment(told, 10))
                                        .thenAccept(later::complete);
                            }))
                    .join();
            node.with("cart", null, store -> store.increment(COUNT, 1)).join();
            later.join();
            assertThat(node.with("cart", null, store -> new ArrayList<>(refused))
                            .join())
                    .containsExactly(ErrorCode.BAD_REQUEST);
        }
        try (var node = GaesupNode.open(NodeConfig.of(data))) {
            var snapshot = node.snapshot("cart").join();
            assertThat(snapshot.get(COUNT)).isEqualTo(Value.of(1));
            assertThat(snapshot.get(told)).isEqualTo(Value.of(10));
        }
    }

    @Test
    void aStoreIsCheckpointedAndComesBackFromIt() {
        var config = NodeConfig.of(data).withCheckpointAfter(10, 1 << 20);
        try (var node = GaesupNode.open(config)) {
            for (int i = 0; i < 95; i++) {
                node.with("cart", MapValue.empty(), store -> store.increment(COUNT, 1))
                        .join();
            }
        }
        try (var node = GaesupNode.open(config)) {
            var snapshot = node.snapshot("cart").join();
            assertThat(snapshot.revision()).isEqualTo(95);
            assertThat(snapshot.get(COUNT)).isEqualTo(Value.of(95));
        }
    }

    @Test
    void aStoreThatIsDeletedIsGone() {
        try (var node = GaesupNode.open(NodeConfig.of(data))) {
            node.with("cart", MapValue.of("a", Value.of(1)), Store::revision).join();
            assertThat(node.stores().join()).extracting(entry -> entry.name()).containsExactly("cart");
            node.delete("cart").join();
            assertThat(node.stores().join()).isEmpty();
            failsWith(ErrorCode.UNKNOWN_STORE, () -> node.snapshot("cart").join());
            failsWith(ErrorCode.UNKNOWN_STORE, () -> node.delete("cart").join());
        }
    }

    @Test
    void whatIsInFlightWhenItClosesIsWritten() {
        Committed last;
        try (var node = GaesupNode.open(NodeConfig.of(data))) {
            node.with("cart", MapValue.empty(), Store::revision).join();
            var applied = new Committed[1];
            node.with("cart", null, store -> {
                for (int i = 0; i < 1000; i++) {
                    applied[0] = store.increment(COUNT, 1).committed();
                }
                return 0;
            });
            node.close();
            last = applied[0];
        }
        assertThat(last.revision()).isEqualTo(1000);
        try (var node = GaesupNode.open(NodeConfig.of(data))) {
            assertThat(node.snapshot("cart").join().get(COUNT)).isEqualTo(Value.of(1000));
        }
    }

    @Test
    void aDocumentBeyondTheLimitIsRefusedAndCanBeMadeSmaller() {
        try (var node = GaesupNode.open(NodeConfig.of(data))) {
            String large = "x".repeat(15 << 20);
            node.with("doc", MapValue.empty(), store -> {
                        for (int i = 0; i < 4; i++) {
                            store.set(io.gaesup.state.core.Path.of("/t" + i), Value.of(large));
                        }
                        return 0;
                    })
                    .join();
            failsWith(
                    ErrorCode.LIMIT_EXCEEDED,
                    () -> node.with(
                                    "doc",
                                    null,
                                    store -> store.set(io.gaesup.state.core.Path.of("/t4"), Value.of(large)))
                            .join());
            node.with("doc", null, store -> store.delete(io.gaesup.state.core.Path.of("/t0")))
                    .join();
            node.with("doc", null, store -> store.set(io.gaesup.state.core.Path.of("/t4"), Value.of(large)))
                    .join();
            assertThat(node.snapshot("doc").join().revision()).isEqualTo(6);
        }
    }

    @Test
    void aDamagedDatabaseIsRefusedAndLeftAsItIs() throws IOException {
        try (var node = GaesupNode.open(NodeConfig.of(data))) {
            node.with("cart", MapValue.of("a", Value.of(1)), Store::revision).join();
        }
        byte[] damaged = "this is no database, and it is long enough to be one"
                .repeat(200)
                .getBytes(StandardCharsets.UTF_8);
        Files.write(data.resolve("journal.db"), damaged);
        failsWith(ErrorCode.DATA_DAMAGED, () -> GaesupNode.open(NodeConfig.of(data)));
        assertThat(data.resolve("journal.db")).hasBinaryContent(damaged);
    }

    @Test
    void aFolderInUseIsRefused() {
        try (var node = GaesupNode.open(NodeConfig.of(data))) {
            failsWith(ErrorCode.DATA_IN_USE, () -> GaesupNode.open(NodeConfig.of(data)));
            assertThat(node.stores().join()).isEmpty();
        }
    }

    @Test
    void aFileInsteadOfAFolderIsRefused() throws IOException {
        Path file = Files.writeString(data.resolve("file"), "x");
        failsWith(ErrorCode.DATA_NOT_WRITABLE, () -> GaesupNode.open(NodeConfig.of(file)));
    }

    @Test
    void aPortInUseIsRefusedAndTheNodeGoesOn() throws IOException {
        try (var node = GaesupNode.open(NodeConfig.of(data));
                var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var config = ServerConfig.defaults().withPort(taken.getLocalPort());
            failsWith(ErrorCode.PORT_IN_USE, () -> node.listen(config));
            assertThat(node.listen(config.withPort(0)).port()).isPositive();
        }
    }

    @Test
    void anAddressOthersReachIsRefused() {
        try (var node = GaesupNode.open(NodeConfig.of(data))) {
            for (String host : new String[] {"0.0.0.0", "::", "192.0.2.1", "example.org"}) {
                failsWith(
                        ErrorCode.FORBIDDEN,
                        () -> node.listen(ServerConfig.defaults().withHost(host).withPort(0)));
            }
            assertThat(node.listen(ServerConfig.defaults().withHost("localhost").withPort(0))
                            .url())
                    .startsWith("http://localhost:");
        }
    }
}
