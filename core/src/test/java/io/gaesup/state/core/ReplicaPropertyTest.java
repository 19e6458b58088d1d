package io.gaesup.state.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/**
 * Many clients edit one board of rows over slow and breaking lines. In the end all hold the same document, and each edit
 * is where it was meant to be: rows carry an id, and whoever edits a row writes the id he saw.
 */
@Label("replicas")
final class ReplicaPropertyTest {

    private static final boolean DEEP = Boolean.getBoolean("gaesup.deep");
    private static final String[] LISTS = {"a", "b"};
    private static final Value START = Notation.read("{'count':0,'m':{},'a':[],'b':[]}");

    @Property
    void allConvergeAndEachEditHitsItsRow(
            @ForAll @IntRange(min = 2, max = 8) int clients, @ForAll("scripts") List<Long> steps) {
        run(clients, steps, false);
    }

    @Property
    void alsoWhereTheServerForgetsItsHistory(
            @ForAll @IntRange(min = 2, max = 8) int clients, @ForAll("scripts") List<Long> steps) {
        run(clients, steps, true);
    }

    @Property(tries = 5)
    void aCrowdConverges(@ForAll long seed) {
        Board board = new Board(DEEP ? 300 : 40, false);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = DEEP ? 30_000 : 1500; i > 0; i--) {
            board.step(random.split());
            if (i % 500 == 0) {
                board.look();
            }
        }
        board.settle();
        board.check();
    }

    @Provide
    Arbitrary<List<Long>> scripts() {
        return Scripts.ofSteps(DEEP ? 600 : 200);
    }

    private static void run(int clients, List<Long> steps, boolean forgetful) {
        Board board = new Board(clients, forgetful);
        for (long step : steps) {
            board.step(new SplittableRandom(step));
            board.look();
        }
        board.settle();
        board.check();
    }

    /** An edit that somebody made, and the row he saw there. */
    private record Made(String what, long row, long amount, Commit commit) {
        private boolean isConfirmed() {
            return commit.committed().revision() >= 0;
        }
    }

    private static final class Board {

        private final ReplicaNetwork network = new ReplicaNetwork(START);
        private final List<ReplicaNetwork.Client> clients = new ArrayList<>();
        private final List<ReplicaNetwork.Line> broken = new ArrayList<>();
        private final List<Made> made = new ArrayList<>();
        private final List<Watch> watches = new ArrayList<>();
        private final boolean forgetful;
        private long lastRow;
        private long lastEdit;

        private Board(int count, boolean forgetful) {
            this.forgetful = forgetful;
            for (int i = 0; i < count; i++) {
                ReplicaNetwork.Client client = network.new Client("client" + i, () -> START);
                clients.add(client);
                client.connect();
                watches.add(new Watch(client.replica));
            }
        }

        void step(SplittableRandom random) {
            ReplicaNetwork.Client client = clients.get(random.nextInt(clients.size()));
            switch (random.nextInt(20)) {
                case 0 -> {
                    if (client.isConnected()) {
                        broken.add(client.disconnect());
                    } else {
                        client.connect();
                    }
                }
                case 1 -> {
                    if (!broken.isEmpty()) {
                        broken.get(random.nextInt(broken.size())).serve();
                    }
                }
                case 2 -> {
                    if (forgetful) {
                        network.forgetHistory();
                        clients.get(random.nextInt(clients.size())).fallBehind();
                    }
                }
                case 3, 4, 5, 6, 7, 8 -> edit(client.replica, random);
                default -> {
                    for (int i = random.nextInt(4); i >= 0; i--) {
                        client.send();
                        clients.get(random.nextInt(clients.size())).serve();
                        clients.get(random.nextInt(clients.size())).receive(random.nextBoolean());
                    }
                }
            }
        }

        /** Fails if a listener was not told of something. */
        void look() {
            watches.forEach(Watch::check);
        }

        private void edit(Replica replica, SplittableRandom random) {
            String list = LISTS[random.nextInt(2)];
            Path path = Path.ROOT.child(list);
            ListValue rows = (ListValue) replica.snapshot().get(path);
            int size = rows.size();
            int at = size == 0 ? 0 : random.nextInt(size);
            Path row = path.child(at);
            long id = size == 0 ? 0 : id(rows.get(at));
            String name = "e" + ++lastEdit;
            int amount = 1 + random.nextInt(9);
            Batch.Builder batch = Batch.builder();
            switch (size == 0 ? random.nextInt(3) : random.nextInt(14)) {
                case 0 -> make("count", 0, amount, replica, batch.increment("/count", amount));
                case 1 ->
                    insert(
                            replica,
                            batch,
                            random.nextBoolean() ? path.child("-") : path.child(random.nextInt(size + 1)));
                case 2 -> {
                    // refused if others counted meanwhile; what is made behind it must not miss its row then
                    Value count = replica.snapshot().get(Path.of("/count"));
                    insert(replica, batch.test("/count", count), path.child(random.nextInt(size + 1)));
                }
                case 3 -> make("delete", id, 0, replica, batch.delete(row.toString()));
                case 4, 5 -> {
                    // who sees two documents only does not follow a row from list to list
                    Path to = forgetful ? path : Path.ROOT.child(LISTS[random.nextInt(2)]);
                    int targets = ((ListValue) replica.snapshot().get(to)).size() - (to.equals(path) ? 1 : 0);
                    make(
                            "move",
                            id,
                            0,
                            replica,
                            batch.move(
                                    row.toString(),
                                    to.child(random.nextInt(targets + 1)).toString()));
                }
                case 6 -> make("n", id, amount, replica, batch.increment(row + "/n", amount));
                case 7 -> make("tag", id, 0, replica, batch.insert(row + "/tags/0", Value.of(id)));
                case 8 ->
                    make(
                            "guarded",
                            id,
                            0,
                            replica,
                            batch.test(row + "/id", Value.of(id)).set(row + "/edits/" + name, Value.of(id)));
                case 9 -> mapEntry(replica, batch, random);
                case 10 -> {
                    insert(
                            replica,
                            batch.set(row + "/edits/" + name, Value.of(id)),
                            path.child(random.nextInt(size + 1)));
                }
                default -> make(name, id, 0, replica, batch.set(row + "/edits/" + name, Value.of(id)));
            }
        }

        private void insert(Replica replica, Batch.Builder batch, Path place) {
            long id = ++lastRow;
            MapValue.Builder row = MapValue.builder().put("id", Value.of(id)).put("n", Value.of(0));
            row.put("edits", MapValue.empty()).put("tags", ListValue.EMPTY);
            make("insert", id, 0, replica, batch.insert(place.toString(), row.build()));
        }

        /** Refused where another client removed the entry first. */
        private void mapEntry(Replica replica, Batch.Builder batch, SplittableRandom random) {
            Path entry = Path.of("/m/k" + random.nextInt(3));
            if (replica.get(entry) == null || random.nextBoolean()) {
                make("entry", 0, 0, replica, batch.set(entry.toString(), Value.of(random.nextInt(5))));
            } else {
                make("entry", 0, 0, replica, batch.delete(entry.toString()));
            }
        }

        private void make(String what, long row, long amount, Replica replica, Batch.Builder batch) {
            made.add(new Made(what, row, amount, replica.apply(batch.build())));
        }

        /** Lets everything arrive. */
        void settle() {
            for (ReplicaNetwork.Client client : clients) {
                if (!client.isConnected()) {
                    client.connect();
                }
            }
            boolean busy = true;
            for (int round = 0; busy; round++) {
                assertThat(round).as("rounds until all is quiet").isLessThan(10_000);
                busy = false;
                for (ReplicaNetwork.Client client : clients) {
                    busy |= client.send() | client.serve() | client.receive(false);
                }
            }
            watches.forEach(Watch::check);
        }

        void check() {
            Value root = network.authority.store().snapshot().root();
            for (ReplicaNetwork.Client client : clients) {
                assertThat(client.replica.pendingCount())
                        .as("pending at %s", client.id)
                        .isZero();
                assertThat(client.replica.revision())
                        .isEqualTo(network.authority.store().revision());
                StorePropertyTest.assertSame(client.replica.snapshot().root(), Plain.of(root));
            }
            assertThat(made).allMatch(each -> each.commit.committed().isDone());
            assertThat(((MapValue) root).get("count")).as("the counter").isEqualTo(Value.of(sum("count", 0)));
            checkRows((MapValue) root);
        }

        private void checkRows(MapValue root) {
            Map<Long, MapValue> rows = new HashMap<>();
            for (String list : LISTS) {
                for (Value each : (ListValue) root.get(list)) {
                    MapValue row = (MapValue) each;
                    assertThat(rows.put(id(row), row))
                            .as("a second row %s", id(row))
                            .isNull();
                    ((MapValue) row.get("edits"))
                            .forEach((name, seen) -> assertThat(seen)
                                    .as("whom %s was meant for", name)
                                    .isEqualTo(row.get("id")));
                    ((ListValue) row.get("tags"))
                            .forEach(seen -> assertThat(seen)
                                    .as("whom a tag was meant for")
                                    .isEqualTo(row.get("id")));
                    assertThat(row.get("n")).as("the sum of row %s", id(row)).isEqualTo(Value.of(sum("n", id(row))));
                }
            }
            Set<Long> deleted = new HashSet<>();
            made.stream()
                    .filter(each -> each.what.equals("delete") && each.isConfirmed())
                    .forEach(each -> deleted.add(each.row));
            for (Made each : made) {
                MapValue row = rows.get(each.row);
                if (each.what.equals("insert") && each.isConfirmed()) {
                    assertThat(row != null)
                            .as("whether row %s is there", each.row)
                            .isNotEqualTo(deleted.contains(each.row));
                } else if (each.what.startsWith("e")
                        && row != null
                        && each.isConfirmed()
                        && !each.what.equals("entry")) {
                    assertThat(((MapValue) row.get("edits")).get(each.what))
                            .as("%s of row %s", each.what, each.row)
                            .isNotNull();
                }
            }
        }

        private long sum(String what, long row) {
            return made.stream()
                    .filter(each -> each.what.equals(what) && each.row == row && each.isConfirmed())
                    .mapToLong(Made::amount)
                    .sum();
        }
    }

    /** Fails if something a listener looks at changes behind its back. */
    private static final class Watch {

        private static final List<Path> PATHS = List.of(
                Path.of("/count"),
                Path.of("/a"),
                Path.of("/a/0"),
                Path.of("/a/2/n"),
                Path.of("/b/1/edits"),
                Path.of("/m/k1"),
                Path.ROOT);

        private final Replica replica;
        private final Map<Path, Object> seen = new HashMap<>();

        private Watch(Replica replica) {
            this.replica = replica;
            for (Path path : PATHS) {
                see(path);
                replica.subscribe(path, change -> see(path));
            }
        }

        private void see(Path path) {
            Value now = replica.snapshot().get(path);
            seen.put(path, now == null ? "nothing" : now);
        }

        private void check() {
            for (Path path : PATHS) {
                Value now = replica.snapshot().get(path);
                assertThat(now == null ? "nothing" : now)
                        .as("what listeners to %s saw", path)
                        .isEqualTo(seen.get(path));
            }
        }
    }

    private static long id(Value row) {
        return ((Value.Int) ((MapValue) row).get("id")).value();
    }
}
