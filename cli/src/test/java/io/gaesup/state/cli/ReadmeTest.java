package io.gaesup.state.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gaesup.state.core.ListValue;
import io.gaesup.state.core.MapValue;
import io.gaesup.state.core.Value;
import io.gaesup.state.core.codec.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the README shows is what the code does, and its numbers are those of the result files it names. */
final class ReadmeTest {

    private static final Path ROOT = ProjectFiles.ROOT;
    private static final Pattern NUMBER = Pattern.compile(
            "\\*\\*([0-9.,]+)[^*]*\\*\\*[^|]*\\|\\s*\\[`([a-z.0-9-]+)`]\\((bench/results/[^)]+\\.json)\\)");

    private final String readme = Files.readString(ROOT.resolve("README.md"));

    ReadmeTest() throws IOException {}

    @ParameterizedTest
    @CsvSource({
        "engine, cli/src/test/java/io/gaesup/state/cli/ReadmeExamples.java",
        "node, cli/src/test/java/io/gaesup/state/cli/ReadmeExamples.java",
        "react, browser/examples/counter.tsx"
    })
    void examplesAreTheCompiledOnes(String name, String source) throws IOException {
        String mark = "// [" + name + "]";
        String[] parts = Files.readString(ROOT.resolve(source)).split(Pattern.quote(mark), -1);
        assertThat(parts).as("the marks %s in %s", mark, source).hasSize(3);

        assertThat(readme).contains(parts[1].stripIndent().strip());
    }

    @Test
    void theEngineExampleDoesWhatItSays() {
        assertThat(ReadmeExamples.engine()).containsExactly(Value.of(1), Value.of(3), 2);
    }

    @Test
    void theNodeExampleKeepsTheCount(@TempDir Path folder) {
        assertThat(ReadmeExamples.node(folder).root()).isEqualTo(MapValue.of("count", Value.of(1)));
        assertThat(ReadmeExamples.node(folder).root()).isEqualTo(MapValue.of("count", Value.of(2)));
    }

    @Test
    void numbersAreThoseOfTheirResultFiles() throws IOException {
        Matcher numbers = NUMBER.matcher(readme);
        int found = 0;
        while (numbers.find()) {
            found++;
            BigDecimal shown = new BigDecimal(numbers.group(1).replace(",", ""));
            BigDecimal measured = median(numbers.group(2), ROOT.resolve(numbers.group(3)));
            assertThat(shown)
                    .as("%s in %s", numbers.group(2), numbers.group(3))
                    .isEqualByComparingTo(measured.setScale(shown.scale(), RoundingMode.HALF_UP));
        }
        assertThat(found).as("numbers with a result file").isEqualTo(3);
    }

    private static BigDecimal median(String bar, Path file) throws IOException {
        MapValue result = (MapValue) Json.parse(Files.readString(file));
        for (Value each : (ListValue) result.get("bars")) {
            MapValue entry = (MapValue) each;
            if (Value.of(bar).equals(entry.get("name"))) {
                return BigDecimal.valueOf(((Value.Number) entry.get("median")).doubleValue());
            }
        }
        throw new AssertionError("no bar " + bar + " in " + file);
    }
}
