package io.gaesup.state.core.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.gaesup.state.core.StateException;
import io.gaesup.state.core.Value;
import io.gaesup.state.core.Values;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Bytes nobody meant: a value comes out that can be written again, or a {@link StateException}; nothing else ever. */
final class MessagePackFuzzTest {

    private static final int ROUNDS = Boolean.getBoolean("gaesup.deep") ? 2_000_000 : 40_000;

    private final long seed = Long.getLong("gaesup.seed", System.nanoTime());
    private final SplittableRandom random = new SplittableRandom(seed);
    private int values;

    @Test
    void randomBytesAreAValueOrRefused() {
        System.out.println("MessagePackFuzzTest gaesup.seed=" + seed);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = new byte[random.nextInt(64)];
            random.nextBytes(bytes);
            check(bytes);
        }
        assertThat(values).isPositive();
    }

    @Test
    void mutatedValuesAreAValueOrRefused() {
        System.out.println("MessagePackFuzzTest gaesup.seed=" + seed);
        byte[] valid = new byte[0];
        for (int round = 0; round < ROUNDS; round++) {
            if (round % 16 == 0) {
                valid = MessagePack.encode(Values.random(random, 1 + random.nextInt(60)));
            }
            check(Mutations.mutate(valid, random));
        }
        assertThat(values).isPositive();
    }

    private void check(byte[] bytes) {
        Value value;
        try {
            value = MessagePack.decode(bytes);
        } catch (StateException e) {
            assertThat(e.detail()).contains("at byte ");
            return;
        } catch (Throwable e) {
            throw new AssertionError("seed " + seed + ": " + e + " for " + Arrays.toString(bytes), e);
        }
        values++;
        assertThat(MessagePack.decode(MessagePack.encode(value)))
                .as("seed %s", seed)
                .isEqualTo(value);
    }
}
