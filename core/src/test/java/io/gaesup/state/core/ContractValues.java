package io.gaesup.state.core;

import static io.gaesup.state.core.ContractOperations.batch;
import static io.gaesup.state.core.ContractOperations.found;
import static io.gaesup.state.core.ContractOperations.of;
import static io.gaesup.state.core.ErrorCode.BAD_NUMBER;
import static io.gaesup.state.core.ErrorCode.LIMIT_EXCEEDED;
import static io.gaesup.state.core.ErrorCode.MALFORMED;

/** Numbers, strings, bytes and keys at their edges, and the limits. */
final class ContractValues {

    private static final String PAIR = "\uD83D\uDE00";

    private ContractValues() {}

    static void addTo(ContractCases cases) {
        numbers(cases);
        strings(cases);
        keys(cases);
        depth(cases);
        largeMaps(cases);
    }

    private static void numbers(ContractCases cases) {
        long[] ints = {0, -1, 1023, 1024, -128, -129, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 53, (1L << 53) + 1};
        for (long each : ints) {
            cases.that("the int " + each + " is kept", stores -> kept(stores, Value.of(each)));
        }
        cases.that("floats are kept", stores -> {
            double[] floats = {
                0.0, -0.0, 1.0, 0.1, Double.MIN_VALUE, Double.MAX_VALUE, -Double.MAX_VALUE, 9007199254740993.0
            };
            for (double each : floats) {
                kept(stores, Value.of(each));
            }
        });
        cases.that("ints, floats and zeros of both signs differ", stores -> {
            ContractCases.same("1 and 1.0", false, Value.of(1).equals(Value.of(1.0)));
            ContractCases.same("0.0 and -0.0", false, Value.of(0.0).equals(Value.of(-0.0)));
            ContractCases.changes(
                    stores, of("{'a':1}"), batch().set("/a", of("1.0")).build(), of("{'a':1.0}"));
            ContractCases.changes(
                    stores, of("{'a':0.0}"), batch().set("/a", of("-0.0")).build(), of("{'a':-0.0}"));
        });
        cases.that("what is not a number is refused", stores -> {
            ContractCases.refused(BAD_NUMBER, () -> Value.of(Double.NaN));
            ContractCases.refused(BAD_NUMBER, () -> Value.of(Double.POSITIVE_INFINITY));
            ContractCases.refused(BAD_NUMBER, () -> Value.of(Double.NEGATIVE_INFINITY));
        });
    }

    private static void strings(ContractCases cases) {
        cases.that("extensions are kept, and differ from bytes", stores -> {
            kept(stores, of("<5:00ff>"));
            kept(stores, of("<-128:>"));
            kept(stores, Extension.timestamp(-1, 999_999_999));
            ContractCases.same("of another type", false, of("<5:00>").equals(of("<6:00>")));
            ContractCases.changes(
                    stores, of("{'a':<00>}"), batch().set("/a", of("<0:00>")).build(), of("{'a':<0:00>}"));
            ContractCases.refused(MALFORMED, () -> Extension.timestamp(0, 1_000_000_000));
        });
        cases.that("strings are kept", stores -> {
            String[] strings = {"", "a", "\0", "\u00E9", "\uFFFF", PAIR, "x" + PAIR + PAIR + "y", "\uDBFF\uDFFF"};
            for (String each : strings) {
                kept(stores, Value.of(each));
            }
        });
        cases.that("lone surrogates are refused", stores -> {
            String[] strings = {"\uD83D", "\uDE00", "\uDE00\uD83D", "a\uD83Db", PAIR + "\uD83D", "\uD83D" + PAIR};
            for (String each : strings) {
                ContractCases.refused(MALFORMED, () -> Value.of(each));
            }
        });
        cases.that("bytes are kept, and copied", stores -> {
            byte[] bytes = {0, -1, 127, -128};
            Value.Binary binary = Value.of(bytes);
            bytes[0] = 9;
            kept(stores, binary);
            binary.toBytes()[1] = 9;
            ContractCases.same("the bytes", "<00ff7f80>", Notation.write(binary));
        });
    }

    private static void keys(ContractCases cases) {
        cases.that("a key of 64 KiB is kept", stores -> {
            String[] keys = {
                "a".repeat(65_536), "\u00E9".repeat(32_768), "\u20AC".repeat(21_845) + "a", PAIR.repeat(16_384)
            };
            for (String key : keys) {
                MapValue after = MapValue.of("a", Value.of(1), key, Value.of(2));
                ContractCases.changes(stores, of("{'a':1}"), put(key), after);
            }
        });
        cases.that("a longer key is refused", stores -> {
            String[] keys = {
                "a".repeat(65_537), "\u00E9".repeat(32_768) + "a", "\u20AC".repeat(21_846), PAIR.repeat(16_384) + "a"
            };
            for (String key : keys) {
                ContractCases.fails(stores, of("{'a':1}"), put(key), LIMIT_EXCEEDED);
                ContractCases.fails(stores, of(ContractOperations.wide(0, 33)), put(key), LIMIT_EXCEEDED);
                ContractCases.refused(LIMIT_EXCEEDED, () -> MapValue.of(key, Value.NULL));
            }
        });
        cases.that("a key with a lone surrogate is refused", stores -> {
            String[] keys = {"\uD83D", "a\uDE00", PAIR + "\uD83D"};
            for (String key : keys) {
                ContractCases.fails(stores, of("{'a':1}"), put(key), MALFORMED);
                ContractCases.fails(stores, of(ContractOperations.wide(0, 33)), put(key), MALFORMED);
                ContractCases.refused(MALFORMED, () -> MapValue.of(key, Value.NULL));
            }
            kept(stores, MapValue.of(PAIR, Value.NULL));
        });
        cases.that("keys that differ in case, form or width differ", stores -> {
            Store store = stores.create(of("{}"));
            String[] keys = {"a", "A", "\u00E9", "e\u0301", "\uFF41", "a "};
            for (int i = 0; i < keys.length; i++) {
                store.set(Path.ROOT.child(keys[i]), Value.of(i));
            }
            for (int i = 0; i < keys.length; i++) {
                ContractCases.same(keys[i], Value.of(i), found(store, "/" + keys[i]));
            }
        });
    }

