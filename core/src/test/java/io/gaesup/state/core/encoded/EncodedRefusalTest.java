package io.gaesup.state.core.encoded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.ListValue;
import io.gaesup.state.core.Path;
import io.gaesup.state.core.StateException;
import io.gaesup.state.core.Value;
import io.gaesup.state.core.codec.ByteWriter;
import io.gaesup.state.core.codec.MessagePack;
import java.util.Arrays;
import java.util.function.Consumer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What an encoded state is refused for, and with which words. Hostile bytes here have the right checksums. */
final class EncodedRefusalTest {

    private static final EncodedOptions FINE = new EncodedOptions(64, 16);
    private static final byte[] PAYLOAD = MessagePack.encode(Documents.table(4));
    private static final byte[] INDEX = IndexBuilder.build(PAYLOAD, FINE.grainBytes());
    private static final byte[] VALID = state(PAYLOAD, INDEX);

    @Nested
    class Head {

        @Test
        void truncationAtEveryByte() {
            for (int length = 0; length < VALID.length; length++) {
                byte[] cut = Arrays.copyOf(VALID, length);
                assertThatThrownBy(() -> EncodedState.of(cut))
                        .as("%s bytes", length)
                        .isInstanceOf(StateException.class)
                        .hasMessageContaining("MALFORMED: at byte ");
            }
        }

        @Test
        void aByteMore() {
            refused(Arrays.copyOf(VALID, VALID.length + 1), "MALFORMED: at byte ", "the blocks end at byte ");
        }

        @Test
        void otherBytes() {
            refused(changed(0, '{'), "MALFORMED: at byte 3 of 25: 0x7b5345 does not begin an encoded state (0x475345)");
        }

        @Test
        void anotherVersion() {
            refused(
                    changed(3, 2),
                    "UNSUPPORTED_VERSION: at byte 3: this is version 2 of an encoded state; known is version 1");
        }

        @Test
        void aChangedHead() {
            refused(changed(4, VALID[4] ^ 0x10), "MALFORMED", "the checksum of the head is 0x");
        }

        @Test
        void aPayloadBeyondTheLimit() {
            EncodedLimits limits = EncodedLimits.defaults().withPayloadBytesMax(100);
            assertThatThrownBy(() -> EncodedState.of(ByteSource.of(VALID), Platform.PORTABLE, limits))
                    .isInstanceOf(StateException.class)
                    .hasMessage("LIMIT_EXCEEDED: at byte 7: a payload has at most 100 bytes here, this one "
                            + PAYLOAD.length);
        }

        @Test
        void anIndexBeyondTheLimit() {
            EncodedLimits limits = EncodedLimits.defaults().withIndexBytesMax(0);
            assertThatThrownBy(() -> EncodedState.of(ByteSource.of(VALID), Platform.PORTABLE, limits))
                    .isInstanceOf(StateException.class)
                    .hasMessageContaining("LIMIT_EXCEEDED: at byte 9: an index has at most 0 bytes here");
        }

        @Test
        void sizesOfFourGigabytesAndMore() {
            for (long size : new long[] {0xffff_ffffL, Long.MAX_VALUE, -1, Integer.MAX_VALUE}) {
                refused(head(size, 0), "LIMIT_EXCEEDED: at byte ", " a payload has at most 67108864 bytes here");
                refused(head(100, size), "LIMIT_EXCEEDED: at byte ", " an index has at most 134217728 bytes here");
            }
        }

        @Test
        void moreBlocksThanBytes() {
            refused(head(64 * 1024 * 1024, 0), "MALFORMED", "1048576 blocks announced, for which the 0 bytes left");
        }

        @Test
        void noPayload() {
            refused(head(0, 0), "MALFORMED", "no value has 0 bytes");
        }

        @Test
        void blocksThatCannotHoldWhatTheySay() {
            refused(head(64, 0, 63 << 1, 0, 0, 0, 0), "block 0 is not compressed and has 63 bytes instead of 64");
            refused(head(64, 0, 64 << 1 | 1, 0, 0, 0, 0, 0), "block 0 is compressed to ", "though it holds only 64");
            refused(
                    head(64, 0, 0x80_0000_0000L, 0, 0, 0, 0),
                    "block 0 is not compressed and has 274877906944 bytes instead of 64");
            EncodedOptions wide = new EncodedOptions(1 << 20, 4096);
            refused(head(wide, 1 << 20, 0, 100 << 1 | 1, 0, 0, 0, 0), "block 0 of 100 bytes cannot hold 1048576");
        }
    }

