package io.gaesup.state.core.encoded;

import static org.assertj.core.api.Assertions.assertThat;

import io.gaesup.state.core.ListValue;
import io.gaesup.state.core.MapValue;
import io.gaesup.state.core.Path;
import io.gaesup.state.core.StateException;
import io.gaesup.state.core.Value;
import io.gaesup.state.core.Values;
import io.gaesup.state.core.codec.MessagePack;
import io.gaesup.state.core.jvm.JvmPlatform;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Bytes nobody meant: a value comes out, or a {@link StateException} that says where; nothing else ever. What is damaged
 * behind a right checksum, as an attacker would, is held to the same.
 */
final class EncodedStateFuzzTest {

    private static final int ROUNDS = Boolean.getBoolean("gaesup.deep") ? 400_000 : 8_000;
    private static final EncodedLimits LIMITS = EncodedLimits.defaults().withPayloadBytesMax(1 << 20);

    private final long seed = Long.getLong("gaesup.seed", System.nanoTime());
    private final SplittableRandom random = new SplittableRandom(seed);
    private Value value = Value.NULL;
    private byte[] payload = {};
    private EncodedOptions options = EncodedOptions.defaults();
    private int values;

    @Test
    void damagedStatesAreRefused() {
        for (int round = 0; round < ROUNDS; round++) {
            draw(round);
            byte[] valid = EncodedState.encode(value, Platform.PORTABLE, options);
            byte[] damaged = damage(valid);
            if (!Arrays.equals(valid, damaged)) {
                assertThat(outcome(damaged))
                        .as("seed %s, round %s", seed, round)
                        .isFalse();
            }
        }
    }

    @Test
    void damagedPayloadsAreAValueOrRefused() {
        for (int round = 0; round < ROUNDS; round++) {
            draw(round);
            byte[] index = IndexBuilder.build(payload, options.grainBytes());
            byte[] damaged = damage(payload);
            if (damaged.length > 0) {
                outcome(StateWriter.write(damaged, index, Platform.PORTABLE, options));
            }
        }
        assertThat(values).as("seed %s", seed).isPositive();
    }

    @Test
    void damagedIndexesAreAValueOrRefusedAndNeverMoreThanThePayload() {
        for (int round = 0; round < ROUNDS; round++) {
            draw(round);
            byte[] index = damage(IndexBuilder.build(payload, options.grainBytes()));
            byte[] state = StateWriter.write(payload, index, Platform.PORTABLE, options);
            assertThat(EncodedState.of(state).decode()).isEqualTo(value);
            assertThat(EncodedState.of(state, JvmPlatform.common()).decode()).isEqualTo(value);
            outcome(state);
        }
        assertThat(values).as("seed %s", seed).isPositive();
    }

    @Test
    void damagedIndexesDecodedInPiecesGiveThePayloadOrAreRefused() {
        ListValue.Builder tables = ListValue.builder();
        for (int i = 0; i < 4; i++) {
            tables.add(Documents.table(500 + 400 * i)).add(Value.of(i));
        }
        value = MapValue.of("tables", tables.build(), "table", Documents.table(1_000), "name", Value.of("x"));
        payload = MessagePack.encode(value);
        Platform pieces = JvmPlatform.common();
        byte[] index = IndexBuilder.build(payload, 32 * 1024);
        int decoded = 0;
        for (int round = 0; round < ROUNDS / 40; round++) {
            byte[] damaged = damage(index);
            byte[] bytes = StateWriter.write(payload, damaged, Platform.PORTABLE, EncodedOptions.defaults());
            EncodedState state = EncodedState.of(bytes, pieces);
            try {
                Value found = ParallelDecoder.decode(state.payloadRegion(), state.indexRegion(), pieces);
                assertThat(found.equals(value))
                        .as("seed %s, round %s", seed, round)
                        .isTrue();
                decoded++;
            } catch (StateException e) {
                assertThat(e.detail()).as("seed %s, round %s", seed, round).contains("byte ");
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ", round " + round + ": " + e, e);
            }
        }
        assertThat(decoded).as("seed %s", seed).isBetween(1, ROUNDS / 40 - 1);
    }

    @Test
    void randomBytesBehindARightHeadAreRefused() {
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = new byte[8 + random.nextInt(120)];
            random.nextBytes(bytes);
            System.arraycopy(new byte[] {'G', 'S', 'E', 1}, 0, bytes, 0, 4);
            assertThat(outcome(bytes)).as("seed %s, round %s", seed, round).isFalse();
        }
    }

    private void draw(int round) {
        if (round == 0) {
            System.out.println("EncodedStateFuzzTest gaesup.seed=" + seed);
        }
        if (round % 16 == 0) {
            value = Values.random(random, 1 + random.nextInt(100));
            payload = MessagePack.encode(value);
            options = new EncodedOptions(1 << 6 + random.nextInt(6), 1 << 4 + random.nextInt(4));
        }
    }

    private byte[] damage(byte[] bytes) {
        byte[] damaged = bytes.clone();
        for (int changes = 1 + random.nextInt(3); changes > 0 && damaged.length > 0; changes--) {
            int at = random.nextInt(damaged.length);
            switch (random.nextInt(4)) {
                case 0 -> damaged[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> damaged[at] = (byte) random.nextInt();
                case 2 -> damaged = Arrays.copyOf(damaged, at);
                default -> {
                    int from = random.nextInt(damaged.length);
                    int length = Math.min(1 + random.nextInt(8), damaged.length - Math.max(from, at));
                    System.arraycopy(damaged.clone(), from, damaged, at, length);
                }
            }
        }
        return damaged;
    }

    /** Reads all there is; whether nothing was refused. */
    private boolean outcome(byte[] bytes) {
        boolean good = true;
        EncodedState state;
        try {
            state = EncodedState.of(ByteSource.of(bytes), Platform.PORTABLE, LIMITS);
        } catch (StateException e) {
            assertThat(e.detail()).contains("at byte ");
            return false;
        } catch (Throwable e) {
            throw new AssertionError("seed " + seed + ": " + e + " for " + Arrays.toString(bytes), e);
        }
        List<Path> paths = Documents.paths(value);
        for (int i = 0; i < 6; i++) {
            Path path = paths.get(random.nextInt(paths.size()));
            good &= refusedOrNot(bytes, () -> state.read(path));
        }
        return refusedOrNot(bytes, state::decode) & refusedOrNot(bytes, state::verify) & good;
    }

    private boolean refusedOrNot(byte[] bytes, Runnable reading) {
        try {
            reading.run();
            values++;
            return true;
        } catch (StateException e) {
            assertThat(e.detail()).as("seed %s", seed).contains("byte ");
            return false;
        } catch (Throwable e) {
            throw new AssertionError("seed " + seed + ": " + e + " for " + Arrays.toString(bytes), e);
        }
    }
}
