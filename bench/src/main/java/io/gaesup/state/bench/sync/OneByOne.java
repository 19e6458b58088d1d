package io.gaesup.state.bench.sync;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** The bytes of single updates of a large document: each is sent when the last one has arrived, so none are merged. */
final class OneByOne implements Closeable {

    static final int FIELDS = 1_000;
    static final int FIELD_BYTES = 90;

    private static final String DOCUMENT = "big";
    private static final String FIELD = "f500";
    private static final long WAIT_MILLIS = 5;
    private static final long ARRIVAL_NANOS = Duration.ofSeconds(15).toNanos();

    private final Load load;
    private final Connections connections;
    private final Connection writer;
    private final Connection subscriber;
    private final Wire.Writer frames;
    private int sent;

    private OneByOne(Load load, Connections connections, Connection writer, Wire.Writer frames, Connection subscriber) {
        this.load = load;
        this.connections = connections;
        this.writer = writer;
        this.frames = frames;
        this.subscriber = subscriber;
    }

    static OneByOne open(Load load) throws IOException {
        var connections = new Connections();
        try {
            var writer = Connection.open(load.server(), load.wire(), 0, 0);
            load.wire().seed(writer, DOCUMENT, fields());
            load.wire().subscribe(writer, DOCUMENT);
            var frames = load.wire().writer(writer, DOCUMENT, FIELD);
            connections.add(writer);
            var subscriber = Connection.open(load.server(), load.wire(), 0, 1);
            load.wire().subscribe(subscriber, DOCUMENT);
            connections.add(subscriber);
            return new OneByOne(load, connections, writer, frames, subscriber);
        } catch (IOException | RuntimeException failed) {
            connections.close();
            throw failed;
        }
    }

    private static Map<String, String> fields() {
        var fields = new LinkedHashMap<String, String>();
        for (int field = 0; field < FIELDS; field++) {
            fields.put("f" + field, "abcdefghij".repeat(FIELD_BYTES / 10));
        }
        return fields;
    }

    PhaseResult run(int updates) throws IOException {
        connections.sendToAll(load.wire().stillHere());
        var meter = new Meter(load.process(), connections);
        connections.listener((connection, marker, now) -> arrived(connection, marker, meter));
        // The first update may still bring something that belongs to the greeting.
        sendAndAwait();
        meter.start();
        long upFrom = writer.bytesOut;
        for (int update = 0; update < updates; update++) {
            sendAndAwait();
            meter.updates++;
        }
        meter.stop();
        return meter.result(load.system(), "one-by-one", (double) (writer.bytesOut - upFrom) / updates);
    }

    private void sendAndAwait() throws IOException {
        var frame = ByteBuffer.allocate(Wire.Writer.FRAME_BYTES_MAX);
        long start = System.nanoTime();
        frames.append(frame, ++sent);
        writer.writeBlocking(frame.flip());
        while (subscriber.lastSeen < sent) {
            if (System.nanoTime() - start > ARRIVAL_NANOS) {
                throw new IllegalStateException(
                        load.system() + ": update " + sent + " of the large document is missing");
            }
            connections.poll(WAIT_MILLIS);
        }
    }

    private static void arrived(Connection connection, int marker, Meter meter) {
        connection.lastSeen = marker;
        if (connection.client > 0) {
            meter.deliveries++;
        }
    }

    @Override
    public void close() throws IOException {
        connections.close();
    }
}
