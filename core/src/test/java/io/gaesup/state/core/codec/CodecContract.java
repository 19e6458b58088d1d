package io.gaesup.state.core.codec;

import io.gaesup.state.core.StateException;
import io.gaesup.state.core.Value;
import java.util.Arrays;

/**
 * What JSON, MessagePack and LZ4 are on every target, to the byte, as cases that a browser build can run too: plain Java
 * without a test library. The report has the form of {@link io.gaesup.state.core.ContractCases#run}.
 */
public final class CodecContract {

    private static final int FLOATS = 5_000;

    /** What the characters of {@link #FLOATS} floats as JSON, and of as many decimals read, amount to on a JVM. */
    private static final long WRITTEN = 5180561520028126327L;

    private static final long READ = -2140193485139234795L;

    /** The same of LZ4 blocks. */
    private static final long BLOCKS = 665435002690594446L;

    private final StringBuilder report = new StringBuilder();
    private int passed;
    private int failed;
    private long random = 88_172_645_463_325_252L;

    private CodecContract() {}

    /** Runs all cases: a line {@code ok name} or {@code FAILED name: why} for each, then how many did what. */
    public static String run() {
        CodecContract contract = new CodecContract();
        contract.forms();
        contract.refusals();
        contract.floats();
        contract.blocks();
        return contract.report + "" + contract.passed + " ok, " + contract.failed + " failed\n";
    }

    private void forms() {
        form("null", "c0");
        form("[true,false]", "92c3c2");
        form(
                "[0,127,128,255,256,65535,65536,4294967295,4294967296]",
                "99007fcc80ccffcd0100cdffffce00010000ceffffffffcf0000000100000000");
        form("[-1,-32,-33,-128,-129,-32768,-32769]", "97ffe0d0dfd080d1ff7fd18000d2ffff7fff");
        form("[-2147483648,-2147483649]", "92d280000000d3ffffffff7fffffff");
        form("[9007199254740993,9223372036854775807]", "92cf0020000000000001cf7fffffffffffffff");
        form("-9223372036854775808", "d38000000000000000");
        form("[0.0,-0.0,1.0,0.5,0.1,-2.5]", "96ca00000000ca80000000ca3f800000ca3f000000cb3fb999999999999acac0200000");
        form(
                "[1.0E7,1.0E-5,4.9E-324,1.7976931348623157E308]",
                "94ca4b189680cb3ee4f8b588e368f1cb0000000000000001cb7fefffffffffffff");
        form("\"aé€𝄞\"", "aa61c3a9e282acf09d849e");
        form("\"\\\"\\\\\\b\\f\\n\\r\\t\\u0000\\u001f\"", "a9225c080c0a0d09001f");
        form("{\"z\":1,\"a\":{\"\":[]},\"é\":{}}", "83a17a01a16181a090a2c3a980");
        form("[{\"a\":1,\"b\":2},{\"a\":3,\"b\":4},{\"a\":5,\"c\":6}]", "9382a16101a1620282a16103a1620482a16105a16306");
        form("{\"$binary\":\"AP+A\"}", "c40300ff80");
        form("{\"$$binary\":\"AP+A\"}", "81a72462696e617279a441502b41");
        form("{\"$ext\":\"5:AQ==\"}", "d40501");
        form("{\"$ext\":\"-128:\"}", "c70080");
        form("[{\"$ext\":\"127:AQID\"},{\"$$ext\":\"0:\"}]", "92c7037f01020381a424657874a2303a");
        form("{\"$timestamp\":\"1970-01-01T00:00:00Z\"}", "d6ff00000000");
        form("{\"$timestamp\":\"2106-02-07T06:28:16Z\"}", "d7ff0000000100000000");
        form("{\"$timestamp\":\"2000-02-29T23:59:59.999999999Z\"}", "d7ffee6b27fc38bc5d7f");
        form("{\"$timestamp\":\"0000-01-01T00:00:00.100Z\"}", "c70cff05f5e100fffffff1868b8400");
        form("{\"$timestamp\":\"9999-12-31T23:59:59Z\"}", "c70cff000000000000003afff4417f");
        form("{\"$ext\":\"-1:AAAAAAAAADr/9EGA\"}", "c70cff000000000000003afff44180");
    }

