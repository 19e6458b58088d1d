package io.gaesup.state.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.gaesup.state.testkit.WebScript;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * The npm package in Chromium, under a strict Content-Security-Policy, and in Node, on both engines; and core's contract
 * cases in the same places. {@code src/test/web/run.mjs} does the work, once; each of its lines becomes a test here.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrowserIT {
    private static final int MINUTES_MAX = 5;
    private static final Path OUTPUT = Path.of("target", "web.txt");

    private List<String> lines = List.of();

    @BeforeAll
    void runInChromiumAndNode() throws Exception {
        lines = WebScript.run(List.of("node", "src/test/web/run.mjs"), OUTPUT, MINUTES_MAX);
    }

    @TestFactory
    Stream<DynamicTest> everyCaseInEveryPlace() {
        assertThat(lines).hasSizeGreaterThan(80);
        return lines.stream()
                .map(line -> DynamicTest.dynamicTest(
                        line, () -> assertThat(line).matches("(types|(chromium|node)-(wasm|js)): ok \\S+")));
    }

    @Test
    void bothEnginesRanInChromiumAndInNode() {
        assertThat(lines.stream().map(line -> line.substring(0, line.indexOf(':'))))
                .contains("chromium-wasm", "chromium-js", "node-js");
    }

    @TestFactory
    Stream<DynamicTest> coresContractReportIsTheOneOfTheJvm() throws IOException {
        String expected = ContractRun.report();
        assertThat(expected).endsWith(" ok, 0 failed\n");
        List<Path> reports;
        try (Stream<Path> files = Files.list(Path.of("target", "web"))) {
            reports = files.filter(file -> file.toString().endsWith(".contract.txt"))
                    .sorted()
                    .toList();
        }
        assertThat(reports).hasSizeGreaterThanOrEqualTo(3);
        return reports.stream()
                .map(report -> DynamicTest.dynamicTest(
                        report.getFileName().toString(),
                        () -> assertThat(read(report)).isEqualTo(expected)));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
