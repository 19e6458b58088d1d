package io.gaesup.state.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.gaesup.state.core.Batch;
import io.gaesup.state.core.MapValue;
import io.gaesup.state.core.Value;
import io.gaesup.state.core.codec.ByteReader;
import io.gaesup.state.core.codec.ByteWriter;
import io.gaesup.state.core.wire.Frame;
import io.gaesup.state.core.wire.FrameCodec;
import io.gaesup.state.core.wire.KeyTable;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A reader that does not read costs nothing, and has everything once it reads again. */
final class SlowReaderIT {

    private static final int BATCHES = 3000;
    private static final int WINDOW = 50;
    private static final int VALUE_BYTES = 8 * 1024;
    private static final int LOG_BYTES = 256 * 1024;

    @TempDir
    private Path data;

    @Test
    void getsTheLatestStateInsteadOfAllItMissed() throws Exception {
        try (var node = GaesupNode.open(NodeConfig.of(data).withDeltaLog(4096, LOG_BYTES))) {
            var server = node.listen(ServerConfig.defaults().withPort(0));
            try (var slow = RawSocket.upgraded(server)) {
                var keys = KeyTable.learning();
                var codec = new FrameCodec(number -> keys);
                var out = new ByteWriter();
                codec.write(out, new Frame.Hello(1, "slow"));
                codec.write(out, new Frame.Open("doc", 0, 0, 0, MapValue.empty()));
                slow.frame(RawSocket.FINAL | RawSocket.BINARY, out.toBytes());
                write(server);

                long bytes = 0;
                long revision = -1;
                int states = 0;
                while (revision < BATCHES) {
                    byte[] message = slow.next().payload();
                    bytes += message.length;
                    var in = new ByteReader(message);
                    while (in.remaining() > 0) {
                        switch (codec.read(in)) {
                            case Frame.Welcome welcome -> {}
                            case Frame.State state -> {
                                states++;
                                keys.reset(state.keys());
                                revision = state.revision();
                            }
                            case Frame.Deltas deltas -> {
                                assertThat(deltas.first()).isEqualTo(revision + 1);
                                revision += deltas.batches().size();
                            }
                            case Frame other -> throw new AssertionError("did not expect " + other);
                        }
                    }
                }
                assertThat(states).as("whole states, the first one included").isGreaterThan(1);
                assertThat(bytes).as("bytes to the slow reader").isLessThan((long) BATCHES * VALUE_BYTES / 2);
            }
        }
    }

    /** Writes more than all buffers between server and reader hold, and waits until it is all decided. */
    private static void write(GaesupServer server) {
        try (var writer = WireClient.hello(server, "writer")) {
            int number = writer.open("doc", null).number();
            String filler = "x".repeat(VALUE_BYTES);
            for (int i = 1; i <= BATCHES; i++) {
                writer.submit(
                        number,
                        i,
                        Batch.builder().set("/text", Value.of(i + filler)).build());
                if (i % WINDOW == 0) {
                    int decided = 0;
                    while (decided < WINDOW) {
                        decided += writer.next() instanceof Frame.Decided ? 1 : 0;
                    }
                }
            }
        }
    }
}