    private void refusals() {
        refusesJson("[1,]", "MALFORMED: at line 1, column 4: expected a value, found ']'");
        refusesJson(
                "{\"a\":1,\n\"a\":2}", "MALFORMED: at line 2, column 1: key \"a\" for the second time in one object");
        refusesJson(
                "9223372036854775808", "OVERFLOW: at line 1, column 1: 9223372036854775808 does not fit in 64 bits");
        refusesJson("1e400", "OVERFLOW: at line 1, column 1: 1e400 is beyond the range of floats");
        refusesJson("NaN", "MALFORMED: at line 1, column 1: expected a value, found 'N'");
        refusesJson("\"\\ud800\"", "MALFORMED: at line 1, column 2: a lone surrogate, \\ud800");
        refusesJson(
                "[".repeat(600),
                "LIMIT_EXCEEDED: at line 1, column 513: a document nests at most 512 deep, this one deeper");
        refusesBytes("92c0cd01", "MALFORMED: at byte 2 of 4: expected 16 bits, but only 1 bytes are left");
        refusesBytes(
                "ddffffffff", "MALFORMED: at byte 0 of 5: expected 4294967295 elements, but only 0 bytes are left");
        refusesBytes("82a16101a16102", "MALFORMED: at byte 4 of 7: key \"a\" for the second time in one map");
        refusesBytes("81c002", "MALFORMED: at byte 1 of 3: a key is a string, but this begins with 0xc0");
        refusesBytes("a1ff", "MALFORMED: at byte 1: 0xff begins nothing that is valid UTF-8");
        refusesBytes("cb7ff8000000000000", "BAD_NUMBER: at byte 0 of 9: NaN is not a number a store can hold");
        refusesBytes(
                "cf8000000000000000",
                "OVERFLOW: at byte 0 of 9: 9223372036854775808 does not fit in 64 bits with a sign");
        refusesBytes("c1", "MALFORMED: at byte 0 of 1: 0xc1 begins nothing in MessagePack");
        refusesBytes("d5ff0000", "MALFORMED: at byte 0 of 4: a timestamp has 4, 8 or 12 bytes, this one has 2");
        refusesBytes(
                "d7ffee6b280000000000",
                "MALFORMED: at byte 0 of 10: a timestamp has up to 999999999 nanoseconds, this one 1000000000");
        refusesBytes(
                "c9ffffffff05",
                "MALFORMED: at byte 0 of 6: expected 4294967295 bytes of an extension, but only 0 bytes are left");
    }

    private void floats() {
        long written = 0;
        long read = 0;
        boolean back = true;
        for (int i = 0; i < FLOATS; i++) {
            double number = finite(i);
            String text = Json.write(Value.of(number));
            written = mix(written, text);
            back &= Json.parse(text).equals(Value.of(number));
            back &= MessagePack.decode(MessagePack.encode(Value.of(number))).equals(Value.of(number));
            String decimal =
                    Long.toString(next() & Long.MAX_VALUE) + '.' + (next() & Long.MAX_VALUE) + 'e' + next() % 280;
            read = mix(read, MessagePack.encode(Json.parse(decimal)));
        }
        check("floats come back to the bit", "true", Boolean.toString(back));
        check("floats are written as on a JVM", Long.toString(WRITTEN), Long.toString(written));
        check("decimals are read as on a JVM", Long.toString(READ), Long.toString(read));
    }

