package io.gaesup.state.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.gaesup.state.core.Batch;
import io.gaesup.state.core.Decision;
import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.MapValue;
import io.gaesup.state.core.Submission;
import io.gaesup.state.core.Value;
import io.gaesup.state.core.codec.ByteWriter;
import io.gaesup.state.core.wire.Frame;
import io.gaesup.state.core.wire.FrameCodec;
import io.gaesup.state.core.wire.KeyTable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a client may do wrong on the WebSocket: it is told what, and nobody else notices. */
final class BadFramesIT {

    private static final int MESSAGE_BYTES_MAX = 4096;
    private static final Batch ONE_MORE = Batch.builder().increment("/count", 1).build();

    @TempDir
    private Path data;

    private GaesupNode node;
    private GaesupServer server;
    private WireClient other;
    private int number;
    private long count;

    @BeforeEach
    void open() {
        node = GaesupNode.open(NodeConfig.of(data));
        server = node.listen(ServerConfig.defaults()
                .withPort(0)
                .withBytesMax(MESSAGE_BYTES_MAX, 4096)
                .withSessions(5, 3));
        other = WireClient.hello(server, "other");
        number = other.open("cart", MapValue.of("name", Value.of("x"))).number();
    }

    /** Whatever a test did: the others still work, and the store holds just what they did. */
    @AfterEach
    void nobodyElseNoticed() {
        try {
            other.submit(number, ++count, ONE_MORE);
            assertThat(other.next(Frame.Decided.class).decision()).isEqualTo(Decision.applied(count, 1 + count));
            assertThat(other.next(Frame.Deltas.class).first()).isEqualTo(1 + count);
            assertThat(node.snapshot("cart").join().root())
                    .isEqualTo(MapValue.of("name", Value.of("x"), "count", Value.of(count)));
        } finally {
            other.close();
            node.close();
        }
    }

