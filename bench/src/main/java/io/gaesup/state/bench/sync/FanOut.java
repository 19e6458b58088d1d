package io.gaesup.state.bench.sync;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;

/** One document, one writer, many subscribers: the writer sets one field, everyone is told. */
final class FanOut implements Closeable {

    static final String DOCUMENT = "fan";
    static final String FIELD = "value";

    private static final long WAIT_MILLIS = 5;
    /** Closer than this to the next send the loop polls instead of sleeping, since a sleep ends late. */
    private static final long SPIN_NANOS = 2_000_000;
    /** How long the last deliveries may take once the writer has stopped. */
    private static final long DRAIN_NANOS = Duration.ofSeconds(15).toNanos();
    /** Updates whose send time is remembered. */
    private static final int SCHEDULE = 1 << 16;

    private final Load load;
    private final Connections connections;
    private final Connection writer;
    private final Wire.Writer frames;
    private final int subscribers;
    private final int window;
    private final ByteBuffer outgoing;
    private final long[] scheduledNanos = new long[SCHEDULE];

    private int sent;
    /** Sum over all subscribers of the newest marker that each has. */
    private long reached;

    private FanOut(Load load, Connections connections, Connection writer, Wire.Writer frames, int window) {
        this.load = load;
        this.connections = connections;
        this.writer = writer;
        this.frames = frames;
        this.window = window;
        subscribers = connections.members().size() - 1;
        outgoing = ByteBuffer.allocateDirect(window * Wire.Writer.FRAME_BYTES_MAX);
    }

    /**
     * Connects everyone.
     *
     * @param window updates that may be on their way at once when saturating
     */
    static FanOut open(Load load, int subscribers, int window) throws IOException {
        var connections = new Connections();
        try {
            var writer = Connection.open(load.server(), load.wire(), 0, 0);
            load.wire().seed(writer, DOCUMENT, Map.of(FIELD, "x".repeat(MarkerScanner.LENGTH)));
            load.wire().subscribe(writer, DOCUMENT);
            var frames = load.wire().writer(writer, DOCUMENT, FIELD);
            connections.add(writer);
            for (int client = 1; client <= subscribers; client++) {
                var subscriber = Connection.open(load.server(), load.wire(), 0, client);
                load.wire().subscribe(subscriber, DOCUMENT);
                connections.add(subscriber);
            }
            return new FanOut(load, connections, writer, frames, window);
        } catch (IOException | RuntimeException failed) {
            connections.close();
            throw failed;
        }
    }

    /** Keeps the window full: as many updates as the server can take. */
    PhaseResult saturate(Duration warm, Duration measured) throws IOException {
        var meter = begin();
        connections.listener((connection, marker, now) -> arrived(connection, marker, meter));
        long measureFrom = System.nanoTime() + warm.toNanos();
        long end = measureFrom + measured.toNanos();
        boolean measuring = false;
        long upFrom = writer.bytesOut;
        long sentFrom = sent;
        for (long now = System.nanoTime(); now < end; now = System.nanoTime()) {
            if (!measuring && now >= measureFrom) {
                measuring = true;
                meter.start();
            }
            fillWindow(meter);
            connections.poll(WAIT_MILLIS);
        }
        meter.stop();
        drain();
        return meter.result(load.system(), "saturated", (double) (writer.bytesOut - upFrom) / (sent - sentFrom));
    }

    private void fillWindow(Meter meter) throws IOException {
        while ((sent + 1L) * subscribers - reached <= (long) window * subscribers && outgoing.remaining() > 0) {
            frames.append(outgoing, ++sent);
            meter.updates++;
        }
        flush();
    }

    private void flush() throws IOException {
        if (outgoing.position() > 0) {
            writer.writeBlocking(outgoing.flip());
            outgoing.clear();
        }
    }

    /** Sends on a fixed schedule, whatever the server does; latency counts from the time an update was due. */
    PhaseResult pace(double updatesPerSecond, Duration warm, Duration measured) throws IOException {
        var meter = begin();
        long start = System.nanoTime();
        long measureFrom = start + warm.toNanos();
        long end = measureFrom + measured.toNanos();
        connections.listener((connection, marker, now) -> {
            if (connection.client > 0) {
                long due = scheduledNanos[marker % SCHEDULE];
                if (due >= measureFrom && due < end) {
                    meter.took(now - due);
                }
            }
            arrived(connection, marker, meter);
        });
        double intervalNanos = Duration.ofSeconds(1).toNanos() / updatesPerSecond;
        boolean measuring = false;
        long upFrom = writer.bytesOut;
        int base = sent;
        for (long now = start; now < end; now = System.nanoTime()) {
            if (!measuring && now >= measureFrom) {
                measuring = true;
                meter.start();
            }
            long due = sendDue(meter, start, base, intervalNanos, now);
            connections.poll(due - now > SPIN_NANOS ? (due - now - SPIN_NANOS / 2) / 1_000_000 : 0);
        }
        meter.stop();
        drain();
        return meter.result(load.system(), "paced", (double) (writer.bytesOut - upFrom) / Math.max(1, sent - base));
    }

    private long sendDue(Meter meter, long start, int base, double intervalNanos, long now) throws IOException {
        long due = start + (long) ((sent - base) * intervalNanos);
        while (due <= now && outgoing.remaining() >= Wire.Writer.FRAME_BYTES_MAX) {
            if ((sent + 1L) * subscribers - reached > (long) SCHEDULE * subscribers / 2) {
                throw new IllegalStateException(load.system() + ": fell " + SCHEDULE / 2 + " updates behind a pace of "
                        + Math.round(1e9 / intervalNanos) + " updates/s");
            }
            sent++;
            scheduledNanos[sent % SCHEDULE] = due;
            frames.append(outgoing, sent);
            meter.updates++;
            due = start + (long) ((sent - base) * intervalNanos);
        }
        flush();
        return due;
    }

    private Meter begin() throws IOException {
        connections.sendToAll(load.wire().stillHere());
        return new Meter(load.process(), connections);
    }

    private void arrived(Connection connection, int marker, Meter meter) {
        int steps = marker - connection.lastSeen;
        if (steps <= 0) {
            throw new IllegalStateException(load.system() + ": marker " + marker + " came to " + connection + " after "
                    + connection.lastSeen + ": each counts once");
        }
        connection.lastSeen = marker;
        if (connection.client > 0) {
            reached += steps;
            meter.deliveries++;
            meter.superseded += steps - 1;
        }
    }

    private void drain() throws IOException {
        long deadline = System.nanoTime() + DRAIN_NANOS;
        while (reached < (long) sent * subscribers) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(load.system() + ": of " + sent + " updates to " + subscribers
                        + " subscribers " + ((long) sent * subscribers - reached) + " deliveries are missing");
            }
            connections.poll(WAIT_MILLIS);
        }
    }

    @Override
    public void close() throws IOException {
        connections.close();
    }
}
