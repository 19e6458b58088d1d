package io.gaesup.state.server;

import io.gaesup.state.core.Authority;
import io.gaesup.state.core.StateException;
import java.util.List;

/** Who asked for batches of a store and waits to hear what became of them. Called on the loop, once. */
interface Author {

    /** All of it is decided and on disk; {@code store.durable()} has what was applied. */
    void decided(HostedStore store, List<Authority.Outcome> outcomes);

    /** Nothing of it is known to be kept. */
    void failed(HostedStore store, StateException reason);
}
