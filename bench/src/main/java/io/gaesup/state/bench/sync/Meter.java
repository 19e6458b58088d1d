package io.gaesup.state.bench.sync;

import java.time.Duration;
import java.util.List;
import org.HdrHistogram.Histogram;

/** Measures one phase from {@link #start} to {@link #stop}: time, processor time of both sides, what arrived. */
final class Meter {

    private static final long LATENCY_NANOS_MAX = Duration.ofMinutes(1).toNanos();
    private static final int LATENCY_DIGITS = 3;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MILLI = 1e6;

    private final ProcessHandle server;
    private final Connections connections;
    private final Histogram latency = new Histogram(LATENCY_NANOS_MAX, LATENCY_DIGITS);

    long updates;
    long deliveries;
    long superseded;

    private Reading started;
    private Reading stopped;

    private record Reading(
            long nanos,
            long serverCpuNanos,
            long ownCpuNanos,
            long idleNanos,
            long reads,
            long updates,
            long deliveries,
            long superseded,
            long bytesIn) {}

    Meter(ProcessHandle server, Connections connections) {
        this.server = server;
        this.connections = connections;
        started = read();
        stopped = started;
    }

    void start() {
        started = read();
    }

    void stop() {
        stopped = read();
    }

    /** Counts how long something took; more than a minute counts as a minute. */
    void took(long nanos) {
        latency.recordValue(Math.clamp(nanos, 0, LATENCY_NANOS_MAX));
    }

    private Reading read() {
        return new Reading(
                System.nanoTime(),
                cpuNanos(server),
                cpuNanos(ProcessHandle.current()),
                connections.idleNanos(),
                connections.reads(),
                updates,
                deliveries,
                superseded,
                subscribersBytesIn(connections.members()));
    }

    private static long cpuNanos(ProcessHandle process) {
        return process.info()
                .totalCpuDuration()
                .orElseThrow(() -> new IllegalStateException(
                        "process " + process.pid() + " is gone, or this system does not tell its processor time"))
                .toNanos();
    }

    /** Client 0 writes: what it receives is not a delivery. */
    private static long subscribersBytesIn(List<Connection> members) {
        long sum = 0;
        for (var connection : members) {
            sum += connection.client == 0 ? 0 : connection.bytesIn;
        }
        return sum;
    }

    PhaseResult result(String system, String phase, double bytesPerUpdateUp) {
        double seconds = (stopped.nanos - started.nanos) / NANOS_PER_SECOND;
        long arrived = stopped.deliveries - started.deliveries;
        boolean timed = latency.getTotalCount() > 0;
        return new PhaseResult(
                system,
                phase,
                seconds,
                (stopped.serverCpuNanos - started.serverCpuNanos) / NANOS_PER_SECOND,
                (stopped.ownCpuNanos - started.ownCpuNanos) / NANOS_PER_SECOND,
                1 - (stopped.idleNanos - started.idleNanos) / NANOS_PER_SECOND / seconds,
                stopped.updates - started.updates,
                arrived,
                stopped.superseded - started.superseded,
                (stopped.reads - started.reads) / seconds,
                arrived == 0 ? 0 : (double) (stopped.bytesIn - started.bytesIn) / arrived,
                bytesPerUpdateUp,
                timed ? latency.getValueAtPercentile(50) / NANOS_PER_MILLI : 0,
                timed ? latency.getValueAtPercentile(99) / NANOS_PER_MILLI : 0,
                timed ? latency.getMaxValue() / NANOS_PER_MILLI : 0);
    }
}
