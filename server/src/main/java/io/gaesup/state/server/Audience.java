package io.gaesup.state.server;

import io.gaesup.state.core.Decision;
import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.Operation;
import io.gaesup.state.core.Snapshot;
import io.gaesup.state.core.StateException;
import io.gaesup.state.core.codec.ByteWriter;
import io.gaesup.state.core.codec.MessagePack;
import io.gaesup.state.core.wire.Frame;
import io.gaesup.state.core.wire.KeyTable;
import io.gaesup.state.core.wire.OperationCodec;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Those who follow one store, and what they are sent. */
final class Audience {
    /*
     * The fan-out is the hot path. A batch is encoded once, into the log. At the end of a turn of the loop each session
     * that is behind and whose socket takes more gets one message with all it misses; sessions that miss the same
     * share the message. A busy socket is passed over and served when it has drained, again with one message; what it
     * misses is held once, in the log, not per socket. Who fell out of the log gets the whole store instead. So a slow
     * reader costs nothing, and bursts leave as few, larger messages: measured at 8 to 18 times the deliveries of one
     * message each (docs/decisions/0007-one-loop.md).
     */

    private final HostedStore store;
    private final int number;
    private final KeyTable keys = KeyTable.giving();
    private final DeltaLog log;
    private final List<Feed> feeds = new ArrayList<>();
    private @Nullable Snapshot encodedOf;
    private @Nullable Future<byte[]> encoded;

    Audience(HostedStore store, int number, long since, List<List<Operation>> lastBatches, NodeConfig config) {
        this.store = store;
        this.number = number;
        this.log = new DeltaLog(number, since, config.deltaLogBatches(), config.deltaLogBytes());
        ByteWriter out = new ByteWriter();
        for (List<Operation> batch : lastBatches) {
            out.reset();
            OperationCodec.write(out, batch, keys);
            log.append(out.toBytes());
        }
    }

    /** What clients call the store. */
    int number() {
        return number;
    }

    /** The numbers of keys in this store's deltas. */
    KeyTable keys() {
        return keys;
    }

    int size() {
        return feeds.size();
    }

    /** The next durable batch; it leaves with {@link #flush}. */
    void append(byte[] batch) {
        log.append(batch);
    }

    /** Sends everybody what is new, as far as their sockets take it. */
    void flush() {
        for (int i = 0; i < feeds.size(); i++) {
            advance(feeds.get(i));
        }
    }

    /** Sends {@code feed} what it misses, as far as its socket takes it. */
    void advance(Feed feed) {
        while (!feed.loading && feed.sent < log.last()) {
            if (feed.session.isBusy()) {
                return;
            }
            if (!log.reaches(feed.sent)) {
                sendState(feed, List.of());
                return;
            }
            DeltaLog.Message message = log.after(feed.sent);
            feed.sent = message.to();
            feed.session.send(message.bytes());
            store.node()
                    .meters()
                    .sent(message.to() - message.from(), message.bytes().length());
        }
    }

    /** Begins to follow, from where the client is if that is known here, else with the whole store. */
    void join(Feed feed, Frame.Open open) {
        if (feed.place < 0) {
            feed.place = feeds.size();
            feeds.add(feed);
        }
        List<Decision> decisions = store.decisionsFrom(feed.session.client(), open.oldestPending());
        if (open.incarnation() == store.incarnation() && log.reaches(open.revision())) {
            feed.turn++;
            feed.loading = false;
            feed.sent = open.revision();
            feed.session.send(new Frame.Resumed(
                    number, store.name(), store.incarnation(), open.revision(), decisions, keys.keys()));
            advance(feed);
        } else {
            sendState(feed, decisions);
        }
    }

    /** Ends following. */
    void leave(Feed feed) {
        if (feed.place >= 0) {
            Feed last = feeds.removeLast();
            if (last != feed) {
                feeds.set(feed.place, last);
                last.place = feed.place;
            }
            feed.place = -1;
        }
        feed.turn++;
        feed.loading = true;
    }

    /** Tells everybody that the store does not go on; nobody follows it after that. */
    void end(ErrorCode code, String message) {
        for (Feed feed : List.copyOf(feeds)) {
            leave(feed);
            feed.session.send(new Frame.Failure(store.name(), code, message));
            feed.session.flush();
        }
    }

    /** Tells everybody that nothing is accepted any more; they keep what they have. */
    void failed(StateException reason) {
        for (Feed feed : feeds) {
            feed.session.send(new Frame.Failure(store.name(), reason.code(), reason.detail()));
            feed.session.flush();
        }
    }

    private void sendState(Feed feed, List<Decision> decisions) {
        Snapshot snapshot = store.durable();
        List<String> keysNow = keys.keys();
        long turn = ++feed.turn;
        feed.loading = true;
        encoded(snapshot).onComplete(done -> {
            if (feed.turn != turn) {
                return;
            }
            if (done.failed()) {
                StateException reason = Problems.of(done.cause());
                leave(feed);
                feed.session.send(new Frame.Failure(store.name(), reason.code(), reason.detail()));
                feed.session.flush();
                return;
            }
            feed.loading = false;
            feed.sent = snapshot.revision();
            feed.session.sendState(
                    number, store.name(), store.incarnation(), snapshot.revision(), decisions, keysNow, done.result());
            store.node().meters().stateSent(done.result().length);
            advance(feed);
        });
    }

    /** The whole store as bytes; the same for all who ask for the same revision. */
    private Future<byte[]> encoded(Snapshot snapshot) {
        Future<byte[]> known = encoded;
        if (known != null && encodedOf == snapshot) {
            return known;
        }
        Future<byte[]> made = store.node().loop().aside(() -> MessagePack.encode(snapshot.root()));
        encodedOf = snapshot;
        encoded = made;
        return made;
    }
}
