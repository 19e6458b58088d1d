package io.gaesup.state.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Hypothesis: a snapshot is whole and never changes, on whichever thread it is read, while its store is written without
 * pause; no matter whether it came over a volatile field or a plain one.
 *
 * <p>What could break it: a node that the writer still takes for its own, and changes in place, is reachable from a
 * snapshot; a cache that readers fill for each other is not one value; or a reader that got the snapshot by a data race sees a
 * node before what was written into it. The last is what the final field of {@link Snapshot} forbids: whoever
 * reads {@link Snapshot#root} sees all that was written before the snapshot was made (JLS 17.5). That is not promised of a
 * bare {@link Value}.
 *
 * <p>Every odd revision is a batch that writes its number to two cells of one row, to a large map, to a nested list and to
 * the root, inserts a row and removes one; every even one is a single set, which changes the tree in place where it may.
 * Readers look for anything else than that. Some thousand revisions always, many with {@code -Pdeep}.
 */
final class SnapshotReadersTest {

    private static final int REVISIONS = Boolean.getBoolean("gaesup.deep") ? 1_000_000 : 10_000;
    private static final int READERS = 2;
    private static final int ROWS = 100;
    private static final int KEYS = 60;

    /** Kept by each reader, and looked at again in the end. */
    private static final int KEPT = 50;

    private static final VarHandle FIELD;

    static {
        try {
            FIELD = MethodHandles.lookup().findVarHandle(SnapshotReadersTest.class, "published", Snapshot.class);
        } catch (ReflectiveOperationException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** How the snapshot comes to the other thread. */
    enum Handover {
        VOLATILE,
        RACE
    }

    /** Paths are shared, too: they remember where a key was found last. */
    private static final Path LAST = Path.of("/last");

    private static final Path EVEN = Path.of("/nested/even");
    private static final Path TABLE = Path.of("/rows");
    private static final Path LARGE = Path.of("/large");
    private static final Path NESTED = Path.of("/nested/list/0");

    @Nullable
    Snapshot published;

    @ParameterizedTest
    @EnumSource
    void seeEachRevisionWholeWhileTheWriterGoesOn(Handover handover) throws Exception {
        LocalStore store = LocalStore.create("shared", start());
        publish(handover, store.snapshot());
        try (var threads = Executors.newFixedThreadPool(READERS)) {
            List<Future<Long>> readers = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                readers.add(threads.submit(() -> read(handover)));
            }
            SplittableRandom random = new SplittableRandom(20_261_123);
            for (int revision = 1; revision < REVISIONS; revision += 2) {
                store.apply(write(revision, random));
                if (revision % 3 != 0) {
                    publish(handover, store.snapshot());
                }
                store.set(EVEN, Value.of(revision + 1));
                if (revision % 5 != 0) {
                    publish(handover, store.snapshot());
                }
            }
            publish(handover, store.snapshot());
            for (Future<Long> reader : readers) {
                assertThat(seen(reader)).as("snapshots that a reader looked at").isPositive();
            }
        }
    }

    private static long seen(Future<Long> reader) throws InterruptedException {
        try {
            return reader.get();
        } catch (ExecutionException e) {
            throw new AssertionError("a reader failed", e.getCause());
        }
    }

    private void publish(Handover handover, Snapshot snapshot) {
        if (handover == Handover.VOLATILE) {
            FIELD.setVolatile(this, snapshot);
        } else {
            FIELD.setOpaque(this, snapshot);
        }
    }

    private Snapshot take(Handover handover) {
        Object found = handover == Handover.VOLATILE ? FIELD.getVolatile(this) : FIELD.getOpaque(this);
        return (Snapshot) Objects.requireNonNull(found);
    }

    private static Value start() {
        ListValue.Builder rows = ListValue.builder();
        for (int i = 0; i < ROWS; i++) {
            rows.add(row(0));
        }
        MapValue.Builder large = MapValue.builder();
        for (int i = 0; i < KEYS; i++) {
            large.put("k" + i, Value.of(0));
        }
        return MapValue.builder()
                .put("last", Value.of(0))
                .put("rows", rows.build())
                .put("large", large.build())
                .put("nested", MapValue.of("list", ListValue.of(Value.of(0)), "even", Value.of(0)))
                .build();
    }

    private static Value row(long revision) {
        return MapValue.of("n", Value.of(revision), "name", Value.of("row " + revision), "twin", Value.of(revision));
    }

    private static Batch write(int revision, SplittableRandom random) {
        Value now = Value.of(revision);
        Path row = TABLE.child(random.nextInt(ROWS));
        Batch.Builder batch = Batch.builder().set("/last", now).set("/nested/list/0", now);
        batch.set(row + "/n", now)
                .set(row + "/name", Value.of("row " + revision))
                .set(row + "/twin", now);
        batch.set("/large/k" + random.nextInt(KEYS), now).set("/large/last", now);
        batch.insert(TABLE.child(random.nextInt(ROWS + 1)).toString(), row(revision));
        return batch.delete(TABLE.child(random.nextInt(ROWS)).toString()).build();
    }

    private long read(Handover handover) {
        List<Snapshot> kept = new ArrayList<>();
        Snapshot before = take(handover);
        long count = 0;
        while (before.revision() < REVISIONS) {
            Snapshot now = take(handover);
            if (now == before) {
                Thread.onSpinWait();
                continue;
            }
            check(now);
            if (count % 64 == 0) {
                Snapshot older = before.revision() < now.revision() ? before : now;
                Snapshot newer = older == now ? before : now;
                assertThat(newer.since(older).applyTo(older.root())).isEqualTo(newer.root());
                if (kept.size() < KEPT) {
                    kept.add(now);
                }
            }
            before = now;
            count++;
        }
        kept.forEach(SnapshotReadersTest::check);
        return count;
    }

    /** By all ways of reading: by path, by key, by place, in a row and one by one. */
    private static void check(Snapshot snapshot) {
        long even = snapshot.revision() / 2 * 2;
        Value now = Value.of(snapshot.revision() == 0 || even < snapshot.revision() ? snapshot.revision() : even - 1);
        boolean hasLast = now.equals(snapshot.get(LAST)) && now.equals(snapshot.get(NESTED));
        if (!hasLast || !Value.of(even).equals(snapshot.get(EVEN))) {
            fail(
                    snapshot,
                    "last " + snapshot.get(LAST) + ", nested " + snapshot.get(NESTED) + ", even " + snapshot.get(EVEN));
        }
        ListValue rows = (ListValue) Objects.requireNonNull(snapshot.get(TABLE));
        int count = 0;
        for (Value each : rows) {
            MapValue row = (MapValue) each;
            Value.Int n = (Value.Int) Objects.requireNonNull(row.get("n"));
            boolean isWhole =
                    n.equals(row.get("twin")) && Value.of("row " + n.value()).equals(row.get("name"));
            if (!isWhole || n.value() > snapshot.revision() || !each.equals(rows.get(count))) {
                fail(snapshot, "row " + count + " with " + n + " and " + row.get("twin"));
            }
            count++;
        }
        if (count != ROWS) {
            fail(snapshot, count + " rows");
        }
        MapValue large = (MapValue) Objects.requireNonNull(snapshot.get(LARGE));
        int[] entries = {0};
        large.forEach((key, value) -> {
            if (((Value.Int) value).value() > snapshot.revision() || !value.equals(large.get(key))) {
                fail(snapshot, key + " is " + value);
            }
            entries[0]++;
        });
        boolean isStart = snapshot.revision() == 0;
        if (entries[0] != (isStart ? KEYS : KEYS + 1) || !(isStart || now.equals(large.get("last")))) {
            fail(snapshot, entries[0] + " entries, the last " + large.get("last"));
        }
    }

    private static void fail(Snapshot snapshot, String what) {
        throw new AssertionError("revision " + snapshot.revision() + ": " + what);
    }
}
