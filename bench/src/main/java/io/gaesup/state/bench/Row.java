package io.gaesup.state.bench;

import org.jspecify.annotations.Nullable;

/**
 * One line of the table: a quantity, its rounds and what a reader must know about it.
 *
 * @param measured the rounds, or null where this run did not measure it; the note then says why
 */
public record Row(String name, String unit, @Nullable Spread measured, String note) {

    public static Row of(String name, String unit, Spread measured) {
        return new Row(name, unit, measured, "");
    }

    public static Row notRun(String name, String unit, String why) {
        return new Row(name, unit, null, why);
    }
}
