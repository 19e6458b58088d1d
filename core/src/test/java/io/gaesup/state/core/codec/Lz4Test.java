package io.gaesup.state.core.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.StateException;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class Lz4Test {

    static byte[] compress(byte[] bytes) {
        byte[] to = new byte[Lz4.compressedLengthMax(bytes.length)];
        return Arrays.copyOf(to, Lz4.compress(bytes, 0, bytes.length, to, 0));
    }

    static byte[] decompress(byte[] block, int length) {
        byte[] to = new byte[length];
        Lz4.decompress(block, 0, block.length, to, 0, length);
        return to;
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    @Nested
    final class Blocks {

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 4, 5, 12, 13, 14, 19, 20, 269, 270, 271, 65_535, 65_536, 70_000, 1_000_000})
        void ofEqualBytesComeBack(int length) {
            byte[] bytes = new byte[length];
            Arrays.fill(bytes, (byte) 'x');
            byte[] block = compress(bytes);
            assertThat(decompress(block, length)).isEqualTo(bytes);
            assertThat(block.length).isLessThanOrEqualTo(length / 250 + 16);
        }

        @Test
        void areThoseOfTheGrammar() {
            assertThat(compress(new byte[0])).isEqualTo(hex("00"));
            assertThat(compress("abc".getBytes(ISO_8859_1))).isEqualTo(hex("30616263"));
            assertThat(compress("aaaaaaaaaaaaaaaaaaaaaaaa".getBytes(ISO_8859_1)))
                    .isEqualTo(hex("1e610100506161616161"));
        }

        @Test
        void lieAnywhereInTheirArrays() {
            byte[] text = "one fish two fish red fish blue fish".getBytes(ISO_8859_1);
            byte[] from = new byte[text.length + 7];
            System.arraycopy(text, 0, from, 3, text.length);
            byte[] to = new byte[Lz4.compressedLengthMax(text.length) + 5];
            int length = Lz4.compress(from, 3, text.length, to, 5);
            byte[] back = new byte[text.length + 11];
            Lz4.decompress(to, 5, length, back, 9, text.length);
            assertThat(Arrays.copyOfRange(back, 9, 9 + text.length)).isEqualTo(text);
            assertThat(Arrays.copyOf(back, 9)).containsOnly(0);
            assertThat(Arrays.copyOfRange(back, 9 + text.length, back.length)).containsOnly(0);
            assertThat(Arrays.copyOf(to, 5)).containsOnly(0);
        }
    }

    @Nested
    final class Refuses {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "'' | 0 | at byte 0 of 0 (LZ4): expected a token, but no bytes are left",
                    "00 | 1 | at byte 1 of 1 (LZ4): the block ends 1 bytes too early",
                    "f0 | 99 | at byte 1 of 1 (LZ4): expected the rest of a length, but no bytes are left",
                    "f0ff | 9999 | at byte 2 of 2 (LZ4): expected the rest of a length, but no bytes are left",
                    "f0ffff | 300 | at byte 3 of 3 (LZ4): a length of at least 525, but only 300 bytes are to come",
                    "3061 | 3 | at byte 1 of 2 (LZ4): expected 3 literals, but only 1 bytes are left",
                    "3061616100 | 2 | at byte 1 of 5 (LZ4): 3 literals, but only 2 bytes are to come",
                    "106101 | 9 | at byte 2 of 3 (LZ4): expected a distance of 2 bytes, but only 1 is left",
                    "10610000 | 9 | at byte 2 of 4 (LZ4): a match 0 back, where 1 bytes are known",
                    "10610200 | 9 | at byte 2 of 4 (LZ4): a match 2 back, where 1 bytes are known",
                    "10610100 | 4 | at byte 4 of 4 (LZ4): a match of 4, but only 3 bytes are to come",
                    "10610100 | 5 | at byte 4 of 4 (LZ4): expected a token, but no bytes are left",
                    "1f610100ff00 | 99 | at byte 5 of 6 (LZ4): a length of at least 270, but only 98 bytes are to come",
                })
        void aBlockThatIsNone(String block, int length, String reason) {
            assertThatThrownBy(() -> decompress(hex(block), length))
                    .isInstanceOf(StateException.class)
                    .hasMessage("MALFORMED: " + reason)
                    .extracting(e -> ((StateException) e).code())
                    .isEqualTo(ErrorCode.MALFORMED);
        }

        @Test
        void aBlockCutAnywhere() {
            byte[] bytes = "the rain in spain stays mainly in the plain, the rain in spain".getBytes(ISO_8859_1);
            byte[] block = compress(bytes);
            for (int length = 0; length < block.length; length++) {
                byte[] cut = Arrays.copyOf(block, length);
                assertThatThrownBy(() -> decompress(cut, bytes.length)).isInstanceOf(StateException.class);
            }
            assertThatThrownBy(() -> decompress(block, bytes.length + 1)).isInstanceOf(StateException.class);
            assertThatThrownBy(() -> decompress(block, bytes.length - 1)).isInstanceOf(StateException.class);
        }

        @Test
        void rangesOutsideOfTheArrays() {
            byte[] ten = new byte[10];
            assertThatIllegalArgumentException().isThrownBy(() -> Lz4.compress(ten, 5, 6, new byte[99], 0));
            assertThatIllegalArgumentException().isThrownBy(() -> Lz4.compress(ten, 0, 10, new byte[25], 0));
            assertThatIllegalArgumentException().isThrownBy(() -> Lz4.decompress(ten, -1, 2, ten, 0, 1));
            assertThatIllegalArgumentException().isThrownBy(() -> Lz4.decompress(ten, 0, 2, ten, 9, 2));
            assertThatIllegalArgumentException().isThrownBy(() -> Lz4.compressedLengthMax(Integer.MAX_VALUE));
        }
    }
}
