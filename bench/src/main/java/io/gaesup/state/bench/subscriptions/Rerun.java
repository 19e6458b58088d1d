package io.gaesup.state.bench.subscriptions;

import io.gaesup.state.core.LocalStore;
import io.gaesup.state.core.Path;
import io.gaesup.state.core.Value;
import java.util.ArrayList;
import java.util.List;

/** The baseline: after each commit every selector runs again and its result is compared, as small stores do it. */
final class Rerun {

    private final List<Path> paths = new ArrayList<>();
    private final List<Value> results = new ArrayList<>();
    private final LocalStore store;
    long told;

    Rerun(LocalStore store, int selectors) {
        this.store = store;
        for (int i = 0; i < selectors; i++) {
            paths.add(Audience.price(i));
            results.add(Value.NULL);
        }
        afterCommit();
        told = 0;
        store.subscribe(Path.ROOT, change -> afterCommit());
    }

    private void afterCommit() {
        var snapshot = store.snapshot();
        for (int i = 0; i < paths.size(); i++) {
            var now = snapshot.get(paths.get(i));
            if (now != null && !now.equals(results.get(i))) {
                results.set(i, now);
                told++;
            }
        }
    }

    void commit(int times) {
        for (int i = 0; i < times; i++) {
            store.increment(Audience.CHANGED, 1);
        }
    }

    List<Value> results() {
        return results;
    }
}
