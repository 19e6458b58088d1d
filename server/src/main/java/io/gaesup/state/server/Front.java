package io.gaesup.state.server;

import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.StateException;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Takes every request in and leads it to its place. */
final class Front implements Handler<HttpServerRequest> {

    static final String SYNC = "/gaesup/sync";

    private final Node node;
    private final Sessions sessions;
    private final Gate gate = new Gate();
    private final StoresApi api;
    private final MetricsPage metrics;
    private final @Nullable StaticFiles site;

    Front(Node node, ServerConfig config, Sessions sessions) {
        this.node = node;
        this.sessions = sessions;
        this.api = new StoresApi(node, config.bodyBytesMax());
        this.metrics = new MetricsPage(node, sessions);
        Path folder = config.site();
        this.site = folder == null ? null : new StaticFiles(node.loop(), folder);
    }

    void listeningAt(int port) {
        gate.port(port);
    }

    @Override
    public void handle(HttpServerRequest request) {
        node.meters().requested();
        StateException objection = gate.objection(request);
        String path = request.path();
        if (objection != null) {
            Reply.problem(request, objection);
        } else if (path == null || !path.startsWith("/")) {
            Reply.problem(
                    request, new StateException(ErrorCode.BAD_REQUEST, "expected a path, found " + request.uri()));
        } else if (path.equals(SYNC)) {
            upgrade(request);
        } else if (path.equals(StoresApi.PREFIX) || path.startsWith(StoresApi.PREFIX + "/")) {
            api.handle(request, path.substring(StoresApi.PREFIX.length()));
        } else if (path.equals("/health")) {
            Health.answer(request, node, sessions);
        } else if (path.equals("/metrics")) {
            metrics.answer(request);
        } else if (site != null) {
            site.handle(request, path);
        } else {
            Reply.problem(request, new StateException(ErrorCode.NOT_FOUND, "nothing is at " + path));
        }
    }

    private void upgrade(HttpServerRequest request) {
        if (!"websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE))) {
            request.response().putHeader("upgrade", "websocket");
            Reply.problem(
                    request, new HttpProblem(426, ErrorCode.BAD_REQUEST, SYNC + " speaks WebSocket, see Upgrade"));
        } else if (!sessions.haveRoom()) {
            Reply.problem(
                    request,
                    new StateException(
                            ErrorCode.BUSY,
                            sessions.count() + " sessions are open, as many as there may be; try again later"));
        } else {
            request.toWebSocket().onSuccess(sessions::accept);
        }
    }
}
