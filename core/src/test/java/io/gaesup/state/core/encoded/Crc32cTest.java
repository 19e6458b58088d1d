package io.gaesup.state.core.encoded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

final class Crc32cTest {

    @Test
    void isThatOfTheClassLibraryAtEveryLengthAndOffset() {
        byte[] bytes = new byte[400];
        new SplittableRandom(7).nextBytes(bytes);
        for (int from = 0; from < 9; from++) {
            for (int length = 0; length < 300; length++) {
                CRC32C oracle = new CRC32C();
                oracle.update(bytes, from, length);
                assertThat(Crc32c.of(bytes, from, length)).isEqualTo((int) oracle.getValue());
            }
        }
    }
}
