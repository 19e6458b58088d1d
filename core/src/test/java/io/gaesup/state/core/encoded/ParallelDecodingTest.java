package io.gaesup.state.core.encoded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gaesup.state.core.ListValue;
import io.gaesup.state.core.MapValue;
import io.gaesup.state.core.StateException;
import io.gaesup.state.core.Value;
import io.gaesup.state.core.Values;
import io.gaesup.state.core.codec.ByteWriter;
import io.gaesup.state.core.codec.MessagePack;
import io.gaesup.state.core.jvm.JvmPlatform;
import java.lang.management.ManagementFactory;
import java.util.SplittableRandom;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;

/** Decoding in pieces gives what decoding in one pass gives, also of bytes that are wrong. */
final class ParallelDecodingTest {

    private static final Platform FOUR = JvmPlatform.of(ForkJoinPool.commonPool(), 4);

    @Test
    void ofTablesOfAllSizes() {
        for (int rows : new int[] {1, 100, 1_500, 2_000, 5_000, 20_000}) {
            same(Documents.table(rows));
        }
    }

    @Test
    void ofDocumentsOfAllShapes() {
        long seed = Long.getLong("gaesup.seed", System.nanoTime());
        System.out.println("ParallelDecodingTest gaesup.seed=" + seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 20; i++) {
            same(Values.random(random, 1 << 10 + random.nextInt(8)));
        }
    }

    @Test
    void ofListsOfLargeAndSmallElements() {
        ListValue.Builder mixed = ListValue.builder();
        for (int i = 0; i < 40; i++) {
            mixed.add(Value.of(i));
            mixed.add(i % 3 == 0 ? Value.of("x".repeat(100_000)) : Documents.table(i * 20));
        }
        same(mixed.build());
    }

    @Test
    void ofMapsOfLargeAndSmallEntries() {
        MapValue.Builder mixed = MapValue.builder();
        for (int i = 0; i < 3_000; i++) {
            mixed.put("small " + i, Documents.row(i));
        }
        mixed.put("large", Documents.table(1_000));
        mixed.put("last", Value.NULL);
        same(mixed.build());
        same(MapValue.of("a", Documents.table(900), "b", Documents.table(900)));
    }