    private void blocks() {
        long hash = 0;
        boolean back = true;
        for (int length = 0; length < 40_000; length = length * 5 / 4 + 1) {
            byte[] bytes = rows(length);
            byte[] block = new byte[Lz4.compressedLengthMax(length)];
            int blockLength = Lz4.compress(bytes, 0, length, block, 0);
            hash = mix(hash, Arrays.copyOf(block, blockLength));
            byte[] read = new byte[length];
            Lz4.decompress(block, 0, blockLength, read, 0, length);
            back &= Arrays.equals(bytes, read);
        }
        check("LZ4 blocks come back", "true", Boolean.toString(back));
        check("LZ4 blocks are those of a JVM", Long.toString(BLOCKS), Long.toString(hash));
        refusesBlock("", 1, "MALFORMED: at byte 0 of 0 (LZ4): expected a token, but no bytes are left");
        refusesBlock("10610200", 9, "MALFORMED: at byte 2 of 4 (LZ4): a match 2 back, where 1 bytes are known");
        refusesBlock(
                "f0ff", 9, "MALFORMED: at byte 2 of 2 (LZ4): a length of at least 270, but only 9 bytes are to come");
        refusesBlock("30616161", 2, "MALFORMED: at byte 1 of 4 (LZ4): 3 literals, but only 2 bytes are to come");
    }

    /** Bytes of which some repeat, as those of encoded rows do. */
    private byte[] rows(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = i < 40 || next() % 11 == 0 ? (byte) next() : bytes[i - 40 + (i / 500) % 37];
        }
        return bytes;
    }

    private double finite(int i) {
        if (i % 2 == 0) {
            return (next() >>> 11) * 0x1p-53;
        }
        double number = Double.longBitsToDouble(next());
        return Double.isNaN(number) || Double.isInfinite(number) ? i : number;
    }

    /** Marsaglia's xorshift. */
    private long next() {
        random ^= random << 13;
        random ^= random >>> 7;
        random ^= random << 17;
        return random;
    }

    private static long mix(long hash, String text) {
        long mixed = hash;
        for (int i = 0; i < text.length(); i++) {
            mixed = mixed * 31 + text.charAt(i);
        }
        return mixed;
    }

    private static long mix(long hash, byte[] bytes) {
        long mixed = hash;
        for (byte b : bytes) {
            mixed = mixed * 31 + b;
        }
        return mixed;
    }

    private void form(String json, String hex) {
        check(json + " as MessagePack", hex, hex(MessagePack.encode(Json.parse(json))));
        check(hex + " as JSON", json, Json.write(MessagePack.decode(bytes(hex))));
    }

    private void refusesJson(String json, String message) {
        String found;
        try {
            found = Json.write(Json.parse(json));
        } catch (StateException e) {
            found = String.valueOf(e.getMessage());
        }
        check("refuses " + (json.length() > 40 ? json.substring(0, 40) : json), message, found);
    }

    private void refusesBytes(String hex, String message) {
        String found;
        try {
            found = Json.write(MessagePack.decode(bytes(hex)));
        } catch (StateException e) {
            found = String.valueOf(e.getMessage());
        }
        check("refuses " + hex, message, found);
    }

    private void refusesBlock(String hex, int length, String message) {
        String found;
        try {
            byte[] block = bytes(hex);
            Lz4.decompress(block, 0, block.length, new byte[length], 0, length);
            found = "nothing wrong";
        } catch (StateException e) {
            found = String.valueOf(e.getMessage());
        }
        check("refuses " + hex + " (LZ4)", message, found);
    }

    private void check(String name, String expected, String found) {
        boolean same = expected.equals(found);
        passed += same ? 1 : 0;
        failed += same ? 0 : 1;
        report.append(same ? "ok " : "FAILED ").append(name.replace('\n', ' '));
        if (!same) {
            report.append(": expected ").append(expected).append(", found ").append(found);
        }
        report.append('\n');
    }

    private static String hex(byte[] bytes) {
        StringBuilder hex = new StringBuilder();
        for (byte b : bytes) {
            hex.append(Character.forDigit(b >> 4 & 0x0f, 16)).append(Character.forDigit(b & 0x0f, 16));
        }
        return hex.toString();
    }

    private static byte[] bytes(String hex) {
        byte[] bytes = new byte[hex.length() / 2];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] =
                    (byte) (Character.digit(hex.charAt(2 * i), 16) << 4 | Character.digit(hex.charAt(2 * i + 1), 16));
        }
        return bytes;
    }
}
