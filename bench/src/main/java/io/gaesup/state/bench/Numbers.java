package io.gaesup.state.bench;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as people read them: four digits that matter, never an exponent. */
final class Numbers {

    private static final MathContext DIGITS = new MathContext(4);

    private Numbers() {}

    /** For scripts: {@code 1234567}, {@code 31.25}, {@code 0.00125}. */
    static String plain(double value) {
        if (Math.abs(value) >= 1_000) {
            return BigDecimal.valueOf(Math.round(value)).toPlainString();
        }
        var rounded = new BigDecimal(value).round(DIGITS).stripTrailingZeros();
        return rounded.signum() == 0 ? "0" : rounded.toPlainString();
    }

    /** For people: the same with a comma between thousands. */
    static String grouped(double value) {
        return Math.abs(value) >= 1_000 ? String.format(Locale.ROOT, "%,d", Math.round(value)) : plain(value);
    }
}
