package io.gaesup.state.cli.demo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A WebSocket for one thread that waits: what arrives queues up until it is received. */
final class Link implements AutoCloseable {
    private static final long SEND_SECONDS_MAX = 10;

    /** How many messages may wait to be received; beyond, the server has to hold them back. */
    private static final int WAITING_MAX = 64;

    private sealed interface Arrival {}

    private record Message(byte[] bytes) implements Arrival {}

    private record End(String reason) implements Arrival {}

    private final Inbox inbox;
    private final WebSocket socket;

    private Link(WebSocket socket, Inbox inbox) {
        this.socket = socket;
        this.inbox = inbox;
    }

    /**
     * Connects.
     *
     * @throws IllegalArgumentException if there is a server, but none that speaks WebSocket with us at this address
     * @throws IOException if nobody answers
     */
    static Link open(HttpClient http, URI address, Duration timeout) throws IOException, InterruptedException {
        Inbox inbox = new Inbox();
        try {
            WebSocket socket = http.newWebSocketBuilder()
                    .connectTimeout(timeout)
                    .buildAsync(address, inbox)
                    .get();
            return new Link(socket, inbox);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof WebSocketHandshakeException refused) {
                throw new IllegalArgumentException(
                        address + " is no Gaesup-State server: it answered "
                                + refused.getResponse().statusCode(),
                        refused);
            }
            throw new IOException("no connection to " + address + ": " + e.getCause(), e);
        }
    }

    void send(byte[] message) throws IOException, InterruptedException {
        try {
            socket.sendBinary(ByteBuffer.wrap(message), true).get(SEND_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the connection is gone: " + e, e);
        }
    }

    /**
     * The next message; null if none arrives within {@code nanos}.
     *
     * @throws IOException if the connection has ended
     */
    byte @Nullable [] receive(long nanos) throws IOException, InterruptedException {
        Arrival arrival = inbox.queue.poll(nanos, TimeUnit.NANOSECONDS);
        return switch (arrival) {
            case null -> null;
            case Message(byte[] bytes) -> {
                socket.request(1);
                yield bytes;
            }
            case End(String reason) -> throw new IOException("the connection has ended: " + reason);
        };
    }

    @Override
    public void close() {
        socket.abort();
    }

    private static final class Inbox implements WebSocket.Listener {
        private final BlockingQueue<Arrival> queue = new LinkedBlockingQueue<>();
        private final ByteArrayOutputStream parts = new ByteArrayOutputStream();

        @Override
        public void onOpen(WebSocket socket) {
            socket.request(WAITING_MAX);
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            byte[] part = new byte[data.remaining()];
            data.get(part);
            parts.writeBytes(part);
            if (last) {
                queue.add(new Message(parts.toByteArray()));
                parts.reset();
            } else {
                socket.request(1);
            }
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            queue.add(new End("status " + status + (reason.isEmpty() ? "" : ", " + reason)));
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            queue.add(new End(error.toString()));
        }
    }
}
