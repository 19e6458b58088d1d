package io.gaesup.state.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.gaesup.state.core.Batch;
import io.gaesup.state.core.Decision;
import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.ListValue;
import io.gaesup.state.core.MapValue;
import io.gaesup.state.core.Operation;
import io.gaesup.state.core.Path;
import io.gaesup.state.core.Submission;
import io.gaesup.state.core.Value;
import io.gaesup.state.core.wire.Frame;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who sends what, when, over real sockets: docs/protocol.md, row by row. */
final class SyncIT {

    @TempDir
    private java.nio.file.Path data;

    private GaesupNode node;
    private GaesupServer server;

    @BeforeEach
    void open() {
        node = GaesupNode.open(NodeConfig.of(data));
        server = node.listen(ServerConfig.defaults().withPort(0));
    }

    @AfterEach
    void close() {
        node.close();
    }

    private static final Batch ONE_MORE = Batch.builder().increment("/count", 1).build();

    private static Operation plus(long by) {
        return new Operation.Increment(Path.of("/count"), Value.of(by));
    }

    @Test
    void aBatchIsDecidedBeforeItsDeltaAndOthersGetTheDelta() {
        try (var ann = WireClient.hello(server, "ann");
                var ben = WireClient.hello(server, "ben")) {
            var state = ann.open("cart", MapValue.empty());
            assertThat(state.revision()).isZero();
            assertThat(ben.open("cart", null).incarnation()).isEqualTo(state.incarnation());

            ann.submit(state.number(), 1, ONE_MORE);

            assertThat(ann.next()).isEqualTo(new Frame.Decided(state.number(), Decision.applied(1, 1)));
            var delta = new Frame.Deltas(state.number(), 1, List.of(List.of(plus(1))));
            assertThat(ann.next()).isEqualTo(delta);
            assertThat(ben.next()).isEqualTo(delta);
        }
    }

    @Test
    void aStoreMadeWithAnInitialValueHoldsItAfterARestart() {
        try (var ann = WireClient.hello(server, "ann")) {
            var state = ann.open("cart", MapValue.of("count", Value.of(41)));
            assertThat(state.root()).isEqualTo(MapValue.of("count", Value.of(41)));
            ann.submit(state.number(), 1, ONE_MORE);
            ann.next(Frame.Decided.class);
        }
        node.close();
        open();
        try (var ben = WireClient.hello(server, "ben")) {
            assertThat(ben.open("cart", MapValue.empty()).root()).isEqualTo(MapValue.of("count", Value.of(42)));
        }
    }

    @Test
    void allWhoOpenAStoreAtTheSameTimeGetItWithItsFirstValue() {
        var initial = MapValue.of("count", Value.of(41));
        try (var ann = WireClient.hello(server, "ann");
                var ben = WireClient.hello(server, "ben");
                var cid = WireClient.hello(server, "cid")) {
            for (int i = 0; i < 20; i++) {
                String name = "cart" + i;
                var open = new Frame.Open(name, 0, 0, 0, initial);
                ann.send(open);
                ben.send(open);
                cid.send(open);
                for (var client : List.of(ann, ben, cid)) {
                    assertThat(client.next(Frame.State.class).root()).as(name).isEqualTo(initial);
                }
            }
        }
    }

    @Test
    void aSequenceSentAgainGetsTheSameAnswerAndAppliesOnce() {
        try (var ann = WireClient.hello(server, "ann")) {
            int number = ann.open("cart", MapValue.empty()).number();
            ann.submit(number, 1, ONE_MORE);
            ann.next(Frame.Decided.class);
            ann.next(Frame.Deltas.class);
            ann.submit(number, 1, ONE_MORE);
            assertThat(ann.next()).isEqualTo(new Frame.Decided(number, Decision.applied(1, 1)));
            ann.submit(number, 2, ONE_MORE);
            assertThat(ann.next()).isEqualTo(new Frame.Decided(number, Decision.applied(2, 2)));
        }
        node.close();
        open();
        try (var ann = WireClient.hello(server, "ann")) {
            int number = ann.open("cart", null).number();
            ann.submit(number, 1, ONE_MORE).submit(number, 2, ONE_MORE).submit(number, 3, ONE_MORE);
            assertThat(ann.next()).isEqualTo(new Frame.Decided(number, Decision.applied(1, 1)));
            assertThat(ann.next()).isEqualTo(new Frame.Decided(number, Decision.applied(2, 2)));
            assertThat(ann.next()).isEqualTo(new Frame.Decided(number, Decision.applied(3, 3)));
        }
    }

    @Test
    void aBatchThatDoesNotApplyIsRefusedForGoodAndChangesNothing() {
        var wrong = Batch.builder().increment("/count", 1).increment("/name", 1).build();
        Decision refused;
        try (var ann = WireClient.hello(server, "ann")) {
            int number = ann.open("cart", MapValue.of("name", Value.of("x"))).number();
            ann.submit(number, 1, wrong);
            refused = ann.next(Frame.Decided.class).decision();
            assertThat(refused.code()).isEqualTo(ErrorCode.NOT_A_NUMBER);
            assertThat(refused.message()).contains("/name");
        }
        node.close();
        open();
        try (var ann = WireClient.hello(server, "ann")) {
            var state = ann.open("cart", null);
            assertThat(state.root()).isEqualTo(MapValue.of("name", Value.of("x")));
            ann.submit(state.number(), 1, ONE_MORE);
            assertThat(ann.next()).isEqualTo(new Frame.Decided(state.number(), refused));
        }
    }

