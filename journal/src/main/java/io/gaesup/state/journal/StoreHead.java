package io.gaesup.state.journal;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where a store stands, in the writer's memory: what the next entry must follow. */
final class StoreHead {
    final long id;
    final String name;
    final long incarnation;
    long revision;
    long checkpointRevision;
    int rejections;
    private final Map<String, Client> clients = new HashMap<>();

    /** A client of the store. */
    static final class Client {
        final long id;
        final String name;
        long sequence;
        long seen;
        /** Whether its row in the table is behind. */
        boolean ahead;

        Client(long id, String name, long sequence, long seen) {
            this.id = id;
            this.name = name;
            this.sequence = sequence;
            this.seen = seen;
        }
    }

    StoreHead(long id, String name, long incarnation) {
        this.id = id;
        this.name = name;
        this.incarnation = incarnation;
    }

    @Nullable
    Client client(String name) {
        return clients.get(name);
    }

    void add(Client client) {
        clients.put(client.name, client);
    }

    Iterable<Client> clients() {
        return clients.values();
    }
}
