package io.gaesup.state.core.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.gaesup.state.core.StateException;
import io.gaesup.state.core.Value;
import io.gaesup.state.core.Values;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Bytes nobody meant: a value comes out that can be written again, or a {@link StateException}; nothing else ever. */
final class JsonFuzzTest {

    private static final int ROUNDS = Boolean.getBoolean("gaesup.deep") ? 2_000_000 : 40_000;

    private static final String ALPHABET = "[[]]{{}}\"\"::,,0123456789.-+eE\\u truefalsn \n\u0001\u00ff";

    private final long seed = Long.getLong("gaesup.seed", System.nanoTime());
    private final SplittableRandom random = new SplittableRandom(seed);
    private int values;

    @Test
    void randomBytesAreAValueOrRefused() {
        System.out.println("JsonFuzzTest gaesup.seed=" + seed);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = new byte[random.nextInt(64)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) ALPHABET.charAt(random.nextInt(ALPHABET.length()));
            }
            check(bytes);
        }
        assertThat(values).isPositive();
    }

    @Test
    void mutatedValuesAreAValueOrRefused() {
        System.out.println("JsonFuzzTest gaesup.seed=" + seed);
        byte[] valid = new byte[0];
        for (int round = 0; round < ROUNDS; round++) {
            if (round % 16 == 0) {
                valid = Json.toBytes(Values.random(random, 1 + random.nextInt(60)));
            }
            check(Mutations.mutate(valid, random));
        }
        assertThat(values).isPositive();
    }

    private void check(byte[] bytes) {
        Value value;
        try {
            value = Json.parse(bytes);
        } catch (StateException e) {
            assertThat(e.detail()).contains("at ");
            return;
        } catch (Throwable e) {
            throw new AssertionError(
                    "seed " + seed + ": " + e + " for " + new String(bytes, StandardCharsets.UTF_8), e);
        }
        values++;
        assertThat(Json.parse(Json.toBytes(value))).as("seed %s", seed).isEqualTo(value);
    }
}
