package io.gaesup.state.core.codec;

import io.gaesup.state.core.StateException;
import io.gaesup.state.core.Value;

/**
 * What JSON and MessagePack are on every target, to the byte, as cases that a browser build can run too: plain Java
 * without a test library. The report has the form of {@link io.gaesup.state.core.ContractCases#run}.
 */
public final class CodecContract {

    private static final int FLOATS = 5_000;

    /** What the characters of {@link #FLOATS} floats as JSON, and of as many decimals read, amount to on a JVM. */
    private static final long WRITTEN = 5180561520028126327L;

    private static final long READ = -2140193485139234795L;

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
        refusesBytes("d6ff00000000", "MALFORMED: at byte 0 of 6: an extension (0xd6), which no value can carry");
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
