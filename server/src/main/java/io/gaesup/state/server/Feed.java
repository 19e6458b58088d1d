package io.gaesup.state.server;

import io.gaesup.state.core.wire.KeyTable;

/** One session at one store: how far it has been sent. Threads: the loop. */
final class Feed {

    final Session session;
    final HostedStore store;

    /** Where it is in the audience's list; -1 if it follows no more. */
    int place = -1;

    /** The revision the session has been sent. */
    long sent;

    /** Whether the whole store is on its way, or nothing is to be sent at all. */
    boolean loading = true;

    /** Counts what was begun, so that an answer that comes late is known for one. */
    long turn;

    Feed(Session session, HostedStore store) {
        this.session = session;
        this.store = store;
    }

    KeyTable keys() {
        return store.audience().keys();
    }
}