    private static void depth(ContractCases cases) {
        cases.that("documents nest 512 deep", stores -> {
            ContractCases.changes(stores, of("{}"), Batch.of(new Operation.Set(Path.ROOT, lists(512))), lists(512));
            ContractCases.changes(
                    stores, of("{}"), batch().set("/a", lists(511)).build(), MapValue.of("a", lists(511)));
            ContractCases.changes(
                    stores, of("[]"), batch().insert("/-", maps(511)).build(), ListValue.of(maps(511)));
            ContractCases.changes(stores, of("{}"), batch().merge("", maps(512)).build(), maps(512));
        });
        cases.that("documents nest no deeper", stores -> {
            ContractCases.fails(stores, of("{}"), Batch.of(new Operation.Set(Path.ROOT, lists(513))), LIMIT_EXCEEDED);
            ContractCases.fails(stores, of("{}"), batch().set("/a", maps(512)).build(), LIMIT_EXCEEDED);
            ContractCases.fails(
                    stores, of("[]"), batch().insert("/-", lists(512)).build(), LIMIT_EXCEEDED);
            ContractCases.fails(stores, of("{}"), batch().merge("", maps(513)).build(), LIMIT_EXCEEDED);
            Value deep = MapValue.of("x", lists(510), "y", of("{'z':{}}"));
            ContractCases.fails(stores, deep, batch().move("/x", "/y/z/x").build(), LIMIT_EXCEEDED);
            ContractCases.refused(LIMIT_EXCEEDED, () -> stores.create(lists(513)));
        });
        cases.that("a change at the deepest place", stores -> {
            Store store = stores.create(maps(512));
            StringBuilder pointer = new StringBuilder();
            for (int i = 1; i < 512; i++) {
                pointer.append("/a");
            }
            store.apply(batch().set(pointer + "/b", of("1")).build());
            ContractCases.same("the deepest entry", of("1"), found(store, pointer + "/b"));
            ContractCases.refused(LIMIT_EXCEEDED, () -> Path.of(pointer + "/b/c"));
            ContractCases.refused(LIMIT_EXCEEDED, () -> store.set(Path.of(pointer + "/b"), of("[]")));
        });
    }

    private static void largeMaps(ContractCases cases) {
        cases.that("a map grows and shrinks across all its forms", stores -> {
            Store store = stores.create(of("{}"));
            for (int i = 0; i < 200; i++) {
                store.set(Path.ROOT.child("k" + i), Value.of(i));
                if (i == 31 || i == 32 || i == 199) {
                    ContractCases.same(
                            "at " + i,
                            of(ContractOperations.wide(0, i + 1)),
                            store.snapshot().root());
                }
            }
            for (int i = 0; i < 199; i++) {
                store.delete(Path.ROOT.child("k" + i));
                if (i % 20 == 0) {
                    ContractCases.same(
                            "without " + i,
                            of(ContractOperations.wide(i + 1, 200)),
                            store.snapshot().root());
                }
            }
            store.delete(Path.of("/k199"));
            ContractCases.same("at last", of("{}"), store.snapshot().root());
        });
        cases.that("keys of equal hash are kept apart", stores -> {
            Store store = stores.create(of("{}"));
            for (int i = 0; i < 128; i++) {
                store.set(Path.ROOT.child(colliding(i)), Value.of(i));
            }
            for (int i = 0; i < 128; i += 2) {
                store.delete(Path.ROOT.child(colliding(i)));
            }
            for (int i = 0; i < 128; i++) {
                Value found = store.get(Path.ROOT.child(colliding(i)));
                ContractCases.same(
                        colliding(i), i % 2 == 0 ? "nothing" : Value.of(i), found == null ? "nothing" : found);
            }
        });
        cases.that("an empty string of bytes in a large map is deleted", stores -> {
            String entries = ContractOperations.wide(0, 40).substring(1);
            ContractCases.changes(
                    stores, of("{'b':<>," + entries), batch().delete("/b").build(), of("{" + entries));
        });
    }

    /** One of 128 keys that share a hash code: seven times "Aa" or "BB". */
    private static String colliding(int number) {
        StringBuilder key = new StringBuilder();
        for (int bit = 0; bit < 7; bit++) {
            key.append((number >> bit & 1) == 0 ? "Aa" : "BB");
        }
        return key.toString();
    }

    private static void kept(ContractCases.Stores stores, Value value) {
        Store store = stores.create(of("{'a':null}"));
        store.set(Path.of("/a"), value);
        ContractCases.same("the value read", value, found(store, "/a"));
        ContractCases.same(
                "the snapshot", MapValue.of("a", value), store.snapshot().root());
    }

    private static Batch put(String key) {
        return Batch.of(new Operation.Set(Path.ROOT.child(key), Value.of(2)));
    }

    private static Value lists(int depth) {
        Value value = ListValue.EMPTY;
        for (int i = 1; i < depth; i++) {
            value = ListValue.of(value);
        }
        return value;
    }

    private static Value maps(int depth) {
        Value value = MapValue.empty();
        for (int i = 1; i < depth; i++) {
            value = MapValue.of("a", value);
        }
        return value;
    }
}
