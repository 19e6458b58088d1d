package io.gaesup.state.bench.sync;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.gaesup.state.core.MapValue;
import io.gaesup.state.core.Operation;
import io.gaesup.state.core.Path;
import io.gaesup.state.core.Value;
import io.gaesup.state.core.codec.ByteReader;
import io.gaesup.state.core.codec.ByteWriter;
import io.gaesup.state.core.wire.Frame;
import io.gaesup.state.core.wire.FrameCodec;
import io.gaesup.state.core.wire.KeyTable;
import io.gaesup.state.core.wire.OperationCodec;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Ours: protocol version 1, for one server process. Batches state no base revision, so that several may be on their way.
 */
final class GaesupWire implements Wire {

    /** What a submission begins with, before the varints of store, base and count. */
    private static final int SUBMIT = 0x04;

    private static final int BASE_NONE = 0;

    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<Integer, KeyTable> tables = new HashMap<>();
    private final FrameCodec codec = new FrameCodec(tables::get);

    @Override
    public String requestTarget() {
        return "/gaesup/sync";
    }

    @Override
    public String requestHeaders() {
        return "";
    }

    @Override
    public void greet(Connection connection) throws IOException {
        send(connection, new Frame.Hello(Frame.VERSION, "bench-" + UUID.randomUUID()));
        await(connection, Frame.Welcome.class);
    }

    @Override
    public void seed(Connection connection, String document, Map<String, String> fields) throws IOException {
        var builder = MapValue.builder();
        fields.forEach((field, value) -> builder.put(field, Value.of(value)));
        send(connection, new Frame.Open(document, 0, 0, 0, builder.build()));
        send(connection, new Frame.Leave(awaitState(connection)));
    }

    @Override
    public void subscribe(Connection connection, String document) throws IOException {
        send(connection, new Frame.Open(document, 0, 0, 0, null));
        numbers.put(document, awaitState(connection));
    }

    private int awaitState(Connection connection) throws IOException {
        var state = await(connection, Frame.State.class);
        table(state.number()).reset(state.keys());
        return state.number();
    }

    private KeyTable table(int number) {
        return tables.computeIfAbsent(number, any -> KeyTable.learning());
    }

    private void send(Connection connection, Frame frame) throws IOException {
        connection.sendBinary(codec.encode(frame));
    }

    /** Reads until a frame of this kind has come; a failure ends it. */
    private <F extends Frame> F await(Connection connection, Class<F> kind) throws IOException {
        while (true) {
            var in = new ByteReader(connection.receive());
            F found = null;
            while (in.remaining() > 0) {
                var frame = codec.read(in);
                if (frame instanceof Frame.Failure failure) {
                    throw new IOException("instead of " + kind.getSimpleName() + ": " + failure);
                }
                if (kind.isInstance(frame)) {
                    found = kind.cast(frame);
                }
            }
            if (found != null) {
                return found;
            }
        }
    }

    /** Sets the field once, as a client does that has been there for a while: its key has a number from then on. */
    @Override
    public Writer writer(Connection connection, String document, String field) throws IOException {
        int number = numbers.getOrDefault(document, -1);
        var path = Path.ROOT.child(field);
        var writer = new GaesupWriter(number);
        connection.sendBinary(writer.message(batch(number, path, "x".repeat(MarkerScanner.LENGTH))));
        await(connection, Frame.Deltas.class);
        return writer.repeating(batch(number, path, MarkerScanner.textOf(0)));
    }

    private byte[] batch(int number, Path path, String value) {
        var out = new ByteWriter();
        OperationCodec.write(out, List.of(new Operation.Set(path, Value.of(value))), table(number));
        return out.toBytes();
    }

    private static final class GaesupWriter {

        private final int number;
        private final ByteWriter message = new ByteWriter();
        private long sequence;

        GaesupWriter(int number) {
            this.number = number;
        }

        byte[] message(byte[] batch) {
            message.reset();
            message.writeByte(SUBMIT);
            message.writeVarint(number);
            message.writeVarint(BASE_NONE);
            message.writeVarint(1);
            message.writeVarint(++sequence);
            message.writeBytes(batch);
            return message.toBytes();
        }

        Writer repeating(byte[] batch) {
            int markerAt = new String(batch, ISO_8859_1).indexOf("@@");
            return (frames, marker) -> {
                MarkerScanner.write(marker, batch, markerAt);
                var payload = message(batch);
                Frames.append(frames, Frames.BINARY, payload, payload.length);
            };
        }
    }

    @Override
    public byte[] stillHere() {
        return Frames.of(Frames.PONG, new byte[0]);
    }
}
