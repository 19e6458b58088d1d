package io.gaesup.state.core;

import org.jspecify.annotations.Nullable;

/**
 * The strings a list under construction has seen last, so that equal ones become one: a cell of a column is then a
 * reference of four bytes to a string all rows share.
 */
final class Dictionary {

    /* A table without chains: a string that falls on another's place takes it over. So it never grows, and keeps no string
     * alive longer than the building takes. A column whose strings are all different (names, keys) is told by its misses,
     * and is then looked at only now and again. */

    private static final int SIZE = 1024;

    /** A column goes on being looked up while at least one string in so many was known. */
    private static final int WORTH_IT = 8;

    private static final int LOOK_AGAIN = 16;

    private final @Nullable String[] known = new String[SIZE];

    /** Per column: how many leaves ago it stopped paying; 0 while it pays. */
    private final int[] barren = new int[Shape.KEYS_MAX];

    /** Replaces strings by equal ones that were here before; they are the cells of column {@code slot}. */
    void unify(int slot, @Nullable String[] cells) {
        if (barren[slot] > 0 && barren[slot]++ % LOOK_AGAIN != 0) {
            return;
        }
        int hits = 0;
        for (int i = 0; i < cells.length; i++) {
            String string = cells[i];
            if (string != null) {
                int place = place(string);
                String there = known[place];
                if (there != null && there.equals(string)) {
                    cells[i] = there;
                    hits++;
                } else {
                    known[place] = string;
                }
            }
        }
        barren[slot] = hits * WORTH_IT < cells.length ? Math.max(1, barren[slot]) : 0;
    }

    private static int place(String string) {
        int hash = string.hashCode();
        return (hash ^ hash >>> 16) & SIZE - 1;
    }
}
