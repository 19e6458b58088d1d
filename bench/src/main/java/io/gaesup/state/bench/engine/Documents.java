package io.gaesup.state.bench.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** The data of all measurements, as plain Java: maps, lists, strings, longs, doubles and booleans. */
public final class Documents {

    private static final List<String> CITIES =
            List.of("Busan", "Daegu", "Gwangju", "Incheon", "Jeju", "Sejong", "Seoul", "Ulsan");
    private static final List<String> STATES = List.of("new", "paid", "packed", "shipped", "returned");
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";
    private static final long SEED = 20_260_101;

    /** Rows of {@link #orders} that make about a megabyte of JSON. */
    public static final int MEGABYTE_ROWS = 5_300;

    private Documents() {}

    /** {@code {"rows": […]}}: orders with ten fields each, about 200 bytes as JSON, the same on every call. */
    public static Map<String, Object> orders(int count) {
        var random = new SplittableRandom(SEED);
        List<Object> rows = new ArrayList<>(count);
        for (int row = 0; row < count; row++) {
            rows.add(order(row, random));
        }
        var document = new LinkedHashMap<String, Object>();
        document.put("rows", rows);
        return document;
    }

    private static Map<String, Object> order(int row, SplittableRandom random) {
        var order = new LinkedHashMap<String, Object>();
        order.put("id", (long) row);
        order.put("customer", word(random, 12));
        order.put("city", CITIES.get(random.nextInt(CITIES.size())));
        order.put("state", STATES.get(random.nextInt(STATES.size())));
        order.put("quantity", (long) random.nextInt(1, 100));
        order.put("price", random.nextInt(1_000_000) / 100.0);
        order.put("weight", random.nextInt(100_000) / 1_000.0);
        order.put("gift", random.nextInt(10) == 0);
        order.put("placed", 1_767_225_600_000L + random.nextLong(31_536_000_000L));
        order.put("note", word(random, 30));
        return order;
    }

    private static String word(SplittableRandom random, int length) {
        var word = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            word.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return word.toString();
    }

    /** {@code {"c0": 0, …}}. */
    static Map<String, Object> counters(int count) {
        var counters = new LinkedHashMap<String, Object>();
        for (int counter = 0; counter < count; counter++) {
            counters.put("c" + counter, 0L);
        }
        return counters;
    }
}
