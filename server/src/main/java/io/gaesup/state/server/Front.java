package io.gaesup.state.server;

import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.StateException;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/** Takes every request in and leads it to its place. */
final class Front implements Handler<HttpServerRequest> {

    static final String SYNC = "/gaesup/sync";

    private final Node node;
    private final Sessions sessions;
    private final Gate gate = new Gate();

    Front(Node node, ServerConfig config, Sessions sessions) {
        this.node = node;
        this.sessions = sessions;
    }

    void listeningAt(int port) {
        gate.port(port);
    }

    @Override
    public void handle(HttpServerRequest request) {
        node.meters().requested();
        StateException objection = gate.objection(request);
        if (objection != null) {
            Reply.problem(request, objection);
            return;
        }
        String path = request.path();
        if (path == null) {
            Reply.problem(
                    request, new StateException(ErrorCode.BAD_REQUEST, "expected a path, found " + request.uri()));
        } else if (path.equals(SYNC)) {
            upgrade(request);
        } else if (path.equals("/health")) {
            Health.answer(request, node, sessions);
        } else {
            Reply.problem(request, new StateException(ErrorCode.NOT_FOUND, "nothing is at " + path));
        }
    }

    private void upgrade(HttpServerRequest request) {
        if (!"websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE))) {
            Reply.problem(
                    request, 426, new StateException(ErrorCode.BAD_REQUEST, SYNC + " speaks WebSocket, see Upgrade"));
        } else if (!sessions.haveRoom()) {
            Reply.problem(
                    request,
                    503,
                    new StateException(
                            ErrorCode.BUSY,
                            sessions.count() + " sessions are open already, as many as there may be; try later"));
        } else {
            request.toWebSocket().onSuccess(sessions::accept);
        }
    }
}
