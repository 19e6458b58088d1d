package io.gaesup.state.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class MainTest {

    @TempDir
    private Path root;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<Settings> runs = new ArrayList<>();

    @BeforeEach
    void makeProject() throws IOException {
        Files.createDirectories(root.resolve("bench/target"));
        Files.writeString(root.resolve("bench/pom.xml"), "");
    }

    private int run(Spread measured, String... arguments) throws Exception {
        var part = new Part() {
            @Override
            public String name() {
                return "stones";
            }

            @Override
            public String question() {
                return "how far stones fly";
            }

            @Override
            public Report run(Settings settings) {
                runs.add(settings);
                return new Report(
                        "stones",
                        settings.quick(),
                        3,
                        List.of(Row.of("flat stone", "m", measured), Row.notRun("round stone", "m", "too round")),
                        List.of(Bar.atLeast("stones.far", 10, measured), Bar.atLeast("stones.round", 5, null)),
                        Map.of("wind", "none"));
            }
        };
        var main = new Main(List.of(part), new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
        return main.run(List.of(arguments), root.resolve("bench/target"));
    }

    @Test
    void tableComesFirstAndTheBarsAreTheLastLines() throws Exception {
        assertThat(run(Spread.of(11, 12, 10_000), "stones")).isZero();

        assertThat(out.toString(UTF_8).lines().filter(line -> line.startsWith("flat") || line.startsWith("round")))
                .containsExactly(
                        "flat stone        12   11  10,000  m", "round stone  not-run               m     too round");
        assertThat(out.toString(UTF_8))
                .endsWith("%nBAR stones.far 12 >= 10 ok%nBAR stones.round - >= 5 not-run%n".formatted());
    }

    @Test
    void shortBarIsExitCodeOne() throws Exception {
        assertThat(run(Spread.of(9, 9.5, 40), "stones", "--quick")).isEqualTo(1);

        assertThat(runs)
                .containsExactly(new Settings(true, root.toAbsolutePath().normalize()));
    }

    @Test
    void resultFileHoldsEveryRoundWithMachineAndCommit() throws Exception {
        run(Spread.of(11, 12, 13), "stones");

        JsonNode file = onlyResult();
        assertThat(file.at("/part").asString()).isEqualTo("stones");
        assertThat(file.at("/rounds").asInt()).isEqualTo(3);
        assertThat(file.at("/machine/cores").asInt()).isPositive();
        assertThat(file.at("/machine/jdk").asString()).startsWith("25");
        assertThat(file.at("/machine/commit").asString()).isNotEmpty();
        assertThat(file.at("/rows/0/rounds").toString()).isEqualTo("[11.0,12.0,13.0]");
        assertThat(file.at("/rows/1/not-run").asBoolean()).isTrue();
        assertThat(file.at("/bars/0/line").asString()).isEqualTo("BAR stones.far 12 >= 10 ok");
        assertThat(file.at("/bars/0/min").asDouble()).isEqualTo(11);
        assertThat(file.at("/bars/1/verdict").asString()).isEqualTo("not-run");
        assertThat(file.at("/details/wind").asString()).isEqualTo("none");
    }

    @Test
    void quickRunDoesNotReplaceTheLongOne() throws Exception {
        run(Spread.of(11, 12, 13), "stones");
        run(Spread.of(1, 2, 3), "stones", "--quick");

        try (var files = Files.list(root.resolve("bench/results"))) {
            assertThat(files.map(file -> file.getFileName().toString().replaceFirst("^\\d{4}-\\d\\d-\\d\\d-", "")))
                    .containsExactlyInAnyOrder("stones.json", "stones-quick.json");
        }
    }

    private JsonNode onlyResult() throws IOException {
        try (var files = Files.list(root.resolve("bench/results"))) {
            return new JsonMapper().readTree(Files.readString(files.toList().getFirst()));
        }
    }

    @Test
    void withoutAPartTheyAreListed() throws Exception {
        assertThat(run(Spread.of(1))).isZero();

        assertThat(out.toString(UTF_8))
                .contains("stones")
                .contains("how far stones fly")
                .contains("--quick");
        assertThat(runs).isEmpty();
    }

    @Test
    void unknownPartGetsAHint() throws Exception {
        assertThat(run(Spread.of(1), "stonse")).isEqualTo(2);

        assertThat(err.toString(UTF_8)).startsWith("bench: there is no part 'stonse'; did you mean 'stones'?");
        assertThat(runs).isEmpty();
    }

    @Test
    void unknownOptionIsNamed() throws Exception {
        assertThat(run(Spread.of(1), "stones", "--fast")).isEqualTo(2);

        assertThat(err.toString(UTF_8)).startsWith("bench: unknown option '--fast'; there is --quick");
    }

    @Test
    void secondPartIsRefused() throws Exception {
        assertThat(run(Spread.of(1), "stones", "stones")).isEqualTo(2);

        assertThat(err.toString(UTF_8)).contains("one part at a time");
    }
}