    @Test
    void ofAnIndexThatLies() {
        byte[] payload = MessagePack.encode(Documents.table(16_000));
        assertThat(payload.length).isGreaterThan(ParallelDecoder.BYTES_MIN);
        byte[] index = IndexBuilder.build(payload, 4096);
        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < 40; i++) {
            byte[] changed = index.clone();
            changed[random.nextInt(i < 20 ? 1_000 : index.length)] ^= (byte) (1 << random.nextInt(8));
            byte[] state = StateWriter.write(payload, changed, Platform.PORTABLE, EncodedOptions.defaults());
            assertThat(EncodedState.of(state, FOUR).decode())
                    .isEqualTo(EncodedState.of(state).decode());
        }
    }

    @Test
    void refusesWhatOnePassRefusesWithTheSameWords() {
        byte[] payload = MessagePack.encode(Documents.table(16_000));
        assertThat(payload.length).isGreaterThan(ParallelDecoder.BYTES_MIN);
        byte[] index = IndexBuilder.build(payload, 4096);
        SplittableRandom random = new SplittableRandom(12);
        for (int i = 0; i < 40; i++) {
            byte[] changed = payload.clone();
            changed[random.nextInt(payload.length)] = (byte) 0xc1;
            byte[] state = StateWriter.write(changed, index, Platform.PORTABLE, EncodedOptions.defaults());
            Object expected = outcome(EncodedState.of(state));
            assertThat(outcome(EncodedState.of(state, FOUR))).isEqualTo(expected);
        }
    }

    @Test
    void refusesWhatNestsTooDeepInAPiece() {
        ByteWriter payload = new ByteWriter();
        payload.writeByte(0x92);
        payload.writeByte(0xc6);
        payload.writeInt(1_000_000);
        payload.writeBytes(new byte[1_000_000]);
        for (int i = 0; i < 512; i++) {
            payload.writeByte(0x91);
        }
        payload.writeByte(0xc0);
        byte[] bytes = payload.toBytes();
        ByteWriter index = new ByteWriter();
        index.writeInt(1);
        index.writeInt(0);
        index.writeInt(12);
        index.writeByte(0);
        index.writeInt(bytes.length);
        index.writeInt(2);
        index.writeInt(2);
        index.writeInt(0);
        index.writeInt(1);
        index.writeInt(1);
        index.writeInt(1_000_006);
        byte[] state = StateWriter.write(bytes, index.toBytes(), Platform.PORTABLE, EncodedOptions.defaults());
        assertThatThrownBy(() -> EncodedState.of(state, FOUR).decode())
                .isInstanceOf(StateException.class)
                .hasMessageContaining("LIMIT_EXCEEDED: at byte 1000517 of 1000519: a document nests at most 512 deep");
    }

    @Test
    void planningByNodesThatOverlapTakesNoMoreThanThePayload() {
        byte[] payload = nestedLists();
        EncodedState state = EncodedState.of(
                StateWriter.write(payload, overlappingNodes(), Platform.PORTABLE, EncodedOptions.defaults()),
                JvmPlatform.of(Runnable::run, 2));
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        assertThatThrownBy(() -> ParallelDecoder.decode(state.payloadRegion(), state.indexRegion(), state.platform()))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("its index does not fit");
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(4L * payload.length);
        assertThatThrownBy(state::decode).isInstanceOf(StateException.class);
    }

    @Test
    void anIndexLongerThanAnyThatIsRightIsNotLoaded() {
        byte[] payload = MessagePack.encode(Documents.table(100));
        byte[] index = new byte[2 * payload.length + 1];
        EncodedState state =
                EncodedState.of(StateWriter.write(payload, index, Platform.PORTABLE, EncodedOptions.defaults()), FOUR);
        assertThatThrownBy(() -> ParallelDecoder.decode(state.payloadRegion(), state.indexRegion(), FOUR))
                .hasMessageContaining("its index does not fit");
        assertThat(state.decode()).isEqualTo(Documents.table(100));
    }

    private static final int LEVELS = 500;
    private static final int NESTED_BYTES = 1 << 20;
    private static final int NESTED_ELEMENTS = 1 << 18;
    private static final int NESTED_GROUPS = 1 << 16;

    /** Lists whose first elements are lists, each of which says that it has very many elements. */
    private static byte[] nestedLists() {
        ByteWriter payload = new ByteWriter();
        for (int level = 0; level < LEVELS; level++) {
            payload.writeByte(0xdd);
            payload.writeInt(NESTED_ELEMENTS);
        }
        payload.writeBytes(new byte[NESTED_BYTES - payload.size()]);
        return payload.toBytes();
    }

    /** A node for each of them, of very many groups; the groups of all are the same bytes but for the first two. */
    private static byte[] overlappingNodes() {
        int nodesAt = 4 + 8 * LEVELS;
        ByteWriter index = new ByteWriter();
        index.writeInt(LEVELS);
        for (int level = 0; level < LEVELS; level++) {
            index.writeInt(5 * level);
            index.writeInt(nodesAt + 32 * level);
        }
        for (int level = 0; level < LEVELS; level++) {
            int end = NESTED_BYTES - level;
            index.writeBytes(new byte[level == 0 ? 1 : 4]);
            index.writeInt(end - 5 * level);
            index.writeInt(NESTED_ELEMENTS);
            index.writeInt(NESTED_GROUPS);
            index.writeInt(0);
            index.writeInt(5 * level + 5);
            index.writeInt(1);
            index.writeInt(end - 1);
        }
        // A place within all lists, as the sizes, counts and places above are: any node's groups may go on in them.
        for (int i = 0; i < 2 * NESTED_GROUPS; i++) {
            index.writeInt(0x00080808);
        }
        return index.toBytes();
    }

    private static void same(Value document) {
        byte[] state = EncodedState.encode(document);
        EncodedState encoded = EncodedState.of(state, FOUR);
        assertThat(encoded.decode().equals(document)).isTrue();
        // Not by way of decode(), which would make good in one pass what fails in pieces.
        Value decoded = ParallelDecoder.decode(encoded.payloadRegion(), encoded.indexRegion(), FOUR);
        assertThat(decoded.equals(document)).isTrue();
        assertThat(EncodedState.encode(decoded)).isEqualTo(state);
    }

    private static Object outcome(EncodedState state) {
        try {
            return state.decode();
        } catch (StateException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