    @Nested
    class Blocks {

        @Test
        void aChangedByteAnywhere() {
            for (int at = 0; at < VALID.length; at++) {
                byte[] bytes = changed(at, VALID[at] ^ 0x04);
                assertThatThrownBy(() -> EncodedState.of(bytes).verify())
                        .as("byte %s", at)
                        .isInstanceOf(StateException.class)
                        .hasMessageContaining("at byte ");
            }
        }

        @Test
        void aBlockThatIsNoLz4() {
            byte[] bytes = head(64, 0, 3 << 1 | 1);
            ByteWriter state = new ByteWriter();
            state.writeBytes(bytes);
            state.writeInt(Crc32c.of(bytes, 0, bytes.length));
            byte[] block = {0x1f, 0x00, 0x00};
            state.writeInt(Crc32c.of(block, 0, block.length));
            state.writeBytes(block);
            refusedReading(state.toBytes(), Path.ROOT, "MALFORMED: in block 0 of the payload, at byte 12: at byte ");
        }
    }

    @Nested
    class OfTheIndex {

        @Test
        void truncationAtEveryByteIsNeverAnotherAnswer() {
            for (int length = 1; length < INDEX.length; length++) {
                byte[] bytes = state(PAYLOAD, Arrays.copyOf(INDEX, length));
                assertThatThrownBy(() -> EncodedState.of(bytes).verify())
                        .as("%s bytes", length)
                        .isInstanceOf(StateException.class)
                        .hasMessageContaining("of the index");
                valueOrRefused(bytes);
            }
        }

        @Test
        void aChangedByteAnywhereIsFoundByVerify() {
            for (int at = 0; at < INDEX.length; at++) {
                for (int change : new int[] {1, 0x80, 0xff}) {
                    byte[] index = INDEX.clone();
                    index[at] ^= (byte) change;
                    byte[] bytes = state(PAYLOAD, index);
                    assertThatThrownBy(() -> EncodedState.of(bytes).verify())
                            .isInstanceOf(StateException.class)
                            .hasMessageContaining("at byte " + at + " of the index: it is not the one of its payload");
                    valueOrRefused(bytes);
                }
            }
        }

        @Test
        void countsOfFourGigabytes() {
            refusedReading(
                    withIndex(index -> index.writeInt(-1)),
                    Path.of("/rows"),
                    "MALFORMED: at byte 0 of the index: 4294967295 nodes are more than fit in its 4 bytes");
            refusedReading(
                    withIndex(index -> {
                        index.writeInt(1);
                        index.writeInt(0);
                        index.writeInt(12);
                        index.writeByte(1);
                        index.writeInt(PAYLOAD.length);
                        index.writeInt(-1);
                        index.writeByte(0x11);
                    }),
                    Path.of("/rows"),
                    "MALFORMED: at byte 12 of the index: 4294967295 entries are more than fit in the index");
        }

        @Test
        void aNodeOutside() {
            refusedReading(
                    withIndex(index -> {
                        index.writeInt(1);
                        index.writeInt(0);
                        index.writeInt(0x7fff_ffff);
                    }),
                    Path.of("/rows"),
                    "MALFORMED: at byte 8 of the index: a node at 2147483647 is outside of the index");
        }

        @Test
        void aContainerOfAnotherSize() {
            refusedReading(
                    mapNode(PAYLOAD.length - 1, 1, 1),
                    Path.of("/rows"),
                    "MALFORMED: at byte 12 of the index: its container has ");
        }

        @Test
        void aFieldOutsideOfItsContainer() {
            refusedReading(mapNode(PAYLOAD.length, 0, 5), Path.of("/rows"), "are outside of their container");
            refusedReading(mapNode(PAYLOAD.length, 250, 255), Path.of("/rows"), "are outside of their container");
        }

