package io.gaesup.state.core;

import io.gaesup.state.core.codec.ByteReader;
import io.gaesup.state.core.wire.Frame;
import io.gaesup.state.core.wire.FrameCodec;
import io.gaesup.state.core.wire.KeyTable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An authority and lines to it, as bytes in queues. Whoever drives it decides when a frame arrives, when a line breaks
 * and what is lost with it; everything else is the protocol.
 */
final class ReplicaNetwork {

    private static final int NUMBER = 7;
    private static final long INCARNATION = 3;

    final Authority authority;
    private final KeyTable keys = KeyTable.giving();
    private final FrameCodec codec = new FrameCodec(number -> keys);
    private final List<List<Operation>> log = new ArrayList<>();
    private final Map<String, Line> lines = new HashMap<>();
    private long oldestKept;
    private int lastLine;
    private long lastSent;

    ReplicaNetwork(Value document) {
        authority = new Authority(LocalStore.create("board", document), (client, sequence) -> null);
    }

    /** From now on a client that has an older revision than this gets the whole document. */
    void forgetHistory() {
        oldestKept = authority.store().revision();
    }

    /** A frame to a client; one of the same line with a smaller number was sent before. */
    private record Sent(long number, byte[] bytes) {}

    /** One connection: frames on their way, each direction in order; but decisions do not wait behind deltas. */
    final class Line {

        private final Client client;
        private final int number = ++lastLine;
        private final Deque<byte[]> up = new ArrayDeque<>();
        private final Deque<Sent> down = new ArrayDeque<>();
        private final Deque<Sent> decisions = new ArrayDeque<>();
        private boolean open;
        private boolean answered;

        private Line(Client client) {
            this.client = client;
        }

        /** The server takes the next frame of the client. */
        boolean serve() {
            byte[] frame = up.poll();
            if (frame == null) {
                return false;
            }
            switch (codec.read(new ByteReader(frame))) {
                case Frame.Open from -> open(from);
                case Frame.Submit submit -> {
                    if (open) {
                        decide(submit.group());
                    }
                }
                case Frame other -> throw new AssertionError("a client sent " + other);
            }
            return true;
        }

        /** A client's new line ends its old one, so that nothing which is still under way there counts. */
        private void open(Frame.Open from) {
            Line other = lines.get(client.id);
            if (other != null && other.number > number) {
                return;
            }
            if (other != null) {
                other.open = false;
            }
            lines.put(client.id, this);
            open = true;
            List<Decision> decisions =
                    from.oldestPending() == 0 ? List.of() : authority.decisionsFrom(client.id, from.oldestPending());
            Snapshot now = authority.store().snapshot();
            if (from.incarnation() != INCARNATION || from.revision() < oldestKept) {
                send(new Frame.State(NUMBER, "board", INCARNATION, now.revision(), decisions, keys.keys(), now.root()));
                return;
            }
            send(new Frame.Resumed(NUMBER, "board", INCARNATION, now.revision(), decisions, keys.keys()));
            if (from.revision() < now.revision()) {
                send(new Frame.Deltas(NUMBER, from.revision() + 1, log.subList((int) from.revision(), log.size())));
            }
        }

        private void decide(Submission.Group group) {
            List<Authority.Outcome> outcomes;
            try {
                outcomes = authority.decide(client.id, group);
            } catch (StateException e) {
                send(new Frame.Failure("board", e.code(), e.detail()));
                return;
            }
            for (Authority.Outcome outcome : outcomes) {
                decisions.add(sent(codec.encode(new Frame.Decided(NUMBER, outcome.decision()))));
                if (outcome.decision().isApplied() && !outcome.repeated()) {
                    log.add(outcome.operations());
                    byte[] delta = codec.encode(new Frame.Deltas(NUMBER, log.size(), List.of(outcome.operations())));
                    lines.values().forEach(line -> line.down.add(sent(delta)));
                }
            }
        }

        /** The client reads too slowly: instead of all deltas that wait for it, the whole document follows. */
        private void fallBehind() {
            if (answered) {
                down.clear();
                Snapshot now = authority.store().snapshot();
                send(new Frame.State(NUMBER, "board", INCARNATION, now.revision(), List.of(), keys.keys(), now.root()));
            }
        }

        private void send(Frame frame) {
            down.add(sent(codec.encode(frame)));
        }

        private Sent sent(byte[] bytes) {
            return new Sent(++lastSent, bytes);
        }

        /** The next frame for the client; a decision may overtake deltas that were sent before it. */
        private byte @Nullable [] next(boolean overtakes) {
            Sent frame = down.peek();
            Sent decision = answered ? decisions.peek() : null;
            if (decision != null && (frame == null || overtakes || decision.number < frame.number)) {
                return decisions.remove().bytes;
            }
            answered |= frame != null;
            return frame == null ? null : down.remove().bytes;
        }
    }

    /** A replica, and the line it has now. */
    final class Client {

        final String id;
        final Replica replica;
        private final KeyTable known = KeyTable.learning();
        private final FrameCodec clientCodec = new FrameCodec(number -> known);
        private Line line = new Line(this);
        private boolean connected;

        Client(String id, Supplier<Value> initial) {
            this.id = id;
            this.replica = new Replica("board", initial.get());
        }

        boolean isConnected() {
            return connected;
        }

        /** What is still under way on the line that was open until now; the server may yet get it. */
        Line disconnect() {
            Line broken = line;
            broken.down.clear();
            broken.decisions.clear();
            connected = false;
            replica.disconnected();
            return broken;
        }

        void connect() {
            line = new Line(this);
            connected = true;
            line.up.add(clientCodec.encode(
                    new Frame.Open("board", replica.incarnation(), replica.revision(), replica.oldestPending(), null)));
        }

        /** Sends what waits, if it is its turn. */
        boolean send() {
            Submission.Group group = connected ? replica.nextGroup() : null;
            if (group != null) {
                line.up.add(clientCodec.encode(new Frame.Submit(NUMBER, group)));
            }
            return group != null;
        }

        boolean serve() {
            return line.serve();
        }

        void fallBehind() {
            line.fallBehind();
        }

        /** Takes the next frame of the server; {@code overtakes} if a decision may come before earlier deltas. */
        boolean receive(boolean overtakes) {
            byte[] frame = connected ? line.next(overtakes) : null;
            if (frame == null) {
                return false;
            }
            ByteReader in = new ByteReader(frame);
            switch (read(in)) {
                case Frame.State state ->
                    replica.state(state.incarnation(), state.revision(), state.root(), state.decisions());
                case Frame.Resumed resumed -> replica.resume(resumed.decisions());
                case Frame.Deltas deltas -> replica.deltas(deltas.first(), deltas.batches());
                case Frame.Decided decided -> replica.decide(decided.decision());
                case Frame.Failure failure when failure.code() == ErrorCode.STALE_REVISION -> replica.sendAgain();
                case Frame other -> throw new AssertionError("the server sent " + other);
            }
            return true;
        }

        private Frame read(ByteReader in) {
            Frame frame = clientCodec.read(in);
            if (frame instanceof Frame.State state) {
                known.reset(state.keys());
            } else if (frame instanceof Frame.Resumed resumed) {
                known.reset(resumed.keys());
            }
            return frame;
        }
    }
}
