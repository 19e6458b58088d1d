package io.gaesup.state.core.wire;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Numbers for the keys one store's paths are made of, so that a key travels once and its number after. The server gives
 * numbers and never takes one back; clients follow. Threads: one.
 */
public final class KeyTable {

    /** How many keys get a number; further ones travel as they are. */
    public static final int KEYS_MAX = 4096;

    /** Keys longer than this get none, so that a table stays small. */
    public static final int KEY_LENGTH_MAX = 128;

    static final int NO_NUMBER = -1;

    private final List<String> keys = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final boolean giving;

    private KeyTable(boolean giving) {
        this.giving = giving;
    }

    /** A table that gives numbers to keys it meets: the server's. */
    public static KeyTable giving() {
        return new KeyTable(true);
    }

    /** A table that only learns numbers: a client's. */
    public static KeyTable learning() {
        return new KeyTable(false);
    }

    /** The keys in the order of their numbers; a copy. */
    public List<String> keys() {
        return List.copyOf(keys);
    }

    /** Forgets all, and learns {@code newKeys}. */
    public void reset(List<String> newKeys) {
        keys.clear();
        numbers.clear();
        for (String key : newKeys) {
            add(key);
        }
    }

    int numberOf(String key) {
        Integer number = numbers.get(key);
        return number == null ? NO_NUMBER : number;
    }

    /** Gives {@code key}, which has none, a number if this table does that and has room. */
    int give(String key) {
        if (!giving || keys.size() >= KEYS_MAX || key.length() > KEY_LENGTH_MAX) {
            return NO_NUMBER;
        }
        add(key);
        return keys.size() - 1;
    }

    @Nullable
    String keyAt(long number) {
        return number < keys.size() ? keys.get((int) number) : null;
    }

    /**
     * Whether {@code number} may mean {@code key} here; it does afterwards. A giving table learns from nobody: what one
     * client taught it the others would not know.
     */
    boolean learn(long number, String key) {
        if (number < keys.size()) {
            return keys.get((int) number).equals(key);
        }
        if (giving || number > keys.size() || number >= KEYS_MAX) {
            return false;
        }
        add(key);
        return true;
    }

    private void add(String key) {
        numbers.put(key, keys.size());
        keys.add(key);
    }
}