        @Test
        void aFieldThatIsNoKey() {
            refusedReading(mapNode(PAYLOAD.length, 10, 20), Path.of("/rows"), "MALFORMED: at byte ");
        }

        private byte[] mapNode(int size, int offset, int length) {
            return withIndex(index -> {
                index.writeInt(1);
                index.writeInt(0);
                index.writeInt(12);
                index.writeByte(1);
                index.writeInt(size);
                index.writeInt(1);
                index.writeByte(0x11);
                index.writeInt(Hashes.of(new byte[] {'r', 'o', 'w', 's'}, 0, 4));
                index.writeByte(offset);
                index.writeByte(length);
            });
        }

        @Test
        void groupsThatOverlap() {
            byte[] payload = MessagePack.encode(ListValue.of(Value.of(1), Value.of(2), Value.of(3)));
            ByteWriter index = new ByteWriter();
            index.writeInt(1);
            index.writeInt(0);
            index.writeInt(12);
            index.writeByte(0);
            index.writeInt(payload.length);
            index.writeInt(3);
            index.writeInt(2);
            index.writeInt(0);
            index.writeInt(2);
            index.writeInt(1);
            index.writeInt(2);
            refusedReading(
                    state(payload, index.toBytes()), Path.of("/0"), "MALFORMED: at byte 0 of the index: group 0 has");
        }

        private byte[] withIndex(Consumer<ByteWriter> writing) {
            ByteWriter index = new ByteWriter();
            writing.accept(index);
            return state(PAYLOAD, index.toBytes());
        }
    }

    @Test
    void aPayloadThatIsNoValue() {
        byte[] bytes = state(new byte[] {(byte) 0xc1}, new byte[0]);
        refusedReading(
                bytes, Path.ROOT, "MALFORMED: in the payload from byte 0 on, at byte 0 of 1: 0xc1 begins nothing");
        assertThatThrownBy(() -> EncodedState.of(bytes).decode()).hasMessageContaining("0xc1 begins nothing");
    }

    @Test
    void limitsOutOfBounds() {
        assertThatThrownBy(() -> EncodedLimits.defaults().withPayloadBytesMax(0))
                .hasMessage("payloadBytesMax is 1 to 67108864, not 0");
        assertThatThrownBy(() -> new EncodedOptions(100, 16))
                .hasMessage("blockBytes is a power of two from 64 to 2097152, not 100");
        assertThatThrownBy(() -> new EncodedOptions(64, 8))
                .hasMessage("grainBytes is a power of two from 16 to 524288, not 8");
    }

    private static void valueOrRefused(byte[] bytes) {
        try {
            EncodedState state = EncodedState.of(bytes);
            for (String path : new String[] {"/rows/2/price", "/totals/t3", "/title", "/x"}) {
                state.read(Path.of(path));
            }
        } catch (StateException e) {
            assertThat(e.code()).isIn(ErrorCode.MALFORMED, ErrorCode.LIMIT_EXCEEDED);
        }
    }

    private static void refused(byte[] bytes, String... parts) {
        assertThatThrownBy(() -> EncodedState.of(bytes))
                .isInstanceOf(StateException.class)
                .hasMessageContainingAll(parts);
    }

    private static void refusedReading(byte[] bytes, Path path, String... parts) {
        EncodedState state = EncodedState.of(bytes);
        assertThatThrownBy(() -> state.read(path))
                .isInstanceOf(StateException.class)
                .hasMessageContainingAll(parts);
    }

    private static byte[] changed(int at, int to) {
        byte[] bytes = VALID.clone();
        bytes[at] = (byte) to;
        return bytes;
    }

    private static byte[] head(long payload, long index, long... rest) {
        return head(FINE, payload, index, rest);
    }

    private static byte[] head(EncodedOptions options, long payload, long index, long... rest) {
        ByteWriter head = new ByteWriter();
        head.writeBytes(new byte[] {'G', 'S', 'E', 1, (byte) options.scale()});
        head.writeVarint(payload);
        head.writeVarint(index);
        for (long number : rest) {
            head.writeVarint(number);
        }
        return head.toBytes();
    }

    private static byte[] state(byte[] payload, byte[] index) {
        return StateWriter.write(payload, index, Platform.PORTABLE, FINE);
    }
}
