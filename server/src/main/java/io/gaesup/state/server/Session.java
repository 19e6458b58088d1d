package io.gaesup.state.server;

import io.gaesup.state.core.Authority.Outcome;
import io.gaesup.state.core.Decision;
import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.StateException;
import io.gaesup.state.core.Submission;
import io.gaesup.state.core.codec.ByteReader;
import io.gaesup.state.core.codec.ByteWriter;
import io.gaesup.state.core.wire.Frame;
import io.gaesup.state.core.wire.FrameCodec;
import io.gaesup.state.core.wire.KeyTable;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One client's connection: reads its frames, and knows what it has been sent. Threads: the loop. */
final class Session implements Author {
    /*
     * What goes to this client alone (decisions, answers) gathers in a buffer until the end of the turn, and leaves in
     * front of the deltas of that turn, in the same message.
     *
     * Nothing is read from a client whose socket does not take more, or while the disk is behind: it can make the node
     * hold no more than its own limits allow.
     */

    /** How many batches one Submit may bring. */
    static final int SUBMISSIONS_MAX = 10_000;

    private static final System.Logger LOG = System.getLogger(Session.class.getName());

    private static final short PROTOCOL_ERROR = 1002;
    private static final short POLICY_VIOLATION = 1008;
    private static final short TOO_BIG = 1009;
    private static final short INTERNAL_ERROR = 1011;
    private static final int OUTBOX_BYTES_KEPT_MAX = 64 * 1024;

    private final Sessions sessions;
    private final Node node;
    private final ServerWebSocket socket;
    private final FrameCodec codec;
    private final Map<Integer, Feed> feeds = new HashMap<>();
    private ByteWriter outbox = new ByteWriter();
    private String client = "";
    private int opening;
    private boolean closed;
    private boolean paused;

    /** The last beat in which something came from the client. */
    private long heardAt;

    Session(Sessions sessions, Node node, ServerWebSocket socket) {
        this.sessions = sessions;
        this.node = node;
        this.socket = socket;
        this.codec = new FrameCodec(this::keys);
        this.heardAt = sessions.beat();
    }

    void begin() {
        socket.closeHandler(v -> ended());
        socket.exceptionHandler(this::broken);
        socket.drainHandler(v -> drained());
        socket.pongHandler(v -> heardAt = sessions.beat());
        socket.textMessageHandler(text ->
                refuse(new StateException(ErrorCode.BAD_REQUEST, "expected a binary message, found a text message")));
        socket.binaryMessageHandler(this::received);
    }

    String client() {
        return client;
    }

    boolean isGreeted() {
        return !client.isEmpty();
    }

    /** Whether the socket has enough to send for now. */
    boolean isBusy() {
        return closed || socket.isClosed() || socket.writeQueueFull();
    }

    /** Sends away a client that has not said hello by now. */
    void greetedOrGone() {
        if (!isGreeted()) {
            refuse(sessions.noHello());
        }
    }

    /** Asks a silent client for a sign of life, and gives up on one that gave none. */
    void heartbeat(long beat) {
        if (closed) {
            return;
        }
        if (paused && !isBusy()) {
            heardAt = beat;
        }
        long silent = beat - heardAt;
        if (silent > 2) {
            LOG.log(System.Logger.Level.DEBUG, "client ''{0}'' is silent, closing", client);
            node.meters().timedOut();
            closed = true;
            socket.close(POLICY_VIOLATION, "no sign of life");
            ended();
        } else if (silent > 0) {
            socket.writePing(Buffer.buffer());
        }
    }

    // What comes in

