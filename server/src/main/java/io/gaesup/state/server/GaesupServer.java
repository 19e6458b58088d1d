package io.gaesup.state.server;

import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.StateException;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.net.BindException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** A node's sockets: HTTP and WebSocket at one port. */
public final class GaesupServer implements AutoCloseable {

    private static final int CLOSING_SECONDS = 5;

    private final Node node;
    private final ServerConfig config;
    private final HttpServer server;
    private final Sessions sessions;
    private boolean closed;

    private GaesupServer(Node node, ServerConfig config, HttpServer server, Sessions sessions) {
        this.node = node;
        this.config = config;
        this.server = server;
        this.sessions = sessions;
    }

    static GaesupServer start(Node node, ServerConfig config) {
        Gate.checkLoopback(config.host());
        CompletableFuture<GaesupServer> started = new CompletableFuture<>();
        node.loop().execute(() -> {
            HttpServer http = node.loop().vertx().createHttpServer(options(config));
            Sessions sessions = new Sessions(node, config);
            Front front = new Front(node, config, sessions);
            http.requestHandler(front).listen().onComplete(done -> {
                if (done.succeeded()) {
                    front.listeningAt(http.actualPort());
                    started.complete(new GaesupServer(node, config, http, sessions));
                } else {
                    sessions.close();
                    started.completeExceptionally(cannotListen(config, done.cause()));
                }
            });
        });
        try {
            return started.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof StateException reason ? reason : e;
        }
    }

    private static HttpServerOptions options(ServerConfig config) {
        return new HttpServerOptions()
                .setHost(config.host())
                .setPort(config.port())
                .setTcpNoDelay(true)
                .setReuseAddress(true)
                .setAcceptBacklog(1024)
                .setHttp2ClearTextEnabled(false)
                .setCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setMaxWebSocketFrameSize(config.messageBytesMax())
                .setMaxWebSocketMessageSize(config.messageBytesMax())
                .setHandle100ContinueAutomatically(true);
    }

    private static StateException cannotListen(ServerConfig config, Throwable cause) {
        String where = config.host() + ":" + config.port();
        if (cause instanceof BindException) {
            return new StateException(
                    ErrorCode.PORT_IN_USE,
                    where + " is taken by another program; stop that one, or choose another port (0 takes a free one)",
                    cause);
        }
        return new StateException(ErrorCode.INTERNAL, "cannot listen at " + where + ": " + cause, cause);
    }

    /** The port it listens at. */
    public int port() {
        return server.actualPort();
    }

    /** Where it is, for people: {@code http://127.0.0.1:4100}. */
    public String url() {
        String host = config.host().contains(":") ? "[" + config.host() + "]" : config.host();
        return "http://" + host + ":" + port();
    }

    /** Stops listening, answers what was asked, and ends all sessions. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        CompletableFuture<Future<Void>> closing = new CompletableFuture<>();
        node.loop().execute(() -> {
            sessions.close();
            closing.complete(server.shutdown(CLOSING_SECONDS, TimeUnit.SECONDS));
        });
        closing.join().toCompletionStage().toCompletableFuture().join();
    }
}
