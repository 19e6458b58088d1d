package io.gaesup.state.bench.engine;

import clojure.lang.IPersistentMap;
import clojure.lang.ITransientMap;
import clojure.lang.PersistentHashMap;
import io.gaesup.state.core.LocalStore;
import io.gaesup.state.core.Path;
import io.lacuna.bifurcan.IMap;
import io.vavr.collection.HashMap;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.pcollections.HashPMap;

/**
 * What do 1,000 increments over 100 counters cost in one batch with one notification, whose listener takes a snapshot?
 *
 * <p>Back of the envelope: a transient map finds and replaces a boxed number, 30 to 50 ns each, 30 to 50 us in all. Ours
 * adds the making of 1,000 operations to that; changing numbers in place without boxes would cost 5 us.
 */
public class Increments {

    static final int COUNTERS = 100;
    static final int INCREMENTS = 1_000;

    private static final String[] NAMES = Documents.counters(COUNTERS).keySet().toArray(new String[0]);

    /** One way to keep the counters. */
    public abstract static class Counters {

        private @Nullable Object heard;

        /** Does the batch; the listener hears of the result once. */
        abstract void increment();

        final void listen(Object snapshot) {
            heard = snapshot;
        }

        final Object step() {
            heard = null;
            increment();
            return heard();
        }

        final Object heard() {
            return Objects.requireNonNull(heard);
        }
    }

    @State(Scope.Thread)
    public static class Ours extends Counters {
        private final LocalStore store = LocalStore.create("counters", Forms.ours(Documents.counters(COUNTERS)));
        private final Path[] paths = new Path[COUNTERS];

        public Ours() {
            for (int counter = 0; counter < COUNTERS; counter++) {
                paths[counter] = Path.ROOT.child(NAMES[counter]);
            }
            store.subscribe(
                    Path.ROOT, change -> listen(change.store().snapshot().root()));
        }

        @Override
        void increment() {
            store.batch(batch -> {
                for (int i = 0; i < INCREMENTS; i++) {
                    batch.increment(paths[i % COUNTERS], 1);
                }
            });
        }
    }

    @State(Scope.Thread)
    @SuppressWarnings("unchecked")
    public static class Vavr extends Counters {
        private HashMap<String, Object> counters = (HashMap<String, Object>) Forms.vavr(Documents.counters(COUNTERS));

        @Override
        void increment() {
            for (int i = 0; i < INCREMENTS; i++) {
                var name = NAMES[i % COUNTERS];
                counters = counters.put(name, (Long) counters.get(name).get() + 1);
            }
            listen(counters);
        }
    }

    @State(Scope.Thread)
    @SuppressWarnings({"unchecked", "NullAway"}) // all keys are there
    public static class Pcollections extends Counters {
        private HashPMap<String, Object> counters =
                (HashPMap<String, Object>) Forms.pcollections(Documents.counters(COUNTERS));

        @Override
        void increment() {
            for (int i = 0; i < INCREMENTS; i++) {
                var name = NAMES[i % COUNTERS];
                counters = counters.plus(name, (Long) counters.get(name) + 1);
            }
            listen(counters);
        }
    }

    /** With a transient. */
    @State(Scope.Thread)
    public static class Clojure extends Counters {
        private IPersistentMap counters = (IPersistentMap) Forms.clojure(Documents.counters(COUNTERS));

        @Override
        void increment() {
            ITransientMap open = ((PersistentHashMap) counters).asTransient();
            for (int i = 0; i < INCREMENTS; i++) {
                var name = NAMES[i % COUNTERS];
                open = open.assoc(name, (Long) open.valAt(name) + 1);
            }
            counters = open.persistent();
            listen(counters);
        }
    }

    /** With a linear map, which is Bifurcan's transient. */
    @State(Scope.Thread)
    @SuppressWarnings("unchecked")
    public static class Bifurcan extends Counters {
        private IMap<String, Object> counters = (IMap<String, Object>) Forms.bifurcan(Documents.counters(COUNTERS));

        @Override
        void increment() {
            var open = counters.linear();
            for (int i = 0; i < INCREMENTS; i++) {
                var name = NAMES[i % COUNTERS];
                open.put(name, (Long) open.get(name, 0L) + 1);
            }
            counters = open.forked();
            listen(counters);
        }
    }

    @Benchmark
    public Object ours(Ours counters) {
        return counters.step();
    }

    @Benchmark
    public Object vavr(Vavr counters) {
        return counters.step();
    }

    @Benchmark
    public Object pcollections(Pcollections counters) {
        return counters.step();
    }

    @Benchmark
    public Object clojure(Clojure counters) {
        return counters.step();
    }

    @Benchmark
    public Object bifurcan(Bifurcan counters) {
        return counters.step();
    }
}