    private void isRefused(WireClient wire, ErrorCode code, String inMessage) {
        var failure = wire.next(Frame.Failure.class);
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.message()).contains(inMessage);
        assertThat(failure.store()).isEmpty();
        assertThat(wire.end().reason()).isEqualTo(code.name());
        wire.close();
    }

    /** A Submit of one batch of one operation, whose bytes are {@code operation}. */
    private byte[] submitOf(int... operation) {
        byte[] bytes = new byte[5 + operation.length];
        bytes[0] = 4;
        bytes[1] = (byte) number;
        bytes[2] = 0;
        bytes[3] = 1;
        bytes[4] = 1;
        var out = new ByteWriter();
        out.writeBytes(bytes, 0, 5);
        out.writeVarint(1);
        for (int b : operation) {
            out.writeByte(b);
        }
        return out.toBytes();
    }

    private WireClient inCart(String client) {
        var wire = WireClient.hello(server, client);
        wire.open("cart", null);
        return wire;
    }

    @Test
    void anotherProtocolVersion() {
        isRefused(
                WireClient.connect(server).send(new Frame.Hello(2, "ann")),
                ErrorCode.UNSUPPORTED_VERSION,
                "this server speaks version 1, the client version 2");
    }

    @Test
    void aFrameBeforeHello() {
        isRefused(WireClient.connect(server).send(new Frame.Ping(1)), ErrorCode.BAD_REQUEST, "expected Hello first");
    }

    @Test
    void aSecondHello() {
        isRefused(
                WireClient.hello(server, "ann").send(new Frame.Hello(1, "ben")), ErrorCode.BAD_REQUEST, "second Hello");
    }

    @Test
    void anIdThatIsNone() {
        isRefused(WireClient.connect(server).send(new Frame.Hello(1, "")), ErrorCode.BAD_REQUEST, "1 to 64");
        isRefused(WireClient.connect(server).send(new Frame.Hello(1, "x".repeat(65))), ErrorCode.BAD_REQUEST, "has 65");
    }

    @Test
    void aTextMessage() {
        isRefused(WireClient.hello(server, "ann").sendText("{}"), ErrorCode.BAD_REQUEST, "text");
    }

    @Test
    void anEmptyMessage() {
        isRefused(WireClient.hello(server, "ann").sendBytes(new byte[0]), ErrorCode.MALFORMED, "at byte 0");
    }

    @Test
    void aFrameTypeNobodyKnows() {
        isRefused(WireClient.hello(server, "ann").sendBytes(new byte[] {0x33}), ErrorCode.MALFORMED, "type 51");
    }

    @Test
    void aFrameOnlyServersSend() {
        isRefused(WireClient.hello(server, "ann").send(new Frame.Pong(1)), ErrorCode.BAD_REQUEST, "Pong");
    }

    @Test
    void aFrameThatEndsTooEarly() {
        byte[] whole =
                new FrameCodec(n -> KeyTable.giving()).encode(new Frame.Open("cart", 1L << 40, 1 << 20, 0, null));
        for (int length = 1; length < whole.length; length++) {
            isRefused(
                    WireClient.hello(server, "ann").sendBytes(java.util.Arrays.copyOf(whole, length)),
                    ErrorCode.MALFORMED,
                    "of " + length);
        }
    }

    @Test
    void aStoreThatWasNotOpened() {
        isRefused(
                WireClient.hello(server, "ann").submit(number, 1, ONE_MORE),
                ErrorCode.BAD_REQUEST,
                "no store has the number " + number);
    }

    @Test
    void badMessagePack() {
        // set /name to 0xc1, which MessagePack never uses; to a text of 4 GiB; to a time past its second; to NaN
        isRefused(inCart("a").sendBytes(submitOf(0x01, 1, 1, 'n', 0xc1)), ErrorCode.MALFORMED, "at byte");
        isRefused(
                inCart("b").sendBytes(submitOf(0x01, 1, 1, 'n', 0xdb, 0xff, 0xff, 0xff, 0xff)),
                ErrorCode.MALFORMED,
                "at byte");
        isRefused(
                inCart("c").sendBytes(submitOf(0x01, 1, 1, 'n', 0xd7, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0)),
                ErrorCode.MALFORMED,
                "at byte");
        isRefused(
                inCart("d").sendBytes(submitOf(0x01, 1, 1, 'n', 0xcb, 0x7f, 0xf8, 0, 0, 0, 0, 0, 0)),
                ErrorCode.BAD_NUMBER,
                "at byte");
    }

    @Test
    void aValueThatIsTooDeep() {
        int[] operation = new int[604];
        operation[0] = 0x01;
        operation[1] = 1;
        operation[2] = 1;
        operation[3] = 'n';
        java.util.Arrays.fill(operation, 4, operation.length - 1, 0x91);
        operation[603] = 0xc0;
        isRefused(inCart("a").sendBytes(submitOf(operation)), ErrorCode.LIMIT_EXCEEDED, "512");
    }

    @Test
    void anIncrementByAText() {
        isRefused(
                inCart("a").sendBytes(submitOf(0x61, 1, 5, 'c', 'o', 'u', 'n', 't', 0xa1, 'x')),
                ErrorCode.MALFORMED,
                "increment");
    }

    @Test
    void anIncrementOfATextIsJustRefused() {
        try (var wire = inCart("a")) {
            wire.submit(number, 1, Batch.builder().increment("/name", 1).build());
            assertThat(wire.next(Frame.Decided.class).decision().code()).isEqualTo(ErrorCode.NOT_A_NUMBER);
            wire.send(new Frame.Ping(1));
            wire.next(Frame.Pong.class);
        }
    }

    @Test
    void sequencesThatDoNotGrow() {
        isRefused(inCart("a").submit(number, 0, ONE_MORE), ErrorCode.BAD_REQUEST, "sequences start at 1");
        var twice = List.of(new Submission(5, List.of()), new Submission(5, List.of()));
        isRefused(
                inCart("b").send(new Frame.Submit(number, new Submission.Group(-1, twice))),
                ErrorCode.BAD_REQUEST,
                "5 comes after 5");
    }

    @Test
    void aBaseOfTheFutureIsJustRefused() {
        try (var wire = inCart("a")) {
            wire.send(new Frame.Submit(
                    number, new Submission.Group(99, List.of(new Submission(1, ONE_MORE.operations())))));
            var failure = wire.next(Frame.Failure.class);
            assertThat(failure.store()).isEqualTo("cart");
            assertThat(failure.code()).isEqualTo(ErrorCode.BAD_REQUEST);
        }
    }

    @Test
    void anUnknownStoreIsJustRefused() {
        try (var wire = WireClient.hello(server, "ann")) {
            wire.send(new Frame.Open("nothing", 0, 0, 0, null));
            assertThat(wire.next())
                    .isEqualTo(new Frame.Failure("nothing", ErrorCode.UNKNOWN_STORE, "there is no store 'nothing'"));
            wire.send(new Frame.Open("a/b", 0, 0, 0, MapValue.empty()));
            assertThat(wire.next(Frame.Failure.class).code()).isEqualTo(ErrorCode.BAD_REQUEST);
        }
    }

    @Test
    void tooManyStoresAreRefused() {
        try (var wire = WireClient.hello(server, "ann")) {
            for (String name : List.of("a", "b", "c")) {
                wire.open(name, MapValue.empty());
            }
            wire.send(new Frame.Open("d", 0, 0, 0, MapValue.empty()));
            assertThat(wire.next(Frame.Failure.class).code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED);
        }
    }

    @Test
    void tooManySessionsAreRefused() throws IOException {
        var wires = new ArrayList<WireClient>();
        for (int i = 0; i < 4; i++) {
            wires.add(WireClient.hello(server, "c" + i));
        }
        try (var raw = new RawSocket(server)) {
            assertThat(raw.upgrade("Host: 127.0.0.1:" + server.port())).startsWith("HTTP/1.1 503 ");
        } finally {
            wires.forEach(WireClient::close);
        }
    }

    @Test
    void aMessageThatIsTooLong() throws IOException {
        try (var raw = RawSocket.upgraded(server)) {
            raw.frame(RawSocket.FINAL | RawSocket.BINARY, new byte[MESSAGE_BYTES_MAX + 1]);
            assertThat(raw.next().status()).isEqualTo(1009);
        }
        try (var raw = RawSocket.upgraded(server)) {
            raw.frame(RawSocket.BINARY, new byte[MESSAGE_BYTES_MAX]);
            raw.frame(RawSocket.FINAL | RawSocket.CONTINUATION, new byte[1]);
            assertThat(raw.next().status()).isEqualTo(1009);
        }
        try (var raw = RawSocket.upgraded(server)) {
            raw.send(new byte[] {(byte) 0x82, (byte) 0xff, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0});
            assertThat(raw.next().status()).isEqualTo(1009);
        }
    }

    @Test
    void framesThatBreakWebSocketItself() throws IOException {
        byte[] unmasked = {(byte) 0x82, 1, 5};
        byte[] reserved = RawSocket.bytes(RawSocket.FINAL | 0x70 | RawSocket.BINARY, new byte[] {5, 1});
        byte[] unknown = RawSocket.bytes(RawSocket.FINAL | 3, new byte[] {5, 1});
        byte[] orphan = RawSocket.bytes(RawSocket.FINAL | RawSocket.CONTINUATION, new byte[] {5, 1});
        for (byte[] wrong : List.of(unmasked, reserved, unknown, orphan)) {
            try (var raw = RawSocket.upgraded(server)) {
                raw.send(wrong);
                assertThat(raw.next().status()).isEqualTo(1002);
            }
        }
    }

    @Test
    void aConnectionThatIsCutAnywhere() throws IOException {
        byte[] hello = new FrameCodec(n -> null).encode(new Frame.Hello(1, "cut"));
        byte[] open = new FrameCodec(n -> null).encode(new Frame.Open("cart", 0, 0, 0, null));
        var out = new ByteWriter();
        out.writeBytes(RawSocket.bytes(RawSocket.FINAL | RawSocket.BINARY, hello));
        out.writeBytes(RawSocket.bytes(RawSocket.FINAL | RawSocket.BINARY, open));
        out.writeBytes(RawSocket.bytes(RawSocket.FINAL | RawSocket.BINARY, submitOf(0x01, 1, 1, 'n', 0xa1, 'y')));
        byte[] all = out.toBytes();
        // the last byte would make it a whole batch, which is another client's good right
        for (int length = 0; length < all.length - 1; length++) {
            try (var raw = RawSocket.upgraded(server)) {
                raw.send(java.util.Arrays.copyOf(all, length));
            }
        }
    }

    @Test
    void noHelloAtAll() throws IOException {
        var impatient = node.listen(
                ServerConfig.defaults().withPort(0).withPatience(Duration.ofMillis(50), Duration.ofSeconds(20)));
        try (var wire = WireClient.connect(impatient)) {
            isRefused(wire, ErrorCode.BAD_REQUEST, "no Hello within 50 ms");
        }
    }

    @Test
    void silenceEndsTheConnection() throws IOException {
        var attentive = node.listen(
                ServerConfig.defaults().withPort(0).withPatience(Duration.ofSeconds(10), Duration.ofMillis(50)));
        try (var raw = RawSocket.upgraded(attentive)) {
            raw.frame(RawSocket.FINAL | RawSocket.BINARY, new FrameCodec(n -> null).encode(new Frame.Hello(1, "mute")));
            assertThat(raw.next().opcode()).isEqualTo(RawSocket.BINARY);
            var answer = raw.next();
            while (answer.opcode() == RawSocket.PING) {
                answer = raw.next();
            }
            assertThat(answer.status()).isEqualTo(1008);
        }
    }

    @Test
    void pagesFromElsewhereAreNotUpgraded() throws IOException {
        String host = "Host: localhost:" + server.port();
        for (String[] lines : new String[][] {
            {host, "Origin: http://evil.example"},
            {host, "Origin: http://localhost:1"},
            {host, "Origin: null"},
            {"Host: evil.example:" + server.port()},
            {"Host: localhost"},
            {host, host},
            {}
        }) {
            try (var raw = new RawSocket(server)) {
                assertThat(raw.upgrade(lines)).as(String.join(", ", lines)).startsWith("HTTP/1.1 4");
            }
        }
        try (var raw = new RawSocket(server)) {
            assertThat(raw.upgrade(host, "Origin: http://localhost:" + server.port()))
                    .startsWith("HTTP/1.1 101 ");
        }
    }

    @Test
    void bytesOfAnyKind() throws IOException {
        long seed = Long.getLong("gaesup.seed", System.nanoTime());
        var random = new SplittableRandom(seed);
        int rounds = Boolean.getBoolean("gaesup.deep") ? 5000 : 200;
        byte[] hello = new FrameCodec(n -> null).encode(new Frame.Hello(1, "fuzz"));
        for (int i = 0; i < rounds; i++) {
            byte[] bytes = new byte[random.nextInt(1, 60)];
            random.nextBytes(bytes);
            if (random.nextBoolean()) {
                bytes[0] = (byte) random.nextInt(1, 6);
            }
            try (var raw = RawSocket.upgraded(server)) {
                raw.frame(RawSocket.FINAL | RawSocket.BINARY, hello);
                if (random.nextInt(4) == 0) {
                    raw.send(bytes);
                } else {
                    raw.frame(RawSocket.FINAL | RawSocket.BINARY, bytes);
                }
                var answer = raw.next();
                while (answer.opcode() == RawSocket.PING) {
                    answer = raw.next();
                }
                assertThat(answer.opcode()).as("seed " + seed).isEqualTo(RawSocket.BINARY);
            }
        }
    }
}
