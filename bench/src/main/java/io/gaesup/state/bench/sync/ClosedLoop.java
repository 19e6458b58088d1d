package io.gaesup.state.bench.sync;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;

/** Many documents with a few clients each: client 0 writes again as soon as all others have its last update. */
final class ClosedLoop implements Closeable {

    private static final long WAIT_MILLIS = 5;
    private static final long DRAIN_NANOS = Duration.ofSeconds(15).toNanos();

    private final Load load;
    private final Connections connections;
    private final Document[] documents;
    private final int clients;
    private final ByteBuffer outgoing = ByteBuffer.allocateDirect(Wire.Writer.FRAME_BYTES_MAX);

    private static final class Document {
        final Connection writer;
        final Wire.Writer frames;
        int sent;
        int missing;
        long sentNanos;
        long arrivedNanos;

        Document(Connection writer, Wire.Writer frames) {
            this.writer = writer;
            this.frames = frames;
        }
    }

    private ClosedLoop(Load load, Connections connections, Document[] documents, int clients) {
        this.load = load;
        this.connections = connections;
        this.documents = documents;
        this.clients = clients;
    }

    static ClosedLoop open(Load load, int documentCount, int clients) throws IOException {
        var connections = new Connections();
        try {
            var documents = new Document[documentCount];
            for (int document = 0; document < documentCount; document++) {
                var name = "d" + document;
                var writer = Connection.open(load.server(), load.wire(), document, 0);
                load.wire().seed(writer, name, Map.of(FanOut.FIELD, "x".repeat(MarkerScanner.LENGTH)));
                load.wire().subscribe(writer, name);
                documents[document] = new Document(writer, load.wire().writer(writer, name, FanOut.FIELD));
                connections.add(writer);
                for (int client = 1; client < clients; client++) {
                    var other = Connection.open(load.server(), load.wire(), document, client);
                    load.wire().subscribe(other, name);
                    connections.add(other);
                }
            }
            return new ClosedLoop(load, connections, documents, clients);
        } catch (IOException | RuntimeException failed) {
            connections.close();
            throw failed;
        }
    }

    PhaseResult run(Duration warm, Duration measured) throws IOException {
        connections.sendToAll(load.wire().stillHere());
        var meter = new Meter(load.process(), connections);
        connections.listener((connection, marker, now) -> arrived(connection, marker, now, meter));
        for (var document : documents) {
            send(document);
        }
        long measureFrom = System.nanoTime() + warm.toNanos();
        long end = measureFrom + measured.toNanos();
        boolean measuring = false;
        for (long now = System.nanoTime(); now < end; now = System.nanoTime()) {
            if (!measuring && now >= measureFrom) {
                measuring = true;
                meter.start();
            }
            connections.poll(WAIT_MILLIS);
            sendNext(meter, measuring);
        }
        meter.stop();
        drain();
        return meter.result(load.system(), "closed-loop", 0);
    }

    private void sendNext(Meter meter, boolean measuring) throws IOException {
        for (var document : documents) {
            if (document.missing == 0) {
                meter.updates++;
                if (measuring) {
                    meter.took(document.arrivedNanos - document.sentNanos);
                }
                send(document);
            }
        }
    }

    private void send(Document document) throws IOException {
        document.missing = clients - 1;
        document.sentNanos = System.nanoTime();
        document.frames.append(outgoing, ++document.sent);
        document.writer.writeBlocking(outgoing.flip());
        outgoing.clear();
    }

    private void arrived(Connection connection, int marker, long now, Meter meter) {
        if (marker != connection.lastSeen + 1) {
            throw new IllegalStateException(load.system() + ": expected marker " + (connection.lastSeen + 1) + " at "
                    + connection + ", found " + marker);
        }
        connection.lastSeen = marker;
        if (connection.client > 0) {
            meter.deliveries++;
            documents[connection.document].missing--;
            documents[connection.document].arrivedNanos = now;
        }
    }

    private void drain() throws IOException {
        long deadline = System.nanoTime() + DRAIN_NANOS;
        while (!hasArrivedEverywhere()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(load.system() + ": updates are missing after the closed loop");
            }
            connections.poll(WAIT_MILLIS);
        }
    }

    private boolean hasArrivedEverywhere() {
        for (var connection : connections.members()) {
            if (connection.client > 0 && connection.lastSeen != documents[connection.document].sent) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        connections.close();
    }
}
