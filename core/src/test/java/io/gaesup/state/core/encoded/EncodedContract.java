package io.gaesup.state.core.encoded;

import io.gaesup.state.core.Delta;
import io.gaesup.state.core.ListValue;
import io.gaesup.state.core.MapValue;
import io.gaesup.state.core.Operation;
import io.gaesup.state.core.Path;
import io.gaesup.state.core.StateException;
import io.gaesup.state.core.Value;
import io.gaesup.state.core.codec.ByteWriter;
import io.gaesup.state.core.codec.MessagePack;
import java.util.Arrays;
import java.util.List;

/**
 * What encoded states and deltas are on every target, to the byte, as cases that a browser build can run too: plain Java
 * without a test library. The report has the form of {@link io.gaesup.state.core.ContractCases#run}.
 */
public final class EncodedContract {

    /** What payload and index of {@link #table} amount to on a JVM. */
    private static final String TABLE = "70960e62";

    private static final String DELTA = "475344012901032a545ac295504c4eb88a03000104726f77731c01057072696365ca3f000000"
            + "63010e0102696401820001047461677301012da178";

    private final StringBuilder report = new StringBuilder();
    private int passed;
    private int failed;

    private EncodedContract() {}

    /** Runs all cases: a line {@code ok name} or {@code FAILED name: why} for each, then how many did what. */
    public static String run() {
        EncodedContract contract = new EncodedContract();
        contract.forms();
        contract.reading();
        contract.differing();
        contract.comparing();
        contract.refusals();
        return contract.report + "" + contract.passed + " ok, " + contract.failed + " failed\n";
    }

    private void forms() {
        check(
                "a small state",
                "4753450188040008e9abca1d69f5081b81a16101",
                hex(EncodedState.encode(MapValue.of("a", Value.of(1)))));
        EncodedState state = EncodedState.of(EncodedState.encode(table()));
        int parts = 31 * mix(state.payload()) + mix(state.indexRegion().all());
        check("payload and index of a table", TABLE, Integer.toHexString(parts));
        check("decoding gives it back", "true", "" + state.decode().equals(table()));
        check("CRC-32C", "e3069283", Integer.toHexString(Crc32c.of(bytes("313233343536373839"), 0, 9)));
        Delta delta = new Delta(
                41,
                42,
                List.of(
                        new Operation.Set(Path.of("/rows").child(7).child("price"), Value.of(0.5)),
                        new Operation.Increment(Path.of("/rows").child(3).child("id"), Value.of(1)),
                        new Operation.Insert(Path.of("/tags/-"), Value.of("x"))));
        byte[] encoded = EncodedDelta.encode(delta);
        check("a delta comes back", "true", "" + EncodedDelta.decode(encoded).equals(delta));
        check("a delta", DELTA, hex(encoded));
    }

    private void reading() {
        EncodedState state = EncodedState.of(EncodedState.encode(table()));
        reads(state, "/title", "\"orders\"");
        reads(state, "/rows/0/id", "0");
        reads(state, "/rows/777/name", "\"customer 63\"");
        reads(state, "/rows/999/price", "249.75");
        reads(state, "/rows/1000", "null");
        reads(state, "/totals/t500", "15500");
        reads(state, "/totals/é", "null");
        state.verify();
        int same = 0;
        for (int i = 0; i < 1_000; i += 13) {
            Path path = Path.of("/rows").child(i);
            Value found = state.read(path);
            same += found != null && found.equals(row(i)) ? 1 : 0;
        }
        check("rows read by the index are the rows", "77", "" + same);
    }

    private void reads(EncodedState state, String path, String expected) {
        check("reads " + path, expected, "" + state.read(Path.of(path)));
    }

