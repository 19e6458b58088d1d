package io.gaesup.state.server;

import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.StateException;
import io.vertx.core.http.ServerWebSocket;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** All WebSocket connections of a server. Threads: the loop. */
final class Sessions {

    private static final short GOING_AWAY = 1001;

    private final Node node;
    private final ServerConfig config;
    private final Set<Session> sessions = new LinkedHashSet<>();
    private final List<Session> withMail = new ArrayList<>();
    private final long timer;
    private boolean mailing;
    private long beat;

    Sessions(Node node, ServerConfig config) {
        this.node = node;
        this.config = config;
        long millis = Math.max(1, config.heartbeat().toMillis());
        this.timer = node.loop().vertx().setPeriodic(millis, id -> heartbeat());
    }

    ServerConfig config() {
        return config;
    }

    int count() {
        return sessions.size();
    }

    /** How many heartbeats there were. */
    long beat() {
        return beat;
    }

    /** Whether one more has room. */
    boolean haveRoom() {
        return sessions.size() < config.sessionsMax();
    }

    void accept(ServerWebSocket socket) {
        Session session = new Session(this, node, socket);
        sessions.add(session);
        node.meters().opened();
        session.begin();
        node.loop().vertx().setTimer(Math.max(1, config.helloWithin().toMillis()), id -> session.greetedOrGone());
    }

    /** Something gathered for {@code session}: it leaves at the end of this turn. */
    void hasMail(Session session) {
        withMail.add(session);
        if (!mailing) {
            mailing = true;
            node.loop().execute(this::mail);
        }
    }

    private void mail() {
        mailing = false;
        List<Session> now = List.copyOf(withMail);
        withMail.clear();
        now.forEach(Session::flush);
    }

    void ended(Session session) {
        sessions.remove(session);
    }

    private void heartbeat() {
        beat++;
        for (Session session : List.copyOf(sessions)) {
            session.heartbeat(beat);
        }
    }

    /** Ends all of them. */
    void close() {
        node.loop().vertx().cancelTimer(timer);
        for (Session session : List.copyOf(sessions)) {
            session.close(GOING_AWAY, "the server stops");
        }
    }

    /** Why a client that says nothing is sent away. */
    StateException noHello() {
        return new StateException(
                ErrorCode.BAD_REQUEST, "no Hello within " + config.helloWithin().toMillis() + " ms");
    }
}
