package io.gaesup.state.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ReplicaTest {

    private final Authority authority =
            new Authority(LocalStore.create("board", rows("a", "b", "c")), (client, sequence) -> null);
    private final List<Client> clients = new ArrayList<>();

    @Nested
    class Optimistic {

        @Test
        void showsAnOwnBatchAtOnceAndConfirmsItWithItsRevision() {
            Client ann = client("ann");
            Commit commit = ann.replica.increment(Path.of("/count"), 5);

            assertThat(ann.replica.get(Path.of("/count"))).isEqualTo(Value.of(5));
            assertThat(commit.committed().isDone()).isFalse();

            ann.sync();

            assertThat(commit.committed().revision()).isEqualTo(1);
            assertThat(ann.replica.pendingCount()).isZero();
            assertThat(authority.store().get(Path.of("/count"))).isEqualTo(Value.of(5));
        }

        @Test
        void takesBackABatchTheServerRefuses() {
            Client ann = client("ann");
            Client bob = client("bob");
            bob.replica.set(Path.of("/count"), Value.of("many"));
            bob.sync();
            Commit commit = ann.replica.increment(Path.of("/count"), 1);
            ann.sync();

            assertThat(commit.committed().failure())
                    .isInstanceOfSatisfying(
                            StateException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_A_NUMBER));
            assertThat(ann.replica.get(Path.of("/count"))).isEqualTo(Value.of("many"));
        }

        @Test
        void keepsWhatComesBehindARefusedInsertOnItsRow() {
            Client ann = client("ann");
            Client bob = client("bob");
            bob.replica.apply(new Operation.Set(Path.of("/stop"), Value.of(true)));
            bob.sync();
            ann.replica.apply(Batch.builder()
                    .test("/rows/0/id", Value.of("a"))
                    .insert("/rows/0", row("x"))
                    .increment("/stop", 1)
                    .build());
            Commit edit = ann.replica.set(Path.of("/rows/2/name"), Value.of("edited b"));
            ann.sync();

            assertThat(edit.committed().failure()).isNull();
            assertThat(name("b")).isEqualTo(Value.of("edited b"));
        }

        @Test
        void refusesLocallyWhatCannotApplyAndQueuesNothing() {
            Client ann = client("ann");

            assertThatThrownBy(() -> ann.replica.increment(Path.of("/rows"), 1))
                    .hasMessageStartingWith("NOT_A_NUMBER: increment at /rows");
            assertThat(ann.replica.pendingCount()).isZero();
        }
    }

    @Nested
    class Rebasing {

        @Test
        void anEditHitsItsRowAfterOthersInsertedBeforeIt() {
            Client ann = client("ann");
            Client bob = client("bob");
            bob.replica.apply(new Operation.Insert(Path.of("/rows/0"), row("x")));
            bob.sync();
            ann.replica.set(Path.of("/rows/1/name"), Value.of("edited b"));
            ann.sync();
            bob.receive();

            assertThat(name("b")).isEqualTo(Value.of("edited b"));
            assertConverged();
        }

        @Test
        void anEditOfADeletedRowDoesNothing() {
            Client ann = client("ann");
            Client bob = client("bob");
            bob.replica.delete(Path.of("/rows/1"));
            bob.sync();
            ann.replica.set(Path.of("/rows/1/name"), Value.of("edited b"));
            ann.sync();
            bob.receive();

            assertThat(((ListValue) authority.store().get(Path.of("/rows")))).hasSize(2);
            assertThat(name("c")).isEqualTo(Value.of("c"));
            assertConverged();
        }

        @Test
        void anEditFollowsAMovedRow() {
            Client ann = client("ann");
            Client bob = client("bob");
            bob.replica.apply(new Operation.Move(Path.of("/rows/0"), Path.of("/rows/2")));
            bob.sync();
            ann.replica.set(Path.of("/rows/0/name"), Value.of("edited a"));
            ann.sync();
            bob.receive();

            assertThat(name("a")).isEqualTo(Value.of("edited a"));
            assertConverged();
        }

        @Test
        void bothAppendsAreKeptInTheOrderOfTheServer() {
            Client ann = client("ann");
            Client bob = client("bob");
            ann.replica.apply(new Operation.Insert(Path.of("/rows/-"), row("x")));
            ann.replica.set(Path.of("/rows/3/name"), Value.of("edited x"));
            bob.replica.apply(new Operation.Insert(Path.of("/rows/-"), row("y")));
            bob.sync();
            ann.sync();
            bob.receive();

            assertThat(name("x")).isEqualTo(Value.of("edited x"));
            assertThat(name("y")).isEqualTo(Value.of("y"));
            assertConverged();
        }
    }

    @Nested
    class Reconnecting {

        @Test
        void sendsAgainWhatWasNotAnsweredAndItCountsOnce() {
            Client ann = client("ann");
            ann.replica.increment(Path.of("/count"), 1);
            ann.loseAnswer();
            ann.replica.increment(Path.of("/count"), 1);
            ann.reconnect(true);
            ann.sync();

            assertThat(authority.store().get(Path.of("/count"))).isEqualTo(Value.of(2));
            assertThat(ann.replica.get(Path.of("/count"))).isEqualTo(Value.of(2));
            assertThat(ann.replica.pendingCount()).isZero();
        }

        @Test
        void rebasesOverTheDifferenceWhenTheServerSendsTheWholeState() {
            Client ann = client("ann");
            Client bob = client("bob");
            ann.replica.disconnected();
            ann.replica.set(Path.of("/rows/1/name"), Value.of("edited b"));
            bob.replica.apply(new Operation.Insert(Path.of("/rows/0"), row("x")));
            bob.sync();
            ann.reconnect(false);
            ann.sync();
            bob.receive();

            assertThat(name("b")).isEqualTo(Value.of("edited b"));
            assertConverged();
        }

        @Test
        void failsAtOnceWhatNoLongerFitsAndWasNeverSent() {
            Client ann = client("ann");
            Client bob = client("bob");
            ann.replica.disconnected();
            Commit guarded = ann.replica.apply(Batch.builder()
                    .test("/count", Value.of(0))
                    .insert("/rows/0", row("x"))
                    .build());
            Commit edit = ann.replica.set(Path.of("/rows/1/name"), Value.of("edited a"));
            bob.replica.increment(Path.of("/count"), 1);
            bob.sync();
            ann.reconnect(false);

            assertThat(guarded.committed().failure()).hasMessageContaining("TEST_FAILED");
            assertThat(edit.committed().isDone()).isFalse();
            assertThat(ann.replica.pendingCount()).isEqualTo(1);
            ann.sync();
            bob.receive();

            assertThat(edit.committed().revision()).isEqualTo(2);
            assertThat(name("a")).isEqualTo(Value.of("edited a"));
            assertConverged();
        }

        @Test
        void findsItsRowsAgainInAStateThatSharesNothingWithItsOwn() {
            Client ann = client("ann");
            Client bob = client("bob");
            ann.replica.disconnected();
            ann.replica.set(Path.of("/rows/1/name"), Value.of("edited b"));
            bob.replica.apply(Batch.builder()
                    .insert("/rows/0", row("x"))
                    .delete("/rows/1")
                    .move("/rows/1", "/rows/2")
                    .build());
            bob.sync();
            Snapshot now = authority.store().snapshot();
            ann.replica.state(1, now.revision(), Plain.value(Plain.of(now.root())), List.of());
            ann.sync();
            bob.receive();

            assertThat(name("b")).isEqualTo(Value.of("edited b"));
            assertConverged();
        }

        @Test
        void carriesWhatIsBehindABatchThatBecameSomethingElse() {
            Client ann = client("ann");
            Client bob = client("bob");
            ann.replica.apply(new Operation.Move(Path.of("/rows/1"), Path.of("/rows/0")));
            bob.replica.apply(Batch.builder()
                    .delete("/rows/1")
                    .insert("/rows/1", row("b"))
                    .build());
            bob.sync();
            Snapshot between = authority.store().snapshot();
            List<Decision> decisions = ann.send();
            ann.replica.state(1, between.revision(), Plain.value(Plain.of(between.root())), List.of());
            ann.replica.set(Path.of("/rows/0/name"), Value.of("edited b"));
            decisions.forEach(ann.replica::decide);
            ann.receive();
            ann.sync();
            bob.receive();

            assertThat(name("b")).isEqualTo(Value.of("edited b"));
            assertConverged();
        }

        @Test
        void endsABatchWhoseDecisionComesAfterItsDelta() {
            Client ann = client("ann");
            Commit commit = ann.replica.increment(Path.of("/count"), 1);
            List<Decision> decisions = ann.send();
            ann.receive();
            decisions.forEach(ann.replica::decide);

            assertThat(commit.committed().revision()).isEqualTo(1);
            assertThat(ann.replica.pendingCount()).isZero();
            assertConverged();
        }
    }

    private void assertConverged() {
        for (Client client : clients) {
            client.receive();
            assertThat(client.replica.snapshot().root())
                    .isEqualTo(authority.store().snapshot().root());
        }
    }

    private Value name(String id) {
        ListValue rows = (ListValue) authority.store().get(Path.of("/rows"));
        for (Value row : rows) {
            if (Value.of(id).equals(((MapValue) row).get("id"))) {
                return ((MapValue) row).get("name");
            }
        }
        throw new AssertionError("no row " + id);
    }

    private static MapValue rows(String... ids) {
        return MapValue.of(
                "count",
                Value.of(0),
                "rows",
                ListValue.of(java.util.Arrays.stream(ids).map(ReplicaTest::row).toList()));
    }

    private static MapValue row(String id) {
        return MapValue.of("id", Value.of(id), "name", Value.of(id));
    }

    private Client client(String id) {
        Client client = new Client(id);
        clients.add(client);
        client.reconnect(false);
        return client;
    }

    private final List<List<Operation>> log = new ArrayList<>();

    /** A replica and the line to the authority, which keeps everything it applied. */
    private final class Client {
        private final String id;
        private final Replica replica;

        private Client(String id) {
            this.id = id;
            this.replica = new Replica("board", MapValue.empty());
        }

        private void reconnect(boolean resume) {
            List<Decision> decisions =
                    replica.oldestPending() == 0 ? List.of() : authority.decisionsFrom(id, replica.oldestPending());
            if (resume) {
                replica.resume(decisions);
            } else {
                Snapshot now = authority.store().snapshot();
                replica.state(1, now.revision(), now.root(), decisions);
            }
        }

        private void loseAnswer() {
            send();
            replica.disconnected();
        }

        private List<Decision> send() {
            Submission.Group group = replica.nextGroup();
            if (group == null) {
                return List.of();
            }
            List<Decision> decisions = new ArrayList<>();
            for (Authority.Outcome outcome : authority.decide(id, group)) {
                decisions.add(outcome.decision());
                if (outcome.decision().isApplied() && !outcome.repeated()) {
                    log.add(outcome.operations());
                }
            }
            return decisions;
        }

        private void receive() {
            int known = (int) replica.revision();
            replica.deltas(known + 1, log.subList(known, log.size()));
        }

        private void sync() {
            IntStream.range(0, 3).forEach(_ -> {
                send().forEach(replica::decide);
                receive();
            });
        }
    }
}
