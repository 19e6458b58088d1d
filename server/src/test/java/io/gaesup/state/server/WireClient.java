package io.gaesup.state.server;

import io.gaesup.state.core.Batch;
import io.gaesup.state.core.Submission;
import io.gaesup.state.core.Value;
import io.gaesup.state.core.codec.ByteReader;
import io.gaesup.state.core.wire.Frame;
import io.gaesup.state.core.wire.FrameCodec;
import io.gaesup.state.core.wire.KeyTable;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A client that sends and waits for single frames, over a real WebSocket of the JDK. */
final class WireClient implements AutoCloseable, WebSocket.Listener {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int WAIT_SECONDS = 20;

    /** The connection ended. */
    record Closed(int status, String reason) {}

    private final Map<Integer, KeyTable> tables = new HashMap<>();
    private final FrameCodec codec = new FrameCodec(number -> tables.computeIfAbsent(number, n -> KeyTable.learning()));
    private final LinkedBlockingQueue<Object> received = new LinkedBlockingQueue<>();
    private final BiConsumer<WireClient, Object> events;
    private final ByteArrayOutputStream partial = new ByteArrayOutputStream();
    private final WebSocket socket;
    private int messages;

    private WireClient(String url, @Nullable BiConsumer<WireClient, Object> events) {
        this.events = events == null ? (from, event) -> received.add(event) : events;
        socket = HTTP.newWebSocketBuilder()
                .buildAsync(URI.create(url.replace("http:", "ws:") + "/gaesup/sync"), this)
                .join();
    }

    static WireClient connect(GaesupServer server) {
        return new WireClient(server.url(), null);
    }

    /** Connected; frames and the end go to {@code events}, on a thread of the HTTP client. */
    static WireClient connect(String url, BiConsumer<WireClient, Object> events) {
        return new WireClient(url, events);
    }

    /** Connected, and greeted. */
    static WireClient hello(GaesupServer server, String client) {
        return hello(server.url(), client);
    }

    static WireClient hello(String url, String client) {
        var wire = new WireClient(url, null);
        wire.send(new Frame.Hello(Frame.VERSION, client));
        wire.next(Frame.Welcome.class);
        return wire;
    }

    WireClient send(Frame... frames) {
        var out = new ByteArrayOutputStream();
        for (Frame frame : frames) {
            out.writeBytes(codec.encode(frame));
        }
        return sendBytes(out.toByteArray());
    }

    WireClient sendBytes(byte[] bytes) {
        socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
        return this;
    }

    WireClient sendText(String text) {
        socket.sendText(text, true).join();
        return this;
    }

    /** Opens {@code store}, and makes it of {@code initial} if given. */
    Frame.State open(String store, @Nullable Value initial) {
        send(new Frame.Open(store, 0, 0, 0, initial));
        return next(Frame.State.class);
    }

    /** Sends one batch without a base. */
    WireClient submit(int number, long sequence, Batch batch) {
        return send(new Frame.Submit(
                number,
                new Submission.Group(Submission.Group.NO_BASE, List.of(new Submission(sequence, batch.operations())))));
    }

    /** The next frame, which has to be a {@code type}. */
    <T> T next(Class<T> type) {
        Object next = next();
        if (!type.isInstance(next)) {
            throw new AssertionError("expected " + type.getSimpleName() + ", found " + next);
        }
        return type.cast(next);
    }

    Object next() {
        try {
            Object next = received.poll(WAIT_SECONDS, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("nothing came within " + WAIT_SECONDS + " s");
            }
            return next;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The connection's end, whatever comes before. */
    Closed end() {
        while (true) {
            if (next() instanceof Closed closed) {
                return closed;
            }
        }
    }

    /** How many WebSocket messages came. */
    int messages() {
        return messages;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        partial.writeBytes(bytes);
        if (last) {
            messages++;
            var in = new ByteReader(partial.toByteArray());
            partial.reset();
            try {
                while (in.remaining() > 0) {
                    Frame frame = codec.read(in);
                    learn(frame);
                    events.accept(this, frame);
                }
            } catch (RuntimeException e) {
                events.accept(this, e);
            }
        }
        from.request(1);
        return null;
    }

    private void learn(Frame frame) {
        if (frame instanceof Frame.State state) {
            tables.computeIfAbsent(state.number(), n -> KeyTable.learning()).reset(state.keys());
        } else if (frame instanceof Frame.Resumed resumed) {
            tables.computeIfAbsent(resumed.number(), n -> KeyTable.learning()).reset(resumed.keys());
        }
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
        events.accept(this, new Closed(status, reason));
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        events.accept(this, new Closed(-1, String.valueOf(error)));
    }

    @Override
    public void close() {
        socket.abort();
    }
}
