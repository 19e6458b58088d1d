package io.gaesup.state.core.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.gaesup.state.core.StateException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Bytes nobody meant: bytes of the promised length come out, or a {@link StateException}; nothing is touched around them. */
final class Lz4FuzzTest {

    private static final int ROUNDS = Boolean.getBoolean("gaesup.deep") ? 2_000_000 : 40_000;
    private static final int MARGIN = 8;
    private static final byte UNTOUCHED = 0x5a;

    private final long seed = Long.getLong("gaesup.seed", System.nanoTime());
    private final SplittableRandom random = new SplittableRandom(seed);
    private int read;

    @Test
    void randomBytesAreABlockOrRefused() {
        System.out.println("Lz4FuzzTest gaesup.seed=" + seed);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            check(bytes, random.nextInt(100));
        }
    }

    @Test
    void mutatedBlocksAreABlockOrRefused() {
        System.out.println("Lz4FuzzTest gaesup.seed=" + seed);
        byte[] valid = new byte[0];
        int length = 0;
        for (int round = 0; round < ROUNDS; round++) {
            if (round % 16 == 0) {
                length = random.nextInt(400);
                valid = Lz4Test.compress(Lz4PropertyTest.bytes(random, length, random.nextInt(6)));
            }
            check(Mutations.mutate(valid, random), length);
        }
        assertThat(read).isPositive();
    }

    private void check(byte[] block, int length) {
        byte[] target = new byte[length + 2 * MARGIN];
        Arrays.fill(target, UNTOUCHED);
        try {
            Lz4.decompress(block, 0, block.length, target, MARGIN, length);
            read++;
        } catch (StateException e) {
            assertThat(e.detail()).startsWith("at byte ");
        } catch (Throwable e) {
            throw new AssertionError("seed " + seed + ": " + e + " for " + Arrays.toString(block), e);
        }
        for (int i = 0; i < MARGIN; i++) {
            assertThat(target[i]).as("seed %s", seed).isEqualTo(UNTOUCHED);
            assertThat(target[MARGIN + length + i]).as("seed %s", seed).isEqualTo(UNTOUCHED);
        }
    }
}
