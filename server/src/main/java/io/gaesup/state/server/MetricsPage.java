package io.gaesup.state.server;

import io.gaesup.state.journal.Journal;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The counts of a node in Prometheus format. Threads: the loop. */
final class MetricsPage {
    /*
     * The registry reads the plain numbers of Meters when it is asked, so counting costs the hot path an addition; and it
     * is made on the first question, so a node nobody watches does not load it.
     */
    private static final double NANOS_PER_SECOND = 1e9;

    private final Node node;
    private final Sessions sessions;
    private @Nullable PrometheusMeterRegistry registry;

    MetricsPage(Node node, Sessions sessions) {
        this.node = node;
        this.sessions = sessions;
    }

    void answer(HttpServerRequest request) {
        PrometheusMeterRegistry known = registry;
        if (known == null) {
            known = fill(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
            registry = known;
        }
        Reply.send(
                request,
                200,
                "text/plain; version=0.0.4; charset=utf-8",
                known.scrape().getBytes(StandardCharsets.UTF_8));
    }

    private PrometheusMeterRegistry fill(PrometheusMeterRegistry into) {
        count(into, "gaesup.batches", "batches applied and on disk", m -> m.batches);
        count(into, "gaesup.operations", "operations in them", m -> m.operations);
        count(into, "gaesup.messages.received", "WebSocket messages of clients", m -> m.messagesReceived);
        count(into, "gaesup.bytes.received", "bytes in them", m -> m.bytesReceived);
        count(into, "gaesup.deltas", "deltas delivered, one per batch and session", m -> m.deltasSent);
        count(into, "gaesup.messages.sent", "WebSocket messages with deltas or states", m -> m.messagesSent);
        count(into, "gaesup.bytes.sent", "bytes in them", m -> m.bytesSent);
        count(into, "gaesup.states", "whole stores sent", m -> m.statesSent);
        count(into, "gaesup.refusals", "requests answered with a failure", m -> m.refusals);
        count(into, "gaesup.sessions.opened", "sessions begun", m -> m.sessionsOpened);
        count(into, "gaesup.sessions.silent", "sessions closed for silence", m -> m.sessionsTimedOut);
        count(into, "gaesup.checkpoints", "checkpoints written", m -> m.checkpoints);
        count(into, "gaesup.checkpoint.bytes", "bytes in them", m -> m.checkpointBytes);
        count(into, "gaesup.http.requests", "HTTP requests", m -> m.requests);
        gauge(into, "gaesup.sessions", "sessions open", () -> sessions.count());
        gauge(
                into,
                "gaesup.stores",
                "stores in memory",
                () -> node.stores().hosted().size());
        gauge(
                into,
                "gaesup.in.flight",
                "groups of batches on their way to the disk",
                () -> node.committer().inFlight());
        Journal journal = node.journal();
        journal(
                into,
                "gaesup.journal.entries",
                "entries on disk",
                j -> j.statistics().entries());
        journal(
                into,
                "gaesup.journal.transactions",
                "transactions of the journal",
                j -> j.statistics().transactions());
        journal(
                into,
                "gaesup.journal.bytes",
                "bytes of entries",
                j -> j.statistics().bytes());
        journal(
                into,
                "gaesup.journal.commit.seconds",
                "time spent committing",
                j -> j.statistics().commitNanos() / NANOS_PER_SECOND);
        gauge(
                into,
                "gaesup.journal.commit.longest.seconds",
                "the longest commit",
                () -> journal.statistics().commitNanosMax() / NANOS_PER_SECOND);
        gauge(
                into,
                "gaesup.journal.queue",
                "entries waiting to be written",
                () -> journal.statistics().queuedEntries());
        return into;
    }

    private void count(PrometheusMeterRegistry into, String name, String what, ToDoubleFunction<Meters> read) {
        FunctionCounter.builder(name, node.meters(), read).description(what).register(into);
    }

    private void journal(PrometheusMeterRegistry into, String name, String what, ToDoubleFunction<Journal> read) {
        FunctionCounter.builder(name, node.journal(), read).description(what).register(into);
    }

    private static void gauge(
            PrometheusMeterRegistry into, String name, String what, java.util.function.Supplier<Number> read) {
        Gauge.builder(name, read).description(what).register(into);
    }
}
