package io.gaesup.state.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/**
 * Many authors edit one board over slow and breaking lines, and undo and redo what they did. In the end all hold the same;
 * every row is there once; and each edit is there, on its row, if and only if its author wanted it last.
 */
@Label("undo on replicas")
final class ReplicaHistoryPropertyTest {

    private static final boolean DEEP = Boolean.getBoolean("gaesup.deep");
    private static final String[] LISTS = {"a", "b"};
    private static final Value START = Notation.read("{'count':0,'a':[],'b':[]}");

    @Property
    void eachAuthorUndoesHisOwnEdits(
            @ForAll @IntRange(min = 2, max = 8) int authors, @ForAll("scripts") List<Long> steps) {
        Board board = new Board(authors);
        for (long step : steps) {
            board.step(new SplittableRandom(step));
        }
        board.settle();
        board.check();
        board.undoAll();
    }

    @Property(tries = 3)
    void aCrowdConverges(@ForAll long seed) {
        Board board = new Board(DEEP ? 200 : 40);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = DEEP ? 20_000 : 1500; i > 0; i--) {
            board.step(random.split());
        }
        board.settle();
        board.check();
    }

    @Provide
    Arbitrary<List<Long>> scripts() {
        return Scripts.ofSteps(DEEP ? 600 : 200);
    }

    /** What an author wanted, and whether it came to be. */
    private record Wish(boolean there, Commit commit) {
        private boolean isConfirmed() {
            return commit.committed().revision() >= 0;
        }
    }

    /** An edit: its name is unique, and the label of its step. */
    private record Made(String name, String kind, long row, long amount, List<Wish> wishes) {

        private boolean isWanted() {
            boolean wanted = false;
            for (Wish wish : wishes) {
                wanted = wish.isConfirmed() ? wish.there : wanted;
            }
            return wanted;
        }

        private boolean wasTakenBack() {
            return wishes.stream().anyMatch(wish -> !wish.there && wish.isConfirmed());
        }

        private boolean happened() {
            return wishes.stream().anyMatch(Wish::isConfirmed);
        }
    }

    private static final class Board {

        private final ReplicaNetwork network = new ReplicaNetwork(START);
        private final List<ReplicaNetwork.Client> clients = new ArrayList<>();
        private final List<History> histories = new ArrayList<>();
        private final List<ReplicaNetwork.Line> broken = new ArrayList<>();
        private final Map<String, Made> made = new LinkedHashMap<>();
        private long lastRow;
        private long lastEdit;

        private Board(int count) {
            for (int i = 0; i < count; i++) {
                ReplicaNetwork.Client client = network.new Client("client" + i, () -> START);
                clients.add(client);
                histories.add(History.of(client.replica));
                client.connect();
            }
        }

        void step(SplittableRandom random) {
            int who = random.nextInt(clients.size());
            ReplicaNetwork.Client client = clients.get(who);
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
                case 2, 3, 4 -> undo(histories.get(who));
                case 5 -> redo(histories.get(who));
                case 6, 7, 8, 9, 10, 11 -> edit(histories.get(who), random);
                default -> {
                    for (int i = random.nextInt(4); i >= 0; i--) {
                        client.send();
                        clients.get(random.nextInt(clients.size())).serve();
                        clients.get(random.nextInt(clients.size())).receive(random.nextBoolean());
                    }
                }
            }
        }

        private void undo(History history) {
            String name = history.undoLabel();
            if (name == null || isUndecided(name)) {
                return;
            }
            Undone undone = history.undo();
            if (undone != null && undone.commit() != null) {
                wished(name, false, undone.commit());
            }
        }

        private void redo(History history) {
            String name = history.redoLabel();
            if (name == null || isUndecided(name)) {
                return;
            }
            Undone redone = history.redo();
            if (redone != null && redone.commit() != null) {
                wished(name, true, redone.commit());
            }
        }

        /**
         * Whether a row was made or deleted, and nobody knows yet whether somebody else deleted it first. Who takes that back
         * now brings a row into being that somebody else may bring back, too.
         */
        private boolean isUndecided(String name) {
            Made each = Objects.requireNonNull(made.get(name));
            boolean isRow = each.kind.equals("insert") || each.kind.equals("delete");
            return isRow && !each.wishes.getLast().commit.committed().isDone();
        }

        private void wished(String name, boolean there, Commit commit) {
            Objects.requireNonNull(made.get(name)).wishes.add(new Wish(there, commit));
        }

        private void edit(History history, SplittableRandom random) {
            Path path = Path.ROOT.child(LISTS[random.nextInt(2)]);
            ListValue rows = (ListValue) Objects.requireNonNull(history.get(path));
            int size = rows.size();
            int at = size == 0 ? 0 : random.nextInt(size);
            long id = size == 0 ? 0 : id(rows.get(at));
            String row = path.child(at).toString();
            String name = "e" + ++lastEdit;
            Batch.Builder batch = Batch.builder();
            switch (size == 0 ? random.nextInt(3) : random.nextInt(10)) {
                case 0 -> make(history, name, "count", 0, 3, batch.increment("/count", 3));
                case 1, 2 -> {
                    long added = ++lastRow;
                    MapValue.Builder fresh =
                            MapValue.builder().put("id", Value.of(added)).put("n", Value.of(0));
                    fresh.put("edits", MapValue.empty());
                    make(
                            history,
                            name,
                            "insert",
                            added,
                            0,
                            batch.insert(path.child(random.nextInt(size + 1)).toString(), fresh.build()));
                }
                case 3 -> make(history, name, "delete", id, 0, batch.delete(row));
                case 4, 5 -> {
                    Path to = Path.ROOT.child(LISTS[random.nextInt(2)]);
                    int targets =
                            ((ListValue) Objects.requireNonNull(history.get(to))).size() - (to.equals(path) ? 1 : 0);
                    make(
                            history,
                            name,
                            "move",
                            id,
                            0,
                            batch.move(
                                    row, to.child(random.nextInt(targets + 1)).toString()));
                }
                case 6 -> make(history, name, "sum", id, 5, batch.increment(row + "/n", 5));
                case 7 ->
                    make(history, name, "merge", id, 0, batch.merge(row + "/edits", MapValue.of(name, Value.of(id))));
                default -> make(history, name, "edit", id, 0, batch.set(row + "/edits/" + name, Value.of(id)));
            }
        }

        private void make(History history, String name, String kind, long row, long amount, Batch.Builder batch) {
            try (History.Group group = history.group(name)) {
                made.put(name, new Made(name, kind, row, amount, new ArrayList<>()));
                wished(name, true, history.apply(batch.build()));
            }
        }

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
        }

        /** All authors take everything back that is theirs, and what nobody else touched is gone. */
        void undoAll() {
            boolean busy = true;
            while (busy) {
                busy = false;
                for (History history : histories) {
                    busy |= history.canUndo();
                    undo(history);
                    settle();
                }
            }
            check();
        }

        void check() {
            MapValue root = (MapValue) network.authority.store().snapshot().root();
            for (ReplicaNetwork.Client client : clients) {
                assertThat(client.replica.pendingCount()).isZero();
                StorePropertyTest.assertSame(client.replica.snapshot().root(), Plain.of(root));
            }
            assertThat(root.get("count")).isEqualTo(Value.of(sum("count", 0)));
            // what came back after it was gone does not have what others wrote to it while it was not there
            Set<Long> deleted = new HashSet<>();
            made.values().stream()
                    .filter(each -> each.kind.equals("delete") && each.happened())
                    .forEach(each -> deleted.add(each.row));
            Set<Long> gone = new HashSet<>(deleted);
            made.values().stream()
                    .filter(each -> each.kind.equals("insert") && each.wasTakenBack())
                    .forEach(each -> gone.add(each.row));
            Map<Long, MapValue> rows = rows(root);
            for (Made each : made.values()) {
                MapValue row = rows.get(each.row);
                if (each.kind.equals("insert") && !deleted.contains(each.row)) {
                    assertThat(row != null)
                            .as("whether row %s is there: %s", each.row, each)
                            .isEqualTo(each.isWanted());
                }
                boolean isEdit = each.kind.equals("edit") || each.kind.equals("merge");
                if (isEdit && row != null && !gone.contains(each.row)) {
                    Value found = ((MapValue) Objects.requireNonNull(row.get("edits"))).get(each.name);
                    assertThat(found != null).as("whether %s is there", each).isEqualTo(each.isWanted());
                }
            }
            rows.forEach((id, row) -> {
                ((MapValue) Objects.requireNonNull(row.get("edits")))
                        .forEach((name, seen) -> assertThat(seen)
                                .as("whom %s was meant for", name)
                                .isEqualTo(row.get("id")));
                if (!gone.contains(id)) {
                    assertThat(row.get("n")).as("the sum of row %s", id).isEqualTo(Value.of(sum("sum", id)));
                }
            });
        }

        private static Map<Long, MapValue> rows(MapValue root) {
            Map<Long, MapValue> rows = new HashMap<>();
            for (String list : LISTS) {
                for (Value each : (ListValue) Objects.requireNonNull(root.get(list))) {
                    assertThat(rows.put(id(each), (MapValue) each))
                            .as("a second row %s", id(each))
                            .isNull();
                }
            }
            return rows;
        }

        private long sum(String kind, long row) {
            return made.values().stream()
                    .filter(each -> each.kind.equals(kind) && each.row == row && each.isWanted())
                    .mapToLong(Made::amount)
                    .sum();
        }
    }

    private static long id(Value row) {
        return ((Value.Int) Objects.requireNonNull(((MapValue) row).get("id"))).value();
    }
}
