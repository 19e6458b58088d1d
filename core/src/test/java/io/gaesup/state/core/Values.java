package io.gaesup.state.core;

import java.util.random.RandomGenerator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;

/** Arbitrary values for property tests: small, deep, wide, and with the edges of every kind. */
public final class Values {

    private static final String[] COMMON_KEYS = {
        "id",
        "name",
        "count",
        "x",
        "y",
        "",
        "0",
        "-",
        "a/b",
        "m~n",
        "é",
        "𝄞",
        "$binary",
        "$$binary",
        "$ext",
        "$$timestamp"
    };

    private static final long[] INTS = {
        0,
        1,
        -1,
        23,
        127,
        128,
        255,
        256,
        32767,
        32768,
        65535,
        65536,
        -32,
        -33,
        -128,
        -129,
        -32768,
        -32769,
        Integer.MAX_VALUE,
        Integer.MAX_VALUE + 1L,
        Integer.MIN_VALUE,
        Integer.MIN_VALUE - 1L,
        0xffff_ffffL,
        1L << 32,
        (1L << 53) - 1,
        1L << 53,
        (1L << 53) + 1,
        -(1L << 53) - 1,
        Long.MAX_VALUE,
        Long.MIN_VALUE
    };

    private static final double[] FLOATS = {
        0.0,
        -0.0,
        1.0,
        -1.0,
        0.1,
        0.5,
        1e3,
        1e7,
        1e-3,
        9.999999e6,
        1e21,
        1e-7,
        123456789.125,
        5e-324,
        2.2250738585072014E-308,
        Double.MIN_NORMAL,
        Double.MAX_VALUE,
        -Double.MAX_VALUE,
        Float.MIN_VALUE,
        Float.MAX_VALUE,
        2e-3f,
        9007199254740993.0,
        2.0E-3,
        4.35,
        1.0E23,
        8.41E21,
        2.0e-323,
        1.7976931348623157E308
    };

    private Values() {}

    /** Any value, nested up to four deep. */
    public static Arbitrary<Value> values() {
        // Without edge cases: their combinations take longer to make than all the rest.
        return Arbitraries.recursive(Values::scalars, Values::containersOf, 0, 4)
                .withoutEdgeCases();
    }

    /** A map whose values are {@link #values}: what the root of a store usually is. */
    public static Arbitrary<MapValue> documents() {
        return mapsOf(values());
    }

    public static Arbitrary<Value> scalars() {
        return Arbitraries.frequencyOf(
                Tuple.of(1, Arbitraries.of(Value.NULL, Value.of(true), Value.of(false))),
                Tuple.of(3, ints().map(Value::of)),
                Tuple.of(3, floats().map(Value::of)),
                Tuple.of(3, texts().map(Value::of)),
                Tuple.of(1, binaries()),
                Tuple.of(1, extensions()));
    }

    public static Arbitrary<Long> ints() {
        return Arbitraries.oneOf(Arbitraries.longs(), Arbitraries.of(boxed(INTS)));
    }

    /** Finite ones only. */
    public static Arbitrary<Double> floats() {
        return Arbitraries.oneOf(
                Arbitraries.longs().map(Double::longBitsToDouble).filter(Double::isFinite),
                Arbitraries.doubles().between(-1000, 1000).ofScale(3),
                Arbitraries.of(boxed(FLOATS)));
    }