    @Test
    void aClientThatComesBackResumesWhereItWas() {
        long incarnation;
        try (var ann = WireClient.hello(server, "ann")) {
            var state = ann.open("cart", MapValue.empty());
            incarnation = state.incarnation();
            for (int i = 1; i <= 3; i++) {
                ann.submit(state.number(), i, ONE_MORE);
                ann.next(Frame.Decided.class);
                ann.next(Frame.Deltas.class);
            }
        }
        node.close();
        open();
        try (var ann = WireClient.hello(server, "ann")) {
            ann.send(new Frame.Open("cart", incarnation, 3, 3, null));
            var resumed = ann.next(Frame.Resumed.class);
            assertThat(resumed.decisions()).containsExactly(Decision.applied(3, 3));
            ann.submit(resumed.number(), 4, ONE_MORE);
            ann.next(Frame.Decided.class);
            assertThat(ann.next(Frame.Deltas.class).first()).isEqualTo(4);
        }
    }

    @Test
    void aClientThatMissedSomeGetsJustThose() {
        try (var ann = WireClient.hello(server, "ann");
                var ben = WireClient.hello(server, "ben")) {
            var state = ann.open("cart", MapValue.empty());
            for (int i = 1; i <= 3; i++) {
                ann.submit(state.number(), i, ONE_MORE);
                ann.next(Frame.Decided.class);
                ann.next(Frame.Deltas.class);
            }
            ben.send(new Frame.Open("cart", state.incarnation(), 1, 0, null));
            assertThat(ben.next(Frame.Resumed.class).revision()).isEqualTo(1);
            assertThat(ben.next())
                    .isEqualTo(new Frame.Deltas(state.number(), 2, List.of(List.of(plus(1)), List.of(plus(1)))));
        }
    }

    @Test
    void aRevisionOfAnotherLifeIsAnsweredWithTheWholeStore() {
        try (var ann = WireClient.hello(server, "ann")) {
            var first = ann.open("cart", MapValue.empty());
            ann.submit(first.number(), 1, ONE_MORE);
            ann.next(Frame.Decided.class);
            ann.next(Frame.Deltas.class);
            node.delete("cart").join();
            assertThat(ann.next(Frame.Failure.class).code()).isEqualTo(ErrorCode.CLOSED);
            ann.submit(first.number(), 2, ONE_MORE);
            assertThat(ann.next(Frame.Failure.class).code()).isEqualTo(ErrorCode.CLOSED);
            ann.send(new Frame.Open("cart", first.incarnation(), 1, 0, null));
            assertThat(ann.next(Frame.Failure.class).code()).isEqualTo(ErrorCode.UNKNOWN_STORE);
            ann.send(new Frame.Open("cart", first.incarnation(), 1, 0, MapValue.empty()));
            var second = ann.next(Frame.State.class);
            assertThat(second.incarnation()).isNotEqualTo(first.incarnation());
            assertThat(second.revision()).isZero();
        }
    }

    @Test
    void severalFramesInOneMessageAreTakenInOrder() {
        try (var ann = WireClient.connect(server)) {
            ann.send(
                    new Frame.Hello(Frame.VERSION, "ann"),
                    new Frame.Ping(7),
                    new Frame.Open("cart", 0, 0, 0, MapValue.empty()));
            ann.next(Frame.Welcome.class);
            assertThat(ann.next()).isEqualTo(new Frame.Pong(7));
            ann.next(Frame.State.class);
        }
    }

    @Test
    void afterLeaveNoDeltaComes() {
        try (var ann = WireClient.hello(server, "ann");
                var ben = WireClient.hello(server, "ben")) {
            int number = ann.open("cart", MapValue.empty()).number();
            ben.open("cart", null);
            ben.send(new Frame.Leave(number), new Frame.Ping(1));
            ben.next(Frame.Pong.class);
            ann.submit(number, 1, ONE_MORE);
            ann.next(Frame.Decided.class);
            ann.next(Frame.Deltas.class);
            ben.send(new Frame.Ping(2));
            assertThat(ben.next()).isEqualTo(new Frame.Pong(2));
        }
    }

    @Test
    void aGroupOnAnOlderBaseIsCarriedOverWhatCameBetween() {
        try (var ann = WireClient.hello(server, "ann");
                var ben = WireClient.hello(server, "ben")) {
            var state = ann.open("list", MapValue.of("rows", ListValue.of(Value.of("a"), Value.of("b"))));
            ben.open("list", null);
            ann.submit(
                    state.number(),
                    1,
                    Batch.builder().insert("/rows/0", Value.of("new")).build());
            ann.next(Frame.Decided.class);
            var second = Path.of("/rows").child(1);
            var edit = Batch.of(new Operation.Set(second, Value.of("B")));
            ben.send(new Frame.Submit(
                    state.number(),
                    new Submission.Group(state.revision(), List.of(new Submission(1, edit.operations())))));
            assertThat(ben.next(Frame.Deltas.class).first()).isEqualTo(state.revision() + 1);
            ben.next(Frame.Decided.class);
            var deltas = ben.next(Frame.Deltas.class);
            assertThat(deltas.batches().getFirst().getFirst().path().toString()).isEqualTo("/rows/2");
        }
    }
}
