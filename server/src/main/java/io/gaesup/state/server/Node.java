package io.gaesup.state.server;

import io.gaesup.state.core.StateException;
import io.gaesup.state.journal.Journal;

/** What the parts of one node share. */
final class Node {

    private static final System.Logger LOG = System.getLogger(Node.class.getName());

    private final NodeConfig config;
    private final String id;
    private final Loop loop;
    private final Journal journal;
    private final Meters meters = new Meters();
    private final Committer committer;
    private final Stores stores;

    Node(NodeConfig config, String id, Loop loop, Journal journal) {
        this.config = config;
        this.id = id;
        this.loop = loop;
        this.journal = journal;
        this.committer = new Committer(loop, journal);
        this.stores = new Stores(this);
    }

    NodeConfig config() {
        return config;
    }

    /** Another one for each opening of a node. */
    String id() {
        return id;
    }

    Loop loop() {
        return loop;
    }

    Journal journal() {
        return journal;
    }

    Meters meters() {
        return meters;
    }

    Committer committer() {
        return committer;
    }

    Stores stores() {
        return stores;
    }

    /** A store could not be written. */
    void failed(HostedStore store, StateException reason) {
        LOG.log(
                System.Logger.Level.ERROR,
                "store '" + store.name() + "' stays at revision "
                        + store.durable().revision() + ": " + reason.getMessage());
    }
}
