package io.gaesup.state.core.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.StateException;
import java.nio.charset.StandardCharsets;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ByteReaderTest {

    private final ByteWriter writer = new ByteWriter();

    @Test
    void whatWasWrittenIsRead() {
        writer.writeByte(0xfe);
        writer.writeInt(0xdeadbeef);
        writer.writeLong(Long.MIN_VALUE + 7);
        writer.writeString("héllo");
        writer.writeBytes(new byte[] {9, 8, 7}, 1, 2);

        ByteReader reader = new ByteReader(writer.toBytes());
        assertThat(reader.readByte()).isEqualTo(0xfe);
        assertThat(reader.readInt()).isEqualTo(0xdeadbeef);
        assertThat(reader.readLong()).isEqualTo(Long.MIN_VALUE + 7);
        assertThat(reader.readString()).isEqualTo("héllo");
        assertThat(reader.position()).isEqualTo(writer.size() - 2);
        assertThat(reader.readBytes(2)).containsExactly(8, 7);
        reader.requireEnd();
    }

    @Test
    void aPartOfAnArrayHasOffsetsOfItsOwn() {
        ByteReader reader = new ByteReader(new byte[] {1, 2, 3, 4}, 1, 2);
        assertThat(reader.readByte()).isEqualTo(2);
        assertThat(reader.remaining()).isEqualTo(1);
        assertThat(reader.position()).isEqualTo(1);
        assertRefused(reader::readInt, "at byte 1 of 2: expected a 32-bit number (4), only 1 are left");
        assertThatIllegalArgumentException().isThrownBy(() -> new ByteReader(new byte[4], 3, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> new ByteReader(new byte[4]).readBytes(-1));
    }

    @Test
    void bytesAfterTheEndAreRefused() {
        assertRefused(new ByteReader(new byte[3])::requireEnd, "at byte 0 of 3: 3 more bytes after the end");
    }

    @Test
    void aWriterIsUsedAgain() {
        writer.writeString("first");
        writer.reset();
        writer.writeByte(1);
        writer.writeByte(2);
        writer.truncate(1);
        assertThat(writer.toBytes()).containsExactly(1);
        assertThatIllegalArgumentException().isThrownBy(() -> writer.truncate(2));
    }

    @Test
    void aWriterHoldsItsLimit() {
        ByteWriter frame = new ByteWriter("frame", 10);
        frame.writeLong(1);
        assertThatThrownBy(() -> frame.writeString("ab"))
                .isInstanceOf(StateException.class)
                .hasMessage("LIMIT_EXCEEDED: a frame has at most 10 bytes, this one has at least 11");
        assertThat(frame.size()).isEqualTo(8);
        frame.writeString("a");
        assertThat(frame.size()).isEqualTo(10);
    }

    @Nested
    final class Varint {

        @ParameterizedTest
        @ValueSource(
                longs = {0, 1, 127, 128, 16383, 16384, Integer.MAX_VALUE, 1L << 62, Long.MAX_VALUE, -1, Long.MIN_VALUE})
        void isReadAsWritten(long value) {
            writer.writeVarint(value);
            ByteReader reader = new ByteReader(writer.toBytes());
            assertThat(reader.readVarint()).isEqualTo(value);
            assertThat(reader.remaining()).isZero();
        }

        @Test
        void takesOneByteForSevenBits() {
            writer.writeVarint(127);
            assertThat(writer.size()).isEqualTo(1);
            writer.writeVarint(128);
            assertThat(writer.size()).isEqualTo(3);
            writer.writeVarint(-1);
            assertThat(writer.size()).isEqualTo(13);
        }

        @Test
        void thatEndsTooSoonIsRefused() {
            assertRefused(reading(0x80, 0x80)::readVarint, "at byte 2 of 2: expected the next byte of a varint (1)");
        }

        @Test
        void inALongerFormThanNeededIsRefused() {
            assertRefused(reading(0x80, 0x00)::readVarint, "at byte 1 of 2: a varint ends in 0: not its shortest form");
        }

        @Test
        void beyond64BitsIsRefused() {
            assertRefused(
                    reading(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 2)::readVarint, "beyond 64 bits");
            assertRefused(
                    reading(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x81, 0)::readVarint,
                    "at byte 9 of 11: a varint has more than 10 bytes");
        }

        @Test
        void asALengthIsComparedWithWhatIsLeft() {
            writer.writeVarint(4L << 30);
            assertRefused(
                    () -> new ByteReader(writer.toBytes()).readLength("operations"),
                    "at byte 0 of 5: 4294967296 operations announced, but only 0 bytes are left");
            writer.reset();
            writer.writeVarint(-1);
            assertRefused(
                    () -> new ByteReader(writer.toBytes()).readString(),
                    "at byte 0 of 10: 18446744073709551615 bytes of text announced");
        }
    }

    @Nested
    final class Text {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "a",
                    "plain ascii",
                    "é",
                    "ascii then é",
                    "€ and \u0800\uffff",
                    "𝄞 clef \udbff\udfff",
                    "\u0000"
                })
        void hasTheBytesOfUtf8(String text) {
            writer.writeString(text);
            byte[] expected = text.getBytes(StandardCharsets.UTF_8);
            ByteReader reader = new ByteReader(writer.toBytes());
            assertThat(reader.readLength("bytes")).isEqualTo(expected.length);
            assertThat(reader.readBytes(expected.length)).isEqualTo(expected);
            assertThat(new ByteReader(writer.toBytes()).readString()).isEqualTo(text);
        }

        @Test
        void mayBeLong() {
            String text = "x".repeat(5000) + "é".repeat(5000);
            writer.writeString(text);
            assertThat(new ByteReader(writer.toBytes()).readString()).isEqualTo(text);
        }

        @ParameterizedTest
        @ValueSource(strings = {"\ud800", "a\udc00", "\ud800\ud800\udc00", "é\ud800x"})
        void withALoneSurrogateIsNotWritten(String text) {
            writer.writeByte(1);
            assertRefused(() -> writer.writeString(text), "a string has a lone surrogate at index ");
            assertThat(writer.size()).isEqualTo(1);
        }

        @Test
        void thatIsNotUtf8IsRefusedWithTheOffset() {
            assertRefused(reading(3, 'a', 'b', 0x80)::readString, "at byte 3: 0x80 begins nothing that is valid UTF-8");
            assertNotUtf8(0xc0, 0x80);
            assertNotUtf8(0xc1, 0xbf);
            assertNotUtf8(0xc3);
            assertNotUtf8(0xc3, 'a');
            assertNotUtf8(0xe0, 0x80, 0x80);
            assertNotUtf8(0xe2, 0x82);
            assertNotUtf8(0xed, 0xa0, 0x80);
            assertNotUtf8(0xf0, 0x80, 0x80, 0x80);
            assertNotUtf8(0xf4, 0x90, 0x80, 0x80);
            assertNotUtf8(0xf5, 0x80, 0x80, 0x80);
            assertNotUtf8(0xff);
        }

        private void assertNotUtf8(int... utf8) {
            int[] all = new int[utf8.length + 1];
            all[0] = utf8.length;
            System.arraycopy(utf8, 0, all, 1, utf8.length);
            assertRefused(reading(all)::readString, "at byte 1: 0x" + Integer.toHexString(utf8[0]));
        }
    }

    private static ByteReader reading(int... bytes) {
        byte[] array = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            array[i] = (byte) bytes[i];
        }
        return new ByteReader(array);
    }

    private static void assertRefused(ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StateException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MALFORMED))
                .hasMessageContaining(message);
    }
}
