package io.gaesup.state.server;

import io.gaesup.state.core.MapValue;
import io.gaesup.state.core.StateException;
import io.gaesup.state.core.Value;
import io.gaesup.state.core.wire.Frame;
import io.vertx.core.http.HttpServerRequest;

/** Says whether a node can do its work. */
final class Health {

    private Health() {}

    /** 200 while batches are accepted, 503 when the journal takes no more. */
    static void answer(HttpServerRequest request, Node node, Sessions sessions) {
        StateException failure = node.journal().failure();
        MapValue.Builder body = MapValue.builder()
                .put("status", Value.of(failure == null ? "up" : "read-only"))
                .put("protocol", Value.of(Frame.VERSION))
                .put("server", Value.of(node.id()))
                .put("stores", Value.of(node.stores().hosted().size()))
                .put("sessions", Value.of(sessions.count()));
        if (failure != null) {
            body.put("code", Value.of(failure.code().name())).put("detail", Value.of(failure.detail()));
        }
        Reply.json(request, failure == null ? 200 : 503, body.build());
    }
}
