package io.gaesup.state.core.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.Extension;
import io.gaesup.state.core.Limits;
import io.gaesup.state.core.ListValue;
import io.gaesup.state.core.MapValue;
import io.gaesup.state.core.StateException;
import io.gaesup.state.core.Value;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MessagePackTest {

    @ParameterizedTest
    @CsvSource({
        "0, 00",
        "127, 7f",
        "128, cc80",
        "255, ccff",
        "256, cd0100",
        "65535, cdffff",
        "65536, ce00010000",
        "4294967295, ceffffffff",
        "4294967296, cf0000000100000000",
        "9223372036854775807, cf7fffffffffffffff",
        "-1, ff",
        "-32, e0",
        "-33, d0df",
        "-128, d080",
        "-129, d1ff7f",
        "-32768, d18000",
        "-32769, d2ffff7fff",
        "-2147483648, d280000000",
        "-2147483649, d3ffffffff7fffffff",
        "-9223372036854775808, d38000000000000000"
    })
    void anIntTakesTheSmallestFamily(long number, String bytes) {
        assertForm(Value.of(number), bytes);
    }

    @ParameterizedTest
    @CsvSource({
        "0.0, ca00000000",
        "-0.0, ca80000000",
        "1.5, ca3fc00000",
        "0.1, cb3fb999999999999a",
        "1.0E300, cb7e37e43c8800759c",
        "5.0E-324, cb0000000000000001"
    })
    void aFloatTakesTheSmallestThatIsExact(double number, String bytes) {
        assertForm(Value.of(number), bytes);
    }

    @Test
    void theOtherScalarsHaveOneForm() {
        assertForm(Value.NULL, "c0");
        assertForm(Value.of(false), "c2");
        assertForm(Value.of(true), "c3");
        assertForm(Value.of(""), "a0");
        assertForm(Value.of("aé"), "a361c3a9");
        assertForm(Value.of(new byte[] {1, 2}), "c4020102");
    }

    @ParameterizedTest
    @CsvSource({
        "0, c70005",
        "1, d405",
        "2, d505",
        "3, c70305",
        "4, d605",
        "8, d705",
        "15, c70f05",
        "16, d805",
        "17, c71105",
        "255, c7ff05",
        "256, c8010005",
        "65536, c90001000005"
    })
    void anExtensionTakesTheSmallestFamily(int length, String header) {
        assertForm(Extension.of(5, new byte[length]), header + "00".repeat(length));
        assertForm(
                Extension.of(-128, new byte[length]),
                header.substring(0, header.length() - 2) + "80" + "00".repeat(length));
    }

    @Test
    void anyFormOfATimestampIsRead() {
        for (String bytes :
                List.of("d6ff00000007", "d7ff0000000000000007", "c70cff000000000000000000000007", "c80004ff00000007")) {
            assertThat(MessagePack.decode(HexFormat.of().parseHex(bytes))).isEqualTo(Extension.timestamp(7, 0));
        }
    }

    @Test
    void lengthsTakeTheSmallestFamily() {
        assertHeader(Value.of("x".repeat(31)), "bf", 31);
        assertHeader(Value.of("x".repeat(32)), "d920", 32);
        assertHeader(Value.of("x".repeat(255)), "d9ff", 255);
        assertHeader(Value.of("é".repeat(128)), "da0100", 256);
        assertHeader(Value.of("x".repeat(65536)), "db00010000", 65536);
        assertHeader(Value.of(new byte[255]), "c4ff", 255);
        assertHeader(Value.of(new byte[256]), "c50100", 256);
        assertHeader(Value.of(new byte[65536]), "c600010000", 65536);
        assertHeader(ListValue.of(Value.of(1), Value.of(2)), "92", 2);
        assertHeader(listOf(15), "9f", 15);
        assertHeader(listOf(16), "dc0010", 16);
        assertHeader(listOf(65536), "dd00010000", 65536);
        assertHeader(mapOf(15), "8f", 15 * 4);
        assertHeader(mapOf(16), "de0010", 16 * 4);
        assertThat(HexFormat.of().formatHex(MessagePack.encode(mapOf(70_000)), 0, 5))
                .isEqualTo("df00011170");
    }

    @Test
    void aMapKeepsTheOrderOfItsKeys() {
        MapValue map = MapValue.of("z", Value.of(1), "a", ListValue.EMPTY, "m", MapValue.empty());
        assertForm(map, "83a17a01a16190a16d80");
        StringBuilder keys = new StringBuilder();
        ((MapValue) decode("83a17a01a16190a16d80")).forEach((key, value) -> keys.append(key));
        assertThat(keys).hasToString("zam");
    }

    @ParameterizedTest
    @CsvSource({
        "cc01, 1",
        "cd0001, 1",
        "ce00000001, 1",
        "cf0000000000000001, 1",
        "d001, 1",
        "d10001, 1",
        "d200000001, 1",
        "d30000000000000001, 1",
        "d0ff, -1",
        "d1ffff, -1",
        "d2ffffffff, -1",
        "d3ffffffffffffffff, -1"
    })
    void anIntOfALargerFamilyThanNeededIsRead(String bytes, long number) {
        assertThat(decode(bytes)).isEqualTo(Value.of(number));
    }

    @Test
    void lengthsOfALargerFamilyThanNeededAreRead() {
        assertThat(decode("d90161")).isEqualTo(Value.of("a"));
        assertThat(decode("da000161")).isEqualTo(Value.of("a"));
        assertThat(decode("db0000000161")).isEqualTo(Value.of("a"));
        assertThat(decode("c6000000010a")).isEqualTo(Value.of(new byte[] {10}));
        assertThat(decode("dd0000000101")).isEqualTo(ListValue.of(Value.of(1)));
        assertThat(decode("df00000001da00016102")).isEqualTo(MapValue.of("a", Value.of(2)));
        assertThat(decode("cb3ff8000000000000")).isEqualTo(Value.of(1.5));
    }

    @Test
    void rowsOfTheSameKeysAreReadAlike() {
        ListValue.Builder rows = ListValue.builder();
        for (int i = 0; i < 100; i++) {
            MapValue.Builder row = MapValue.builder().put("id", Value.of(i)).put("name", Value.of("row " + i));
            if (i % 7 == 0) {
                row.put("extra", MapValue.of("id", Value.of(-i)));
            } else if (i % 5 == 0) {
                row.put("other", Value.NULL);
            }
            rows.add(row.build());
        }
        ListValue value = rows.build();
        assertThat(MessagePack.decode(MessagePack.encode(value))).isEqualTo(value);
    }

    @Test
    void manyValuesAreReadFromOneReader() {
        ByteWriter writer = new ByteWriter();
        MapValue row = MapValue.of("a", Value.of(1), "b", Value.of("x"));
        MessagePack.encode(row, writer);
        writer.writeVarint(300);
        MessagePack.encode(row, writer);
        ByteReader reader = new ByteReader(writer.toBytes());
        assertThat(MessagePack.decode(reader)).isEqualTo(row);
        assertThat(reader.readVarint()).isEqualTo(300);
        assertThat(MessagePack.decode(reader)).isEqualTo(row);
        reader.requireEnd();
    }

    @Nested
    final class IsRefused {

        @Test
        void whatIsCutShort() {
            byte[] whole = MessagePack.encode(
                    MapValue.of("list", ListValue.of(Value.of(1.1), Value.of(70_000)), "b", Value.of(new byte[300])));
            for (int length = 0; length < whole.length; length++) {
                byte[] part = Arrays.copyOf(whole, length);
                assertThatThrownBy(() -> MessagePack.decode(part))
                        .isInstanceOfSatisfying(
                                StateException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MALFORMED));
            }
        }

        @Test
        void whatGoesOnAfterTheEnd() {
            assertRefused("c0c0", ErrorCode.MALFORMED, "at byte 1 of 2: 1 more bytes after the end");
        }

        @Test
        void aLengthBeyondTheInput() {
            assertRefused("dbffffffff61", ErrorCode.MALFORMED, "at byte 0 of 6: expected 4294967295 bytes of text");
            assertRefused("c6ffffffff61", ErrorCode.MALFORMED, "expected 4294967295 bytes, but only 1 bytes are left");
            assertRefused("ddffffffff61", ErrorCode.MALFORMED, "expected 4294967295 elements");
            assertRefused("dfffffffff61", ErrorCode.MALFORMED, "expected 4294967295 entries");
            assertRefused("df000000016161", ErrorCode.MALFORMED, "a key is a string, but this begins with 0x61");
            assertRefused(
                    "8190c0", ErrorCode.MALFORMED, "at byte 1 of 3: a key is a string, but this begins with 0x90");
        }

        @Test
        void whatNoValueCanCarry() {
            assertRefused("92c0c1", ErrorCode.MALFORMED, "at byte 2 of 3: 0xc1 begins nothing in MessagePack");
            assertRefused("92c0d4ff00", ErrorCode.MALFORMED, "at byte 2 of 5: a timestamp has 4, 8 or 12 bytes");
            assertRefused("c70cffffffffff0000000000000000", ErrorCode.MALFORMED, "this one 4294967295");
            assertRefused(
                    "cfffffffffffffffff", ErrorCode.OVERFLOW, "at byte 0 of 9: 18446744073709551615 does not fit");
            assertRefused("cf8000000000000000", ErrorCode.OVERFLOW, "9223372036854775808 does not fit");
            assertRefused("cb7ff8000000000000", ErrorCode.BAD_NUMBER, "at byte 0 of 9: NaN");
            assertRefused("ca7f800000", ErrorCode.BAD_NUMBER, "Infinity");
            assertRefused("91caff800000", ErrorCode.BAD_NUMBER, "at byte 1 of 6: -Infinity");
        }

        @Test
        void aKeyThatIsNoString() {
            assertRefused("810102", ErrorCode.MALFORMED, "at byte 1 of 3: a key is a string, but this begins with 0x1");
            assertRefused("81c002", ErrorCode.MALFORMED, "a key is a string, but this begins with 0xc0");
        }

        @Test
        void aKeyThatComesTwice() {
            assertRefused("82a16101a16102", ErrorCode.MALFORMED, "at byte 4 of 7: key \"a\" for the second time");
            byte[] large = MessagePack.encode(mapOf(40));
            System.arraycopy(large, 3, large, large.length - 4, 4);
            assertThatThrownBy(() -> MessagePack.decode(large)).hasMessageContaining("for the second time");
        }

        @Test
        void textThatIsNotUtf8() {
            assertRefused("92c0a261ff", ErrorCode.MALFORMED, "at byte 4: 0xff begins nothing that is valid UTF-8");
            assertRefused("81a1ff00", ErrorCode.MALFORMED, "at byte 2: 0xff");
        }

        @Test
        void whatNestsTooDeep() {
            String deepest = "91".repeat(Limits.DEPTH_MAX - 1) + "90";
            assertThat(MessagePack.encode(decode(deepest))).hasSize(Limits.DEPTH_MAX);
            assertRefused("91".repeat(Limits.DEPTH_MAX) + "90", ErrorCode.LIMIT_EXCEEDED, "at byte 512 of 513");
            assertRefused("81a161".repeat(100_000) + "90", ErrorCode.LIMIT_EXCEEDED, "nests at most 512 deep");

            Value tooDeep = ListValue.of(decode(deepest));
            ByteWriter writer = new ByteWriter();
            writer.writeByte(1);
            assertThatThrownBy(() -> MessagePack.encode(tooDeep, writer))
                    .hasMessageStartingWith("LIMIT_EXCEEDED: a document nests at most 512 deep");
            assertThat(writer.size()).isEqualTo(1);
        }

        @Test
        void aKeyThatIsTooLong() {
            String longest = "x".repeat(Limits.KEY_BYTES_MAX);
            MapValue map = MapValue.of(longest, Value.NULL);
            assertThat(MessagePack.decode(MessagePack.encode(map))).isEqualTo(map);

            ByteWriter writer = new ByteWriter();
            writer.writeByte(0x81);
            writer.writeByte(0xdb);
            writer.writeInt(Limits.KEY_BYTES_MAX + 1);
            writer.writeBytes(new byte[Limits.KEY_BYTES_MAX + 2]);
            assertThatThrownBy(() -> MessagePack.decode(writer.toBytes()))
                    .hasMessage("LIMIT_EXCEEDED: at byte 1 of 65544: a map key has at most 65536 bytes,"
                            + " this one has 65537");
        }

        @Test
        void aDocumentThatIsTooLarge() {
            ByteWriter header = new ByteWriter();
            header.writeTagged32(MessagePack.BIN32, Limits.DOCUMENT_BYTES_MAX - 4);
            byte[] bytes = Arrays.copyOf(header.toBytes(), Limits.DOCUMENT_BYTES_MAX + 1);
            assertThatThrownBy(() -> MessagePack.decode(bytes))
                    .hasMessageContaining(
                            "LIMIT_EXCEEDED: at byte 0 of 67108865: a document has at most 67108864 bytes");
            assertThatThrownBy(() -> MessagePack.encode(
                            Value.Binary.wrap(bytes), new ByteWriter("frame", 2 * Limits.DOCUMENT_BYTES_MAX)))
                    .hasMessageContaining("LIMIT_EXCEEDED: a document has at most 67108864 bytes");
            bytes[4]--;
            assertThat(MessagePack.encode(MessagePack.decode(new ByteReader(bytes))))
                    .hasSize(bytes.length - 1);
        }

        private void assertRefused(String bytes, ErrorCode code, String message) {
            assertThatThrownBy(() -> decode(bytes))
                    .isInstanceOfSatisfying(
                            StateException.class, e -> assertThat(e.code()).isEqualTo(code))
                    .hasMessageContaining(message);
        }
    }

    private static void assertForm(Value value, String bytes) {
        assertThat(HexFormat.of().formatHex(MessagePack.encode(value))).isEqualTo(bytes);
        assertThat(decode(bytes)).isEqualTo(value);
    }

    private static void assertHeader(Value value, String header, int bytesAfterIt) {
        byte[] bytes = MessagePack.encode(value);
        int length = header.length() / 2;
        assertThat(HexFormat.of().formatHex(bytes, 0, length)).isEqualTo(header);
        assertThat(bytes).hasSize(length + bytesAfterIt);
        assertThat(MessagePack.decode(bytes)).isEqualTo(value);
    }

    private static Value decode(String hex) {
        return MessagePack.decode(HexFormat.of().parseHex(hex));
    }

    private static ListValue listOf(int size) {
        ListValue.Builder builder = ListValue.builder();
        for (int i = 0; i < size; i++) {
            builder.add(Value.NULL);
        }
        return builder.build();
    }

    /** Entries of four bytes each: a key of two characters and a null. */
    private static MapValue mapOf(int size) {
        MapValue.Builder builder = MapValue.builder();
        for (int i = 0; i < size; i++) {
            builder.put(size < 100 ? "" + (char) ('A' + i / 10) + i % 10 : "key" + i, Value.NULL);
        }
        return builder.build();
    }
}
