package io.gaesup.state.browser;

import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.LocalStore;
import io.gaesup.state.core.Replica;
import io.gaesup.state.core.StateException;
import io.gaesup.state.core.Store;
import io.gaesup.state.core.Subscription;
import io.gaesup.state.core.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A store of the page under its name: at first on its own, a replica while it is attached to a {@link Link}. Handles and
 * subscriptions stay through the change.
 */
final class Room {
    private record Watch(Target target, Subscription subscription) {}

    final String name;

    /** What the page made it with; null if it left that to whoever has the store. */
    final @Nullable Value initial;

    /** The connection it is attached to. */
    @Nullable
    Link link;

    private final Map<Integer, Watch> watches = new LinkedHashMap<>();
    private final Output output;
    private Store store;

    Room(String name, @Nullable Value initial, Output output) {
        this.name = name;
        this.initial = initial;
        this.output = output;
        this.store = initial == null ? LocalStore.create(name) : LocalStore.create(name, initial);
    }

    Store store() {
        return store;
    }

    /** Goes on as a replica that shows what is here until it knows better. */
    Replica attach(Link to) {
        if (link != null) {
            throw new StateException(ErrorCode.BAD_REQUEST, "store '" + name + "' is connected already");
        }
        link = to;
        Replica replica = new Replica(name, store.snapshot().root());
        become(replica);
        return replica;
    }

    /** Goes on alone with what it shows now. */
    void detach() {
        link = null;
        become(LocalStore.create(name, store.snapshot().root()));
    }

    void watch(int id, Target target) {
        watches.put(id, new Watch(target, listen(id, target)));
    }

    void unwatch(int id) {
        Watch watch = watches.remove(id);
        if (watch != null) {
            watch.subscription.close();
        }
    }

    private void become(Store next) {
        Store before = store;
        store = next;
        watches.replaceAll((id, watch) -> new Watch(watch.target, listen(id, watch.target)));
        before.close();
    }

    private Subscription listen(int id, Target target) {
        return store.subscribe(target.path, _ -> output.fire(id));
    }
}
