package io.gaesup.state.core.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.Limits;
import io.gaesup.state.core.ListValue;
import io.gaesup.state.core.MapValue;
import io.gaesup.state.core.StateException;
import io.gaesup.state.core.Value;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "true",
                "false",
                "0",
                "-1",
                "9223372036854775807",
                "-9223372036854775808",
                "0.0",
                "-0.0",
                "1.0",
                "0.1",
                "1.0E10",
                "1.7976931348623157E308",
                "4.9E-324",
                "-1.0E-5",
                "\"\"",
                "\"aé€𝄞\"",
                "\"\\\"\\\\\\b\\f\\n\\r\\t\\u0000\\u001f/\u007f\"",
                "[]",
                "{}",
                "[[],{},[{}]]",
                "{\"z\":1,\"a\":[1.5,null,true],\"\":{\"é\\n\":\"x\"}}",
                "[{\"a\":1,\"b\":2},{\"a\":3,\"b\":4},{\"a\":5},{\"a\":6,\"b\":7,\"c\":8},{\"b\":1,\"a\":2}]",
                "{\"$binary\":\"\"}",
                "{\"$binary\":\"AQI=\"}",
                "[{\"$binary\":\"aGk=\"},{\"$binary\":\"AQID\"},{\"$binary\":1}]",
                "[{\"$binary\":\"AQI=\",\"b\":1},{\"$binary\":\"AQI=\"},{\"$binary\":\"AQI=\",\"b\":1}]",
                "{\"$$binary\":\"AQI=\"}",
                "{\"$binary\":\"AQI\"}",
                "{\"$binary\":\"AQJ=\"}",
                "{\"$binary\":\"AQ I\"}",
                "{\"$binary\":\"AQI=\",\"b\":1}",
                "{\"$binary\":{\"base64\":\"AQI=\"}}",
                "{\"$ext\":\"5:AQI=\"}",
                "[{\"$ext\":\"-5:\"},{\"$ext\":\"128:\"},{\"$ext\":\"05:\"},{\"$ext\":\"-0:\"},{\"$ext\":\":\"},{\"$ext\":\"5\"}]",
                "[{\"$ext\":\"-1:AQI=\"},{\"$$ext\":\"5:AQI=\"},{\"$ext\":5},{\"ext\":\"5:\"},{\"$\":\"5:\"},{\"$$\":\"\"}]",
                "{\"$timestamp\":\"2024-02-29T12:00:00.123Z\"}",
                "[{\"$timestamp\":\"2023-02-29T12:00:00Z\"},{\"$timestamp\":\"2024-02-29T24:00:00Z\"}]",
                "[{\"$timestamp\":\"2024-02-29T12:00:00+00:00\"},{\"$timestamp\":\"2024-02-29\"},{\"$timestamp\":\"Z\"}]",
                "[{\"$timestamp\":\"2024-02-29T12:00:00.Z\"},{\"$timestamp\":\"2024-02-29T12:00:00.0123456789Z\"}]",
                "[{\"$timestamp\":{\"t\":1,\"i\":2}},{\"$$timestamp\":\"2024-02-29T12:00:00.123456Z\"}]"
            })
    void isReadAndWrittenAsItIs(String json) {
        assertThat(Json.write(Json.parse(json))).isEqualTo(json);
        assertThat(Json.toBytes(Json.parse(json.getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void spaceAndEscapesAreReadAndNotKept() {
        assertThat(Json.parse(" \t\r\n{ \"\\u0061\\/\" : [ 1 , 2\n] , \"\\ud834\\udd1E\":\"\\u00e9\" } "))
                .isEqualTo(MapValue.of("a/", ListValue.of(Value.of(1), Value.of(2)), "𝄞", Value.of("é")));
    }

    @Test
    void aPartOfAnArrayIsRead() {
        byte[] bytes = "xx[1]yy".getBytes(StandardCharsets.UTF_8);
        assertThat(Json.parse(bytes, 2, 3)).isEqualTo(ListValue.of(Value.of(1)));
        assertThatThrownBy(() -> Json.parse(bytes, 2, 2)).hasMessageContaining("at line 1, column 3");
    }

    @Nested
    final class ANumber {

        @Test
        void withoutFractionAndExponentIsAnInt() {
            assertThat(Json.parse("1")).isEqualTo(Value.of(1L));
            assertThat(Json.parse("1000000000000000000")).isEqualTo(Value.of(1_000_000_000_000_000_000L));
            assertThat(Json.parse("9007199254740993")).isEqualTo(Value.of(9_007_199_254_740_993L));
        }

        @Test
        void ofAnyOtherFormIsAFloat() {
            assertThat(Json.parse("1.0")).isEqualTo(Value.of(1.0));
            assertThat(Json.parse("1e3")).isEqualTo(Value.of(1000.0));
            assertThat(Json.parse("1E+3")).isEqualTo(Value.of(1000.0));
            assertThat(Json.parse("1e-3")).isEqualTo(Value.of(0.001));
            assertThat(Json.parse("-0")).isEqualTo(Value.of(-0.0));
            assertThat(Json.parse("-0.0e5")).isEqualTo(Value.of(-0.0));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "9007199254740993.0",
                    "0.30000000000000004",
                    "123456789012345678.5",
                    "1e22",
                    "1e23",
                    "9007199254740992e22",
                    "9007199254740993e22",
                    "1e-22",
                    "3e-23",
                    "2.2250738585072011e-308",
                    "0.000000000000000000000000123",
                    "179769313486231570000000000000000000000e270",
                    "1e-400",
                    "0e999999999999",
                    "5e-324",
                    "2.47e-324"
                })
        void isTheNearestFloat(String json) {
            assertThat(Json.parse(json)).isEqualTo(Value.of(Double.parseDouble(json)));
            assertThat(Json.parse("-" + json)).isEqualTo(Value.of(-Double.parseDouble(json)));
        }

        @Test
        void beyondItsRangeIsRefusedWithThePlace() {
            assertRefused(
                    "[1,\n 9223372036854775808]",
                    ErrorCode.OVERFLOW,
                    "at line 2, column 2: 9223372036854775808 does not fit in 64 bits");
            assertRefused("-9223372036854775809", ErrorCode.OVERFLOW, "-9223372036854775809 does not fit");
            assertRefused("1".repeat(1000), ErrorCode.OVERFLOW, "1111… does not fit");
            assertRefused("1e400", ErrorCode.OVERFLOW, "at line 1, column 1: 1e400 is beyond the range of floats");
            assertRefused("-1e99999999999", ErrorCode.OVERFLOW, "is beyond the range of floats");
        }

        @ParameterizedTest
        @CsvSource({
            "01, a number that begins with 0",
            "-01, a number that begins with 0",
            "-, 'expected a digit, found the end'",
            "-x, 'expected a digit, found ''x'''",
            "1., 'expected a digit, found the end'",
            ".5, 'expected a value, found ''.'''",
            "+1, 'expected a value, found ''+'''",
            "1e, 'expected a digit'",
            "1e+, 'expected a digit'",
            "1.e5, 'expected a digit, found ''e'''",
            "0x10, 'expected the end, found ''x'''",
            "NaN, 'expected a value, found ''N'''",
            "Infinity, 'expected a value, found ''I'''",
            "-Infinity, 'expected a digit, found ''I'''",
            "1_000, 'expected the end, found ''_'''"
        })
        void ofAnotherFormIsRefused(String json, String reason) {
            assertRefused(json, ErrorCode.MALFORMED, reason);
        }
    }

    @Nested
    final class IsRefused {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "''|column 1: expected a value, found the end",
                    "[|column 2: expected a value, found the end",
                    "[1|column 3: expected ',' or ']', found the end",
                    "[1,]|column 4: expected a value, found ']'",
                    "[,1]|column 2: expected a value, found ','",
                    "[1 2]|column 4: expected ',' or ']', found '2'",
                    "[1}|column 3: expected ',' or ']', found '}'",
                    "{|column 2: expected a key in quotes, found the end",
                    "{a:1}|column 2: expected a key in quotes, found 'a'",
                    "{\"a\"}|column 5: expected ':' after a key, found '}'",
                    "{\"a\":}|column 6: expected a value, found '}'",
                    "{\"a\":1,}|column 8: expected a key in quotes, found '}'",
                    "{\"a\":1 \"b\":2}|column 8: expected ',' or '}', found '\"'",
                    "nul|column 1: expected a value, found 'n'",
                    "nulll|column 5: expected the end, found 'l'",
                    "True|column 1: expected a value, found 'T'",
                    "1 2|column 3: expected the end, found '2'",
                    "// comment|column 1: expected a value, found '/'",
                    "[{\"a\":1},{\"a\"|column 14: expected ':' after a key, found the end",
                    "[{\"a\":1},{\"a\":2|column 16: expected ',' or '}', found the end",
                    "[{\"a\":1},{\"a\":2,1}]|column 17: expected a key in quotes, found '1'"
                })
        void whatIsNotJson(String json, String message) {
            assertRefused(json, ErrorCode.MALFORMED, "at line 1, " + message);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "\"a|column 1: a string without a closing quote",
                    "\"a\\|column 1: a string without a closing quote",
                    "\"a\\\"|column 1: a string without a closing quote",
                    "\"a\\x\"|column 3: a backslash before 'x'",
                    "\"\\u12\"|column 2: \\u without four hexadecimal digits",
                    "\"\\u12g4\"|column 2: \\u without four hexadecimal digits",
                    "\"é\\ud800\"|column 3: a lone surrogate, \\ud800",
                    "\"\\ud800\\n\"|column 2: a lone surrogate, \\ud800",
                    "\"\\ud800\\ud800\"|column 2: a lone surrogate, \\ud800",
                    "\"\\udc00\"|column 2: a lone surrogate, \\udc00"
                })
        void aStringThatIsNone(String json, String message) {
            assertRefused(json, ErrorCode.MALFORMED, "at line 1, " + message);
        }

        @Test
        void aStringInOtherQuotes() {
            assertRefused("'a'", ErrorCode.MALFORMED, "at line 1, column 1: expected a value, found '''");
        }

        @Test
        void aControlCharacterInAString() {
            assertRefused("[\"a\tb\"]", ErrorCode.MALFORMED, "column 4: a control character in a string, 0x9");
            assertRefused("\n\n\"é\nb\"", ErrorCode.MALFORMED, "at line 3, column 3: a control character");
        }

        @Test
        void whatIsNotUtf8() {
            assertBytesRefused("at line 1, column 3: 0xff begins nothing that is valid UTF-8", '"', 'a', 0xff, '"');
            assertBytesRefused("at line 1, column 2: 0xed", '"', 0xed, 0xa0, 0x80, '"');
            assertBytesRefused("at line 1, column 2: 0xc3", '"', 0xc3, '"');
            assertBytesRefused("at line 1, column 1: expected a value, found byte 0xef", 0xef, 0xbb, 0xbf, '1');
            assertRefused("\"\ud800\"", ErrorCode.MALFORMED, "a string has a lone surrogate at index 1");
        }

        @Test
        void aKeyThatComesTwice() {
            assertRefused(
                    "{\"a\":1,\n\"a\":2}", ErrorCode.MALFORMED, "at line 2, column 1: key \"a\" for the second time");
            assertRefused("[{\"a\":1},{\"a\":1,\"\\u0061\":2}]", ErrorCode.MALFORMED, "column 17: key \"a\"");
        }

        @Test
        void whatNestsTooDeep() {
            String deepest = "[".repeat(Limits.DEPTH_MAX) + "]".repeat(Limits.DEPTH_MAX);
            assertThat(Json.write(Json.parse(deepest))).isEqualTo(deepest);
            assertRefused(
                    "[".repeat(100_000), ErrorCode.LIMIT_EXCEEDED, "column 513: a document nests at most 512 deep");
            assertRefused("{\"a\":".repeat(100_000), ErrorCode.LIMIT_EXCEEDED, "a document nests at most 512 deep");
            Value tooDeep = ListValue.of(Json.parse(deepest));
            assertThatThrownBy(() -> Json.write(tooDeep)).hasMessageStartingWith("LIMIT_EXCEEDED: a document nests");
        }

        @Test
        void aKeyThatIsTooLong() {
            String longest = "{\"" + "x".repeat(Limits.KEY_BYTES_MAX) + "\":1}";
            assertThat(Json.write(Json.parse(longest))).isEqualTo(longest);
            assertRefused(
                    "{\"" + "x".repeat(Limits.KEY_BYTES_MAX + 1) + "\":1}",
                    ErrorCode.LIMIT_EXCEEDED,
                    "at line 1, column 2: a map key has at most 65536 bytes, this one has 65537");
        }

        @Test
        void aDocumentThatIsTooLarge() {
            assertThatThrownBy(() -> Json.parse(new byte[Limits.DOCUMENT_BYTES_MAX + 1]))
                    .hasMessage("LIMIT_EXCEEDED: a document has at most 67108864 bytes, this one has 67108865");
            ByteWriter frame = new ByteWriter("frame", 8);
            frame.writeByte('x');
            assertThatThrownBy(() -> Json.write(Value.of("1234567"), frame))
                    .hasMessage("LIMIT_EXCEEDED: a frame has at most 8 bytes, this one has at least 9");
            assertThat(frame.size()).isEqualTo(1);
        }

        private void assertBytesRefused(String message, int... bytes) {
            byte[] json = new byte[bytes.length];
            for (int i = 0; i < bytes.length; i++) {
                json[i] = (byte) bytes[i];
            }
            assertThatThrownBy(() -> Json.parse(json))
                    .hasMessageStartingWith("MALFORMED: " + message)
                    .isInstanceOf(StateException.class);
        }
    }

    @Test
    void bytesAndMapsThatLookLikeThemComeBackAsWhatTheyWere() {
        Value bytes = Value.of(new byte[] {0, -1, 127, -128});
        MapValue alike = MapValue.of("$binary", Value.of("AP9/gA=="));
        MapValue alikeTwice = MapValue.of("$$$binary", Value.of("AP9/gA=="));
        MapValue nested = MapValue.of("$binary", bytes);
        assertThat(Json.write(bytes)).isEqualTo("{\"$binary\":\"AP9/gA==\"}");
        assertThat(Json.write(alike)).isEqualTo("{\"$$binary\":\"AP9/gA==\"}");
        MapValue larger = MapValue.of("$binary", Value.of("AP9/gA=="), "b", Value.NULL);
        Value all = ListValue.of(bytes, alike, larger, bytes, alikeTwice, larger, alike, nested, larger, nested, bytes);
        assertThat(Json.parse(Json.write(all))).isEqualTo(all);
    }

    private static void assertRefused(String json, ErrorCode code, String message) {
        assertThatThrownBy(() -> Json.parse(json))
                .isInstanceOfSatisfying(
                        StateException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(message);
    }
}
