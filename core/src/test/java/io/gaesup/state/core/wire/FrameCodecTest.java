package io.gaesup.state.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gaesup.state.core.Decision;
import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.Limits;
import io.gaesup.state.core.ListValue;
import io.gaesup.state.core.MapValue;
import io.gaesup.state.core.Operation;
import io.gaesup.state.core.Path;
import io.gaesup.state.core.StateException;
import io.gaesup.state.core.Submission;
import io.gaesup.state.core.Value;
import io.gaesup.state.core.codec.ByteReader;
import io.gaesup.state.core.codec.ByteWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FrameCodecTest {

    private static final List<Operation> EVERY_KIND = List.of(
            new Operation.Set(Path.of("/rows").child(512).child("text"), Value.of("@@00000042@@")),
            new Operation.Set(Path.ROOT, MapValue.of("a", Value.of(1.5))),
            new Operation.Merge(Path.of("/form"), MapValue.of("name", Value.NULL)),
            new Operation.Delete(Path.of("/rows").child(3)),
            new Operation.Increment(Path.of("/count"), Value.of(-7)),
            new Operation.Insert(Path.of("/rows/-"), ListValue.of(Value.of(true), Value.of(new byte[] {1, 2}))),
            new Operation.Move(Path.of("/rows").child(1), Path.of("/rows").child(0)),
            new Operation.Test(Path.of("/a~1b/~0"), Value.of("x")),
            new Operation.Test(Path.of("/17"), null));

    static List<Frame> frames() {
        List<Decision> decisions =
                List.of(Decision.applied(7, 0), Decision.refused(8, ErrorCode.TEST_FAILED, "expected 1, found 2"));
        MapValue document = MapValue.of("rows", ListValue.of(Value.of(Long.MIN_VALUE)), "größe", Value.of("✓"));
        return List.of(
                new Frame.Hello(1, "client-1"),
                new Frame.Open("cart", 0, 0, 0, null),
                new Frame.Open("cart", 3, 41, 7, document),
                new Frame.Leave(4),
                new Frame.Submit(
                        1,
                        new Submission.Group(41, List.of(new Submission(7, EVERY_KIND), new Submission(9, List.of())))),
                new Frame.Submit(1, new Submission.Group(Submission.Group.NO_BASE, List.of())),
                new Frame.Ping(Long.MAX_VALUE),
                new Frame.Welcome(1, "s"),
                new Frame.State(1, "cart", 3, 41, decisions, List.of("rows", "text"), document),
                new Frame.Resumed(1, "cart", 3, 41, decisions, List.of()),
                new Frame.Deltas(1, 42, List.of(EVERY_KIND, List.of(), EVERY_KIND)),
                new Frame.Decided(1, decisions.getLast()),
                new Frame.Failure("", ErrorCode.UNSUPPORTED_VERSION, "this server speaks version 1"),
                new Frame.Pong(0));
    }

    @Nested
    class Frames {

        @ParameterizedTest
        @MethodSource("io.gaesup.state.core.wire.FrameCodecTest#frames")
        void comeBackAsTheyWereWritten(Frame frame) {
            byte[] bytes = codec(KeyTable.giving()).encode(frame);
            ByteReader in = new ByteReader(bytes);

            assertThat(codec(KeyTable.learning()).read(in)).isEqualTo(frame);
            assertThat(in.remaining()).isZero();
        }

        @ParameterizedTest
        @MethodSource("io.gaesup.state.core.wire.FrameCodecTest#frames")
        void areRefusedWhenCutAnywhere(Frame frame) {
            byte[] bytes = codec(KeyTable.giving()).encode(frame);
            for (int length = 0; length < bytes.length; length++) {
                ByteReader in = new ByteReader(Arrays.copyOf(bytes, length));
                assertThatThrownBy(() -> codec(KeyTable.learning()).read(in))
                        .as("the first %d of %d bytes", length, bytes.length)
                        .isInstanceOfSatisfying(
                                StateException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MALFORMED));
            }
        }

        @Test
        void areRefusedOrReadButNeverWorseWhenBytesAreWrong() {
            long seed = 20_26;
            Random random = new Random(seed);
            for (Frame frame : frames()) {
                byte[] bytes = codec(KeyTable.giving()).encode(frame);
                for (int round = 0; round < 2_000; round++) {
                    byte[] wrong = bytes.clone();
                    for (int i = 0; i <= random.nextInt(3); i++) {
                        wrong[random.nextInt(wrong.length)] = (byte) random.nextInt(256);
                    }
                    try {
                        codec(KeyTable.learning()).read(new ByteReader(wrong));
                    } catch (StateException e) {
                        assertThat(e.code())
                                .as("seed %d, %s", seed, Arrays.toString(wrong))
                                .isIn(
                                        ErrorCode.MALFORMED,
                                        ErrorCode.BAD_NUMBER,
                                        ErrorCode.BAD_REQUEST,
                                        ErrorCode.BAD_PATH,
                                        ErrorCode.OVERFLOW,
                                        ErrorCode.LIMIT_EXCEEDED);
                    }
                }
            }
        }

        @Test
        void sayOfEachSegmentWhetherItIsAPosition() {
            Path path = Path.ROOT;
            for (int i = 0; i < Limits.DEPTH_MAX; i++) {
                path = i % 3 == 0 ? path.child("0") : path.child(0);
            }
            byte[] bytes = codec(KeyTable.giving())
                    .encode(new Frame.Deltas(1, 1, List.of(List.of(new Operation.Delete(path)))));
            Frame.Deltas read = (Frame.Deltas) codec(KeyTable.learning()).read(new ByteReader(bytes));
            Path back = read.batches().getFirst().getFirst().path();

            for (int i = 0; i < Limits.DEPTH_MAX; i++) {
                assertThat(back.isPosition(i)).as("segment %d", i).isEqualTo(i % 3 != 0);
            }
        }

        @Test
        void ofAnUnknownStoreAreRefused() {
            byte[] bytes = codec(KeyTable.giving()).encode(new Frame.Deltas(5, 1, List.of()));

            assertThatThrownBy(() -> new FrameCodec(number -> null).read(new ByteReader(bytes)))
                    .hasMessage("BAD_REQUEST: no store has the number 5 on this connection");
        }
    }

    @Nested
    class Keys {

        @Test
        void travelOnceAndAsNumbersAfter() {
            KeyTable table = KeyTable.giving();
            int first = size(table, "@@00000001@@");
            int second = size(table, "@@00000002@@");

            assertThat(second).isLessThanOrEqualTo(first - "rows".length() - "text".length());
            assertThat(second + 2)
                    .as("bytes of a 12-character update with its WebSocket header")
                    .isLessThanOrEqualTo(30);
        }

        @Test
        void areNotTaughtToAServerByAClient() {
            ByteWriter out = new ByteWriter();
            OperationCodec.write(out, EVERY_KIND, KeyTable.giving());

            assertThatThrownBy(() -> OperationCodec.read(new ByteReader(out.toBytes()), KeyTable.giving()))
                    .hasMessageContaining("key number 0 cannot be given to \"rows\" here");
        }

        @Test
        void ofAnOldBatchAreUnderstoodByWhoKnowsThemAll() {
            KeyTable server = KeyTable.giving();
            ByteWriter out = new ByteWriter();
            OperationCodec.write(out, EVERY_KIND, server);
            KeyTable client = KeyTable.learning();
            client.reset(server.keys());

            assertThat(OperationCodec.read(new ByteReader(out.toBytes()), client))
                    .isEqualTo(EVERY_KIND);
        }

        private int size(KeyTable table, String text) {
            Path path = Path.of("/rows").child(512).child("text");
            Frame deltas = new Frame.Deltas(1, 1_000_000, List.of(List.of(new Operation.Set(path, Value.of(text)))));
            return codec(table).encode(deltas).length;
        }
    }

    private static FrameCodec codec(KeyTable table) {
        return new FrameCodec(number -> table);
    }
}
