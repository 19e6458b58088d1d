package io.gaesup.state.bench;

import org.jspecify.annotations.Nullable;

/**
 * A promise about speed or size, beside what was measured.
 *
 * @param name dotted, the part first: {@code sync.bytes-per-update}
 * @param relation how the measurement must stand to the limit
 * @param limit what was promised, in the unit of the row of the same name
 * @param measured the rounds, or null where this run did not measure it
 */
public record Bar(
        String name,
        Relation relation,
        double limit,
        @Nullable Spread measured) {

    /** How a measurement must stand to its limit. */
    public enum Relation {
        AT_MOST("<="),
        AT_LEAST(">=");

        private final String sign;

        Relation(String sign) {
            this.sign = sign;
        }

        boolean holds(double measured, double limit) {
            return this == AT_MOST ? measured <= limit : measured >= limit;
        }
    }

    public enum Verdict {
        OK,
        SHORT,
        NOT_RUN;

        @Override
        public String toString() {
            return switch (this) {
                case OK -> "ok";
                case SHORT -> "short";
                case NOT_RUN -> "not-run";
            };
        }
    }

    public Bar {
        if (!name.matches("[a-z0-9.-]+")) {
            throw new IllegalArgumentException("a bar's name is one word of a-z, 0-9, '.' and '-': '" + name + "'");
        }
    }

    public static Bar atMost(String name, double limit, @Nullable Spread measured) {
        return new Bar(name, Relation.AT_MOST, limit, measured);
    }

    public static Bar atLeast(String name, double limit, @Nullable Spread measured) {
        return new Bar(name, Relation.AT_LEAST, limit, measured);
    }

    public Verdict verdict() {
        if (measured == null) {
            return Verdict.NOT_RUN;
        }
        return relation.holds(measured.median(), limit) ? Verdict.OK : Verdict.SHORT;
    }

    /** The line a script reads: {@code BAR <name> <measured> <relation> <bar> ok|short|not-run}. */
    public String line() {
        var value = measured == null ? "-" : Numbers.plain(measured.median());
        return "BAR " + name + " " + value + " " + relation.sign + " " + Numbers.plain(limit) + " " + verdict();
    }
}
