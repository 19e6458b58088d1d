package io.gaesup.state.core.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The JVM's own conversion is the oracle: it is exact. */
final class DoubleReaderTest {

    private static final int ROUNDS = Boolean.getBoolean("gaesup.deep") ? 5_000_000 : 50_000;

    private final SplittableRandom random = new SplittableRandom(11);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0e0",
                "0.0e99999",
                "1e0",
                "1e308",
                "1.7976931348623157e308",
                "1.7976931348623158e308",
                "1.7976931348623159e308",
                "17976931348623158079372897140530341507993413271003782693617377898044e241",
                "1e309",
                "1e99999999",
                "1e-323",
                "4.9e-324",
                "2.5e-324",
                "2.4703282292062328e-324",
                "2.4703282292062327e-324",
                "1e-342",
                "9999999999999999999e-343",
                "1e-99999999",
                "2.2250738585072014e-308",
                "2.2250738585072011e-308",
                "2.225073858507201136057409796709131975934819546351645648023426109724822222021076945516529523908135087914"
                        + "149158913039621106870086438694594645527657207407820621743379988141063267329253552286881372149012981122451"
                        + "451889849057222307285255133155755015914397476397983411801999323962548289017107081850690630666655994938275"
                        + "772572015763062690663332647565300009245888316433037779791869612049497390377829704905051080609940730262937"
                        + "128958950003583799967207254304360284078895771796150945516748243471030702609144621572289880258182545180325"
                        + "707018860872113128079512233426288368622321503775666622503982534335974568884423900265498198385487948292206"
                        + "894721689831099698365846814022854243330660339850886445804001034933970427567186443383770486037861622771738"
                        + "545623065874679014086723327636718751234567890123456789012345678901e-308",
                "9007199254740993e0",
                "9007199254740993.00000000000000000000000000000000001e0",
                "9007199254740992.9999999999e0",
                "0.000000000000000000000000000000000000000000000000123456789012345678901234567890e0",
                "123456789012345678901234567890123456789012345678901234567890.5e-30",
                "8.41e21",
                "6.8e-5",
                "89255e-22"
            })
    void isExact(String text) {
        assertRead(text);
    }

    @Test
    void theShortestFormOfAnyFloatReadsBack() {
        for (int i = 0; i < ROUNDS; i++) {
            assertRead(text(finite()));
        }
    }

    @Test
    void anyDigitsAndExponentAreRead() {
        for (int i = 0; i < ROUNDS; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = 1 + random.nextInt(40); length > 0; length--) {
                text.append(random.nextInt(10));
            }
            if (random.nextBoolean()) {
                text.insert(random.nextInt(text.length()), "0.");
            }
            assertRead(text.append('e').append(random.nextInt(-360, 330)).toString());
        }
    }

    @Test
    void theMiddleBetweenTwoFloatsGoesToTheEvenOne() {
        for (int i = 0; i < ROUNDS / 50; i++) {
            double value = Math.abs(finite());
            BigDecimal middle = new BigDecimal(value)
                    .add(new BigDecimal(Math.nextUp(value)))
                    .divide(BigDecimal.TWO);
            BigDecimal little = BigDecimal.ONE.movePointLeft(middle.scale() + 60);
            assertRead(middle.toPlainString() + "e0");
            assertRead(middle.add(little).toPlainString() + "e0");
            assertRead(middle.subtract(little).toPlainString() + "e0");
            assertRead(middle.unscaledValue() + "e" + -middle.scale());
        }
    }

    private double finite() {
        while (true) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value) && value < Double.MAX_VALUE) {
                return value;
            }
        }
    }

    private static String text(double value) {
        String text = Double.toString(Math.abs(value));
        return text.indexOf('E') < 0 ? text + "e0" : text.replace('E', 'e');
    }

    private static void assertRead(String text) {
        int exponentAt = text.indexOf('e');
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        double read = DoubleReader.read(bytes, 0, exponentAt, Integer.parseInt(text.substring(exponentAt + 1)));
        assertThat(read).as(text).isEqualTo(Double.parseDouble(text));
    }
}