    private void differing() {
        Value before = table();
        Value after = new Delta(
                        0,
                        1,
                        List.of(
                                new Operation.Set(Path.of("/rows/500/price"), Value.of(-1)),
                                new Operation.Delete(Path.of("/rows/10")),
                                new Operation.Insert(Path.of("/rows/900"), row(10))))
                .applyTo(before);
        List<Operation> found = StateDiff.operations(
                EncodedState.of(EncodedState.encode(before)), EncodedState.of(EncodedState.encode(after)));
        check("three changes are found", "3", "" + found.size());
        Value applied = new Delta(0, 1, found).applyTo(before);
        check("what was found leads there", hashOf(after), hashOf(applied));
    }

    private void comparing() {
        int right = 0;
        byte[] a = new byte[130];
        byte[] b = new byte[130];
        for (int i = 0; i < a.length; i++) {
            a[i] = (byte) (i * 37);
            b[i] = a[i];
        }
        for (int length = 0; length <= 100; length++) {
            for (int place = 0; place <= length; place++) {
                b[9 + place] ^= (byte) 0x80;
                right += Platform.PORTABLE.mismatch(a, 9, b, 9, length) == place ? 1 : 0;
                b[9 + place] ^= (byte) 0x80;
            }
        }
        check("the first difference at every place of every length", "5151", "" + right);
    }

    private void refusals() {
        byte[] valid = EncodedState.encode(MapValue.of("a", Value.of(1)));
        int refused = 0;
        for (int length = 0; length < valid.length; length++) {
            refused += isRefused(Arrays.copyOf(valid, length)) ? 1 : 0;
        }
        for (int at = 0; at < valid.length; at++) {
            byte[] changed = valid.clone();
            changed[at] ^= 1;
            refused += isRefused(changed) ? 1 : 0;
        }
        check("truncation and damage at every byte", "" + 2 * valid.length, "" + refused);
        refuses("", "MALFORMED: at byte 0 of 0: expected a byte (1), only 0 are left");
        refuses("7b2261223a317d", "MALFORMED: at byte 3 of 7: 0x7b2261 does not begin an encoded state (0x475345)");
        refuses(
                "47534502",
                "UNSUPPORTED_VERSION: at byte 3: this is version 2 of an encoded state; known is version 1");
        refuses(
                "4753450188ffffffff0f00",
                "LIMIT_EXCEEDED: at byte 10: a payload has at most 67108864 bytes here, this one 4294967295");
    }

    private static boolean isRefused(byte[] bytes) {
        try {
            EncodedState.of(bytes).verify();
            return false;
        } catch (StateException e) {
            return true;
        }
    }

    private void refuses(String hex, String message) {
        String found;
        try {
            found = EncodedState.of(bytes(hex)).toString();
        } catch (StateException e) {
            found = String.valueOf(e.getMessage());
        }
        check("refuses " + hex, message, found);
    }

    /** As large as several blocks, with an index of a list and of a map. */
    private static Value table() {
        ListValue.Builder rows = ListValue.builder();
        MapValue.Builder totals = MapValue.builder();
        for (int i = 0; i < 1_000; i++) {
            rows.add(row(i));
            totals.put("t" + i, Value.of(i * 31L));
        }
        return MapValue.of("title", Value.of("orders"), "rows", rows.build(), "totals", totals.build());
    }

    private static Value row(int i) {
        return MapValue.of(
                "id", Value.of(i), "name", Value.of("customer " + i * 7919 % 1000), "price", Value.of(i * 0.25));
    }

    private static String hashOf(Value value) {
        return Integer.toHexString(mix(MessagePack.encode(value)));
    }

    private static int mix(byte[] bytes) {
        int mixed = 1;
        for (byte b : bytes) {
            mixed = mixed * 31 + b;
        }
        return mixed;
    }

    private void check(String name, String expected, String found) {
        boolean same = expected.equals(found);
        passed += same ? 1 : 0;
        failed += same ? 0 : 1;
        report.append(same ? "ok " : "FAILED ").append(name);
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
        ByteWriter bytes = new ByteWriter();
        for (int i = 0; i < hex.length(); i += 2) {
            bytes.writeByte(Character.digit(hex.charAt(i), 16) << 4 | Character.digit(hex.charAt(i + 1), 16));
        }
        return bytes.toBytes();
    }
}
