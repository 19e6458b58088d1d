package io.gaesup.state.core.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DecimalsTest {

    private static final int ROUNDS = Boolean.getBoolean("gaesup.deep") ? 5_000_000 : 50_000;

    private final Decimals decimals = new Decimals();
    private final ByteWriter writer = new ByteWriter();

    @ParameterizedTest
    @ValueSource(longs = {0, 7, -7, 10, 99, -100, 1234567890123456789L, Long.MAX_VALUE, Long.MIN_VALUE})
    void aLongIsWrittenAsJavaDoes(long value) {
        decimals.write(value, writer);
        assertThat(writer.toText()).isEqualTo(Long.toString(value));
    }

    @ParameterizedTest
    @ValueSource(
            doubles = {
                0.0,
                -0.0,
                1.0,
                -1.0,
                0.1,
                0.001,
                0.00099,
                0.0010001,
                9999999.0,
                9999999.99999,
                1.0E7,
                9.999999999E6,
                0.3,
                0.30000000000000004,
                123.456,
                -123.45678,
                123.456789,
                1.00001,
                2.0E-3,
                4.35,
                0.07,
                1234567.1,
                5.0E-324,
                8388608.5,
                4503599627370496.5,
                0.125,
                1e21
            })
    void aDoubleIsWrittenAsJavaDoes(double value) {
        assertWritten(value);
    }

    @Test
    void doublesOfFewDigitsAndTheirNeighboursAreWrittenAsJavaDoes() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 200_000; i++) {
            double value = random.nextInt() / Math.pow(10, random.nextInt(10));
            assertWritten(value);
            assertWritten(Math.nextUp(value));
            assertWritten(Math.nextDown(value));
        }
    }

    @Test
    void anyDoubleIsWrittenAsJavaDoes() {
        SplittableRandom random = new SplittableRandom(8);
        for (int i = 0; i < ROUNDS; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                assertWritten(value);
            }
            assertWritten((random.nextLong() >>> 11) * 0x1p-53);
            assertWritten(Double.longBitsToDouble(random.nextLong(1000)));
            assertWritten(Double.longBitsToDouble(random.nextLong() & 0x7fe0_0000_0000_0000L));
        }
    }

    @Test
    void everyPowerOfTwoAndTenAndItsNeighboursAreWrittenAsJavaDoes() {
        for (int exponent = -1074; exponent <= 1023; exponent++) {
            assertNeighbourhood(Math.scalb(1.0, exponent));
        }
        for (int exponent = -323; exponent <= 308; exponent++) {
            for (int digit = 1; digit <= 9; digit++) {
                assertNeighbourhood(Math.min(Double.MAX_VALUE, Double.parseDouble(digit + "e" + exponent)));
            }
        }
    }

    private void assertNeighbourhood(double value) {
        assertWritten(value);
        assertWritten(Math.nextDown(value));
        assertWritten(-Math.min(Double.MAX_VALUE, Math.nextUp(value)));
    }

    private void assertWritten(double value) {
        writer.reset();
        decimals.write(value, writer);
        String written = writer.toText();
        if (!written.equals(Double.toString(value))) {
            assertThat(written).isEqualTo(Double.toString(value));
        }
    }
}
