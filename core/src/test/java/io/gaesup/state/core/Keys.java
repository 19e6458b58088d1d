package io.gaesup.state.core;

/** Keys that make life hard for a hash table. */
final class Keys {

    private static final int BITS = 12;

    private Keys() {}

    /** One of 4096 keys that all share one hash code: twelve times "Aa" or "BB". */
    static String colliding(int number) {
        StringBuilder key = new StringBuilder(2 * BITS);
        for (int bit = 0; bit < BITS; bit++) {
            key.append((number >> bit & 1) == 0 ? "Aa" : "BB");
        }
        return key.toString();
    }
}
