package io.gaesup.state.core.encoded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gaesup.state.core.Delta;
import io.gaesup.state.core.Operation;
import io.gaesup.state.core.Path;
import io.gaesup.state.core.StateException;
import io.gaesup.state.core.Value;
import io.gaesup.state.core.codec.ByteWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class EncodedDeltaTest {

    private static final byte[] VALID = EncodedDelta.encode(new Delta(
            3,
            4,
            List.of(
                    new Operation.Set(Path.of("/rows").child(7).child("price"), Value.of(1)),
                    new Operation.Set(Path.of("/rows").child(9).child("price"), Value.of("price")),
                    new Operation.Delete(Path.of("/rows").child(9)))));

    @Test
    void writesKeysOnceAndOnlyWhatPathsDoNotShare() {
        // Three segments, none shared, key "rows", position 7, key "price", value; then one shared, 2 further, key 1.
        String body = "0300" + "0104726f7773" + "1c" + "01057072696365" + "01" + "0301" + "08" + "05" + "a57072696365"
                + "4202";
        assertThat(HexFormat.of().formatHex(VALID)).endsWith(body);
        assertThat(VALID).hasSize(4 + 5 + 8 + body.length() / 2);
    }

    @Test
    void keepsOfEachSegmentWhetherItIsAPosition() {
        Path path = Path.ROOT;
        for (int i = 0; i < 200; i++) {
            path = i % 3 == 0 ? path.child("0") : path.child(0);
        }
        Delta delta = new Delta(1, 2, List.of(new Operation.Delete(path), new Operation.Delete(path.child("x"))));
        for (Operation operation :
                EncodedDelta.decode(EncodedDelta.encode(delta)).operations()) {
            for (int i = 0; i < 200; i++) {
                assertThat(operation.path().isPosition(i)).as("segment %d", i).isEqualTo(i % 3 != 0);
            }
        }
    }

    @Test
    void carriesDeepPathsAndEveryOperation() {
        Path deep = Path.ROOT;
        for (int i = 0; i < 200; i++) {
            deep = i % 2 == 0 ? deep.child(i) : deep.child("k" + i % 5);
        }
        List<Operation> operations = List.of(
                new Operation.Set(Path.ROOT, Value.NULL),
                new Operation.Merge(deep, Value.of(true)),
                new Operation.Increment(deep.parent().child("n"), Value.of(-3)),
                new Operation.Insert(deep.child("-"), Value.of(1.5)),
                new Operation.Move(deep, deep.parent().child(999_999_999)),
                new Operation.Test(deep, null),
                new Operation.Test(Path.of("/é/~0~1"), Value.of(2)),
                new Operation.Delete(Path.of("/0")));
        Delta delta = new Delta(0, Long.MAX_VALUE, operations);
        assertThat(EncodedDelta.decode(EncodedDelta.encode(delta))).isEqualTo(delta);
    }

    @Test
    void isCompressedWhereThatPays() {
        List<Operation> rows = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            rows.add(new Operation.Insert(Path.of("/rows").child(i), Documents.row(i)));
        }
        Delta delta = new Delta(0, 1, rows);
        byte[] bytes = EncodedDelta.encode(delta);
        assertThat(bytes.length).isLessThan(200 * 25);
        assertThat(EncodedDelta.decode(bytes)).isEqualTo(delta);
    }

    @Test
    void isRefusedTruncatedAtEveryByte() {
        for (int length = 0; length < VALID.length; length++) {
            byte[] cut = Arrays.copyOf(VALID, length);
            assertThatThrownBy(() -> EncodedDelta.decode(cut))
                    .isInstanceOf(StateException.class)
                    .hasMessageContaining("MALFORMED: at byte ");
        }
    }

    @Test
    void isRefusedWithAByteChangedAnywhere() {
        for (int at = 0; at < VALID.length; at++) {
            byte[] changed = VALID.clone();
            changed[at] ^= 0x10;
            assertThatThrownBy(() -> EncodedDelta.decode(changed))
                    .isInstanceOf(StateException.class)
                    .hasMessageContaining("at byte ");
        }
    }

    @Test
    void isRefusedForWhatItsOperationsAreNot() {
        refused("0301", 1, "a path of 3 segments cannot share 1 with one of 0");
        refused("0100" + "03", 1, "no key has the number 0");
        refused("0100" + "02" + "01", 1, "no list has a position -1");
        refused("0100" + "808080808080808010" + "01", 1, "no list has a position ");
        refused("1f" + "818004", 1, "a path has at most 512 segments, this one has 65537");
        refused("4000", 1, "the whole document cannot be deleted, inserted or moved");
        refused("6100" + "01016b" + "a161", 1, "an increment is by a number, this one is by a string");
        refused("a100" + "01016b" + "0000", 1, "a move has a second path, from where it moves");
        refused("0100" + "01016b" + "01" + "00", 1, "1 more bytes after the end");
        refused("0100" + "01016b" + "c1", 1, "0xc1 begins nothing");
        refused("0100", 2, "2 operations do not fit in 2 bytes");
        refused("0100", 0xffff_ffffL, "4294967295 operations do not fit in 2 bytes");
    }

    @Test
    void isRefusedForRevisionsThatAreNone() {
        assertThat(EncodedDelta.decode(revisions(Long.MAX_VALUE - 1, 1)).to()).isEqualTo(Long.MAX_VALUE);
        assertThat(EncodedDelta.decode(revisions(7, 0)).to()).isEqualTo(7);
        long[][] none = {{Long.MAX_VALUE, 1}, {Long.MAX_VALUE, 5 - Long.MAX_VALUE}, {-1, 0}, {-1, 3}, {3, -1}};
        for (long[] each : none) {
            assertThatThrownBy(() -> EncodedDelta.decode(revisions(each[0], each[1])))
                    .isInstanceOf(StateException.class)
                    .hasMessageContainingAll("MALFORMED: at byte ", "no delta leads from revision ", " on by ");
        }
    }

    @Test
    void isNotWrittenForRevisionsThatAreNone() {
        for (Delta delta : List.of(new Delta(-1, 1, List.of()), new Delta(3, 2, List.of()))) {
            assertThatThrownBy(() -> EncodedDelta.encode(delta))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageEndingWith("this one from " + delta.from() + " to " + delta.to());
        }
    }

    @Test
    void pathsThatShareWhatIsLongAreLimited() {
        ByteWriter body = new ByteWriter();
        body.writeByte(7 << 5 | 31);
        body.writeVarint(500);
        body.writeVarint(0);
        for (int i = 0; i < 500; i++) {
            body.writeVarint(0);
        }
        for (int i = 0; i < 9_999; i++) {
            body.writeByte(7 << 5 | 31);
            body.writeVarint(500);
            body.writeVarint(500);
        }
        byte[] bytes = delta(body.toBytes(), 10_000);
        assertThatThrownBy(() -> EncodedDelta.decode(bytes))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("LIMIT_EXCEEDED")
                .hasMessageContaining("the paths of a delta have at most 4000000 segments in all");
        EncodedLimits more = EncodedLimits.defaults().withSegmentsMax(5_000_000);
        assertThat(EncodedDelta.decode(bytes, more).operations()).hasSize(10_000);
    }

    @Test
    void anotherVersionOrAnotherThing() {
        byte[] later = VALID.clone();
        later[3] = 9;
        assertThatThrownBy(() -> EncodedDelta.decode(later))
                .hasMessage(
                        "UNSUPPORTED_VERSION: at byte 3: this is version 9 of an encoded delta; known is version 1");
        assertThatThrownBy(() -> EncodedDelta.decode(EncodedState.encode(Value.NULL)))
                .hasMessageContaining("0x475345 does not begin an encoded delta (0x475344)");
        EncodedLimits small = EncodedLimits.defaults().withPayloadBytesMax(10);
        assertThatThrownBy(() -> EncodedDelta.decode(VALID, small))
                .hasMessageContaining("LIMIT_EXCEEDED: at byte 8: a delta has at most 10 bytes here");
    }

    @Test
    void damageBehindARightChecksumIsAnOperationOrRefused() {
        long seed = Long.getLong("gaesup.seed", System.nanoTime());
        System.out.println("EncodedDeltaTest gaesup.seed=" + seed);
        SplittableRandom random = new SplittableRandom(seed);
        byte[] body = Arrays.copyOfRange(VALID, 17, VALID.length);
        int decoded = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] damaged =
                    random.nextInt(8) == 0 ? Arrays.copyOf(body, 2 + random.nextInt(body.length)) : body.clone();
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            try {
                decoded += EncodedDelta.decode(delta(damaged, 1 + random.nextInt(3)))
                        .operations()
                        .size();
            } catch (StateException e) {
                assertThat(e.detail()).as("seed %s", seed).contains("at byte ");
            } catch (Throwable e) {
                throw new AssertionError("seed " + seed + ": " + e + " for " + Arrays.toString(damaged), e);
            }
        }
        assertThat(decoded).as("seed %s", seed).isPositive();
    }

    private static void refused(String body, long count, String reason) {
        byte[] bytes = delta(HexFormat.of().parseHex(body), count);
        assertThatThrownBy(() -> EncodedDelta.decode(bytes))
                .isInstanceOf(StateException.class)
                .hasMessageContainingAll("MALFORMED", "at byte ", reason);
    }

    /** A delta of these bytes, with the checksums an attacker would give it. */
    private static byte[] delta(byte[] body, long count) {
        return delta(3, 1, body, count);
    }

    private static byte[] revisions(long from, long steps) {
        return delta(from, steps, new byte[0], 0);
    }

    private static byte[] delta(long from, long steps, byte[] body, long count) {
        ByteWriter bytes = new ByteWriter();
        bytes.writeBytes(new byte[] {'G', 'S', 'D', 1});
        bytes.writeVarint(from);
        bytes.writeVarint(steps);
        bytes.writeVarint(count);
        bytes.writeVarint(body.length);
        bytes.writeVarint((long) body.length << 1);
        bytes.writeInt(Crc32c.of(bytes.toBytes(), 0, bytes.size()));
        bytes.writeInt(Crc32c.of(body, 0, body.length));
        bytes.writeBytes(body);
        return bytes.toBytes();
    }
}