    /** Of all of Unicode, without lone surrogates. */
    public static Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(40).filter(Values::hasUtf8),
                Arbitraries.strings().ascii().ofMaxLength(300),
                Arbitraries.strings()
                        .withChars("\"\\/\b\f\n\r\t\u0000\u001f\u007f\u2028é€")
                        .ofMaxLength(8),
                Arbitraries.of(
                        "",
                        "𝄞",
                        "\udbff\udfff",
                        "\ud800\udc00x",
                        "null",
                        "1.0",
                        "AQI=",
                        "5:AQI=",
                        "2026-11-23T20:43:25Z"));
    }

    public static Arbitrary<String> keys() {
        return Arbitraries.frequencyOf(Tuple.of(4, Arbitraries.of(COMMON_KEYS)), Tuple.of(1, texts()));
    }

    public static Arbitrary<Value> binaries() {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(300).map(Value::of);
    }

    /** Of all lengths that have a family of their own, and timestamps. */
    public static Arbitrary<Extension> extensions() {
        Arbitrary<Integer> types =
                Arbitraries.integers().between(Byte.MIN_VALUE, Byte.MAX_VALUE).filter(type -> type != -1);
        Arbitrary<byte[]> bytes = Arbitraries.of(0, 1, 2, 3, 4, 8, 12, 15, 16, 17, 255, 256)
                .flatMap(length -> Arbitraries.bytes().array(byte[].class).ofSize(length));
        return Arbitraries.oneOf(types.flatMap(type -> bytes.map(each -> Extension.of(type, each))), timestamps());
    }

    /** Of all forms, near their edges too. */
    public static Arbitrary<Extension> timestamps() {
        Arbitrary<Long> seconds = Arbitraries.oneOf(
                Arbitraries.longs(),
                Arbitraries.longs().between(-100_000_000_000L, 300_000_000_000L),
                Arbitraries.of(
                        0L, 1L, -1L, 0xffff_ffffL, 0x1_0000_0000L, 0x3_ffff_ffffL, 0x4_0000_0000L, Long.MIN_VALUE));
        Arbitrary<Integer> nanos = Arbitraries.oneOf(
                Arbitraries.integers().between(0, 999_999_999), Arbitraries.of(0, 1, 1_000, 500_000_000, 999_999_999));
        return seconds.flatMap(second -> nanos.map(nano -> Extension.timestamp(second, nano)));
    }

    public static Arbitrary<Value> containersOf(Arbitrary<Value> elements) {
        return Arbitraries.oneOf(listsOf(elements), mapsOf(elements), rowsOf(elements), listsOf(scalars(), 100));
    }

    public static Arbitrary<ListValue> listsOf(Arbitrary<? extends Value> elements) {
        return listsOf(elements, 6);
    }

    private static Arbitrary<ListValue> listsOf(Arbitrary<? extends Value> elements, int sizeMax) {
        return elements.list().ofMaxSize(sizeMax).map(ListValue::of);
    }

    /** Small maps mostly, and some that are too large to share a shape. */
    public static Arbitrary<MapValue> mapsOf(Arbitrary<? extends Value> entries) {
        return Arbitraries.frequencyOf(
                        Tuple.of(9, Arbitraries.maps(keys(), entries).ofMaxSize(4)),
                        Tuple.of(
                                1,
                                Arbitraries.maps(texts(), entries).ofMinSize(30).ofMaxSize(40)))
                .map(entry -> {
                    MapValue.Builder builder = MapValue.builder();
                    entry.forEach(builder::put);
                    return builder.build();
                });
    }

    /** Lists of maps that mostly have the same keys, as tables have. */
    public static Arbitrary<ListValue> rowsOf(Arbitrary<? extends Value> cells) {
        return Arbitraries.maps(Arbitraries.of(COMMON_KEYS), cells)
                .ofMinSize(1)
                .ofMaxSize(3)
                .list()
                .ofMaxSize(4)
                .map(rows -> {
                    ListValue.Builder list = ListValue.builder();
                    rows.forEach(row -> {
                        MapValue.Builder builder = MapValue.builder();
                        row.forEach(builder::put);
                        list.add(builder.build());
                    });
                    return list.build();
                });
    }

    /** A value of about {@code nodes} scalars for tests that draw from a seed. */
    public static Value random(RandomGenerator random, int nodes) {
        if (nodes <= 1) {
            return randomScalar(random);
        }
        if (nodes > 4 && random.nextInt(4) == 0) {
            return table(random, 1 + random.nextInt(nodes));
        }
        int children = 1 + random.nextInt(Math.min(nodes, 40));
        if (random.nextBoolean()) {
            ListValue.Builder list = ListValue.builder();
            for (int i = 0; i < children; i++) {
                list.add(random(random, nodes / children));
            }
            return list.build();
        }
        MapValue.Builder map = MapValue.builder();
        for (int i = 0; i < children; i++) {
            map.put(i < COMMON_KEYS.length ? COMMON_KEYS[i] : "key" + i, random(random, nodes / children));
        }
        return map.build();
    }

    /** Rows of the same keys; each column is of one kind, with a null or a stranger here and there, or anything. */
    public static ListValue table(RandomGenerator random, int rows) {
        int columns = 1 + random.nextInt(5);
        int[] kinds = new int[columns];
        for (int column = 0; column < columns; column++) {
            kinds[column] = random.nextInt(9);
        }
        ListValue.Builder list = ListValue.builder();
        for (int i = 0; i < rows; i++) {
            MapValue.Builder row = MapValue.builder();
            for (int column = 0; column < columns; column++) {
                row.put("k" + column, cell(random, kinds[column]));
            }
            if (random.nextInt(40) == 0) {
                row.put("odd", Value.NULL);
            }
            list.add(row.build());
        }
        return list.build();
    }

    private static Value cell(RandomGenerator random, int kind) {
        int strange = random.nextInt(60);
        if (strange < 2) {
            return strange == 0 ? Value.NULL : randomScalar(random);
        }
        return switch (kind) {
            case 0 -> Value.of(random.nextInt(100));
            case 1 -> Value.of(random.nextInt());
            case 2 -> Value.of(random.nextLong());
            case 3 -> Value.of(random.nextInt(1000) / 8.0);
            case 4 -> random.nextBoolean() ? Value.of(random.nextInt(10)) : Value.of(random.nextInt(10) / 4.0);
            case 5 -> Value.of("text" + random.nextInt(5));
            case 6 -> Value.of(random.nextBoolean());
            case 7 -> ListValue.of(Value.of(1), Value.of(2.5));
            default -> randomScalar(random);
        };
    }

    private static Value randomScalar(RandomGenerator random) {
        return switch (random.nextInt(9)) {
            case 0 -> Value.NULL;
            case 1 -> Value.of(random.nextBoolean());
            case 2 -> Value.of(random.nextLong());
            case 3 -> Value.of(INTS[random.nextInt(INTS.length)]);
            case 4 -> Value.of(FLOATS[random.nextInt(FLOATS.length)]);
            case 5 -> Value.of(random.nextGaussian());
            case 6 -> Value.of("text " + random.nextInt(1000) + (random.nextInt(4) == 0 ? " – \ud834\udd1e" : ""));
            case 7 -> Extension.timestamp(random.nextLong() >> random.nextInt(64), random.nextInt(1_000_000_000));
            default -> {
                byte[] bytes = new byte[random.nextInt(20)];
                random.nextBytes(bytes);
                yield random.nextBoolean() ? Value.of(bytes) : Extension.of(random.nextInt(128), bytes);
            }
        };
    }

    private static boolean hasUtf8(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (!Character.isHighSurrogate(text.charAt(i))
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    private static Long[] boxed(long[] numbers) {
        Long[] boxed = new Long[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            boxed[i] = numbers[i];
        }
        return boxed;
    }

    private static Double[] boxed(double[] numbers) {
        Double[] boxed = new Double[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            boxed[i] = numbers[i];
        }
        return boxed;
    }
}
