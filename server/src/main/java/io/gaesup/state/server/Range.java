package io.gaesup.state.server;

import java.time.Duration;

/** Checks of what a configuration was given. */
final class Range {

    private Range() {}

    static void check(String key, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(key + ": expected " + least + " to " + most + ", found " + value);
        }
    }

    static void check(String key, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(key + ": expected " + least + " to " + most + ", found " + value);
        }
    }
}