    private void received(Buffer message) {
        heardAt = sessions.beat();
        if (closed) {
            return;
        }
        node.meters().received(message.length());
        try {
            ByteReader in = new ByteReader(message.getBytes());
            do {
                int before = in.position();
                Frame frame = codec.read(in);
                handle(frame, in.position() - before);
            } while (in.remaining() > 0 && !closed);
        } catch (StateException e) {
            refuse(e);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "a frame of client '" + client + "' made this fail", e);
            send(new Frame.Failure("", ErrorCode.INTERNAL, e.toString()));
            close(INTERNAL_ERROR, ErrorCode.INTERNAL.name());
        }
        flush();
        if (!paused && (node.committer().isBusy() || isBusy())) {
            pause();
        }
    }

    private void handle(Frame frame, int bytes) {
        if (!isGreeted() && !(frame instanceof Frame.Hello)) {
            throw new StateException(
                    ErrorCode.BAD_REQUEST,
                    "expected Hello first, found " + frame.getClass().getSimpleName());
        }
        switch (frame) {
            case Frame.Hello hello -> hello(hello);
            case Frame.Open open -> open(open);
            case Frame.Leave(int number) -> leave(number);
            case Frame.Submit(int number, Submission.Group group) -> submit(number, group, bytes);
            case Frame.Ping(long nonce) -> send(new Frame.Pong(nonce));
            case Frame.Welcome f -> throw notForServers(f);
            case Frame.State f -> throw notForServers(f);
            case Frame.Resumed f -> throw notForServers(f);
            case Frame.Deltas f -> throw notForServers(f);
            case Frame.Decided f -> throw notForServers(f);
            case Frame.Failure f -> throw notForServers(f);
            case Frame.Pong f -> throw notForServers(f);
        }
    }

    private static StateException notForServers(Frame frame) {
        return new StateException(
                ErrorCode.BAD_REQUEST,
                "a client does not send " + frame.getClass().getSimpleName());
    }

    private void hello(Frame.Hello hello) {
        if (isGreeted()) {
            throw new StateException(ErrorCode.BAD_REQUEST, "a second Hello on one connection");
        }
        if (hello.version() != Frame.VERSION) {
            throw new StateException(
                    ErrorCode.UNSUPPORTED_VERSION,
                    "this server speaks version " + Frame.VERSION + ", the client version " + hello.version());
        }
        client = Names.client(hello.client());
        send(new Frame.Welcome(Frame.VERSION, node.id()));
    }

    private void open(Frame.Open open) {
        String name = open.store();
        if (feeds.size() + opening >= sessions.config().storesPerSessionMax()) {
            fail(
                    name,
                    new StateException(
                            ErrorCode.LIMIT_EXCEEDED,
                            "a connection has at most " + sessions.config().storesPerSessionMax() + " stores open"));
            return;
        }
        Future<HostedStore> found = node.stores()
                .open(name, open.initial())
                .compose(store -> store.prepare(client, open.oldestPending()).map(prepared -> store));
        opening++;
        found.onComplete(done -> {
            opening--;
            if (closed) {
                return;
            }
            if (done.failed()) {
                fail(name, Problems.of(done.cause()));
            } else {
                HostedStore store = done.result();
                forgetEarlierLivesOf(store);
                Feed feed = feeds.computeIfAbsent(store.audience().number(), number -> new Feed(this, store));
                store.audience().join(feed, open);
            }
            flush();
        });
    }

    private void forgetEarlierLivesOf(HostedStore store) {
        feeds.values().removeIf(feed -> feed.store != store && feed.store.name().equals(store.name()));
    }

    private void leave(int number) {
        Feed feed = feeds.remove(number);
        if (feed != null) {
            left(feed);
        }
    }

    private void submit(int number, Submission.Group group, int bytes) {
        Feed feed = feeds.get(number);
        if (feed == null) {
            throw new StateException(ErrorCode.BAD_REQUEST, "no store has the number " + number + " here");
        }
        checkSequences(group);
        HostedStore store = feed.store;
        try {
            store.submit(client, group, bytes, this);
        } catch (StateException e) {
            if (e.code() == ErrorCode.BUSY) {
                throw e; // the client comes back later and sends the same again
            }
            fail(store.name(), e);
        }
    }

    private static void checkSequences(Submission.Group group) {
        int count = group.submissions().size();
        if (count > SUBMISSIONS_MAX) {
            throw new StateException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "a Submit has at most " + SUBMISSIONS_MAX + " batches, this one " + count);
        }
        long before = 0;
        for (Submission submission : group.submissions()) {
            if (submission.sequence() <= before) {
                throw new StateException(
                        ErrorCode.BAD_REQUEST,
                        "sequences start at 1 and grow: " + submission.sequence() + " comes after " + before);
            }
            before = submission.sequence();
        }
    }

    private @Nullable KeyTable keys(int number) {
        Feed feed = feeds.get(number);
        return feed == null ? null : feed.keys();
    }

    // What goes out

    @Override
    public void decided(HostedStore store, List<Outcome> outcomes) {
        if (closed) {
            return;
        }
        int number = store.audience().number();
        for (Outcome outcome : outcomes) {
            send(new Frame.Decided(number, outcome.decision()));
        }
    }

    /** Does nothing: the audience has been told, and with it whoever made a batch. */
    @Override
    public void failed(HostedStore store, StateException reason) {}

    private void fail(String store, StateException reason) {
        node.meters().refused();
        send(new Frame.Failure(store, reason.code(), reason.detail()));
    }

    /** Adds {@code frame} to what leaves at the end of this turn. */
    void send(Frame frame) {
        if (outbox.size() == 0) {
            sessions.hasMail(this);
        }
        codec.write(outbox, frame);
    }

    /** Sends {@code message} now, after what gathered. */
    void send(Buffer message) {
        if (closed) {
            return;
        }
        if (outbox.size() == 0) {
            socket.write(message);
        } else {
            socket.write(mail().appendBuffer(message));
        }
    }

    /** Sends a whole store; {@code root} is its document, encoded. */
    void sendState(
            int number,
            String store,
            long incarnation,
            long revision,
            List<Decision> decisions,
            List<String> keys,
            byte[] root) {
        if (closed) {
            return;
        }
        if (outbox.size() == 0) {
            sessions.hasMail(this);
        }
        FrameCodec.writeStateHead(outbox, number, store, incarnation, revision, decisions, keys);
        socket.writeBinaryMessage(mail().appendBytes(root));
    }

    /** Sends what gathered. */
    void flush() {
        if (!closed && outbox.size() > 0) {
            socket.write(mail());
        }
    }

    private Buffer mail() {
        Buffer mail = Buffer.buffer(outbox.toBytes());
        outbox.reset();
        if (mail.length() > OUTBOX_BYTES_KEPT_MAX) {
            outbox = new ByteWriter();
        }
        return mail;
    }

    private void pause() {
        paused = true;
        socket.pause();
        if (node.committer().isBusy()) {
            node.committer().whenCalm(this::resume);
        }
    }

    private void resume() {
        if (!paused || closed) {
            return;
        }
        if (isBusy()) {
            return;
        }
        if (node.committer().isBusy()) {
            node.committer().whenCalm(this::resume);
            return;
        }
        paused = false;
        socket.resume();
    }

    private void drained() {
        heardAt = sessions.beat();
        for (Feed feed : feeds.values()) {
            if (isBusy()) {
                return;
            }
            feed.store.audience().advance(feed);
        }
        resume();
    }

    // How it ends

    /** The client broke the rules: it is told, and the connection ends. */
    private void refuse(StateException reason) {
        if (closed) {
            return;
        }
        node.meters().refused();
        send(new Frame.Failure("", reason.code(), reason.detail()));
        close(
                reason.code() == ErrorCode.UNSUPPORTED_VERSION ? POLICY_VIOLATION : PROTOCOL_ERROR,
                reason.code().name());
    }

    void close(short status, String reason) {
        if (!closed) {
            flush();
            closed = true;
            socket.close(status, reason);
            ended();
        }
    }

    /** Bytes that are no WebSocket, a message beyond the limit, or a connection that is gone. */
    private void broken(Throwable failure) {
        if (failure instanceof CorruptedWebSocketFrameException e) {
            node.meters().refused();
            close((short) e.closeStatus().code(), e.closeStatus().reasonText());
        } else if (failure instanceof IllegalStateException) {
            node.meters().refused();
            close(TOO_BIG, "a message has at most " + sessions.config().messageBytesMax() + " bytes");
        }
    }

    private void ended() {
        closed = true;
        feeds.values().forEach(this::left);
        feeds.clear();
        sessions.ended(this);
    }

    private void left(Feed feed) {
        feed.store.audience().leave(feed);
        feed.store.forget(client);
    }
}
