package io.gaesup.state.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gaesup.state.testkit.WebScript;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code gaesup demo} in Chromium, with two tabs and a server that is killed while the data is replayed. {@code demo.mjs} in
 * the browser module does the work, once; each of its lines becomes a test here.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DemoIT {
    private static final int MINUTES_MAX = 12;
    private static final Path SCRIPT = ProjectFiles.ROOT.resolve("browser/src/test/web/demo.mjs");
    private static final Path OUTPUT = Path.of("target", "demo.txt");
    private static final Path PICTURES = Path.of("target", "pictures");

    private List<String> lines = List.of();

    @BeforeAll
    void runInChromium(@TempDir Path folder) throws Exception {
        String killRounds = Boolean.getBoolean("gaesup.deep") ? "12" : "2";
        List<String> command = new ArrayList<>(List.of("node", SCRIPT.toString(), PICTURES.toString()));
        command.add(folder.resolve("data").toString());
        command.add(killRounds);
        command.addAll(gaesup());
        lines = WebScript.run(command, OUTPUT, MINUTES_MAX);
    }

    private static List<String> gaesup() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName());
    }

    @TestFactory
    Stream<DynamicTest> everythingThePagePromises() {
        assertThat(lines).hasSizeGreaterThan(15);
        return lines.stream()
                .map(line ->
                        DynamicTest.dynamicTest(line, () -> assertThat(line).matches("ok \\S+")));
    }

    @Test
    void leavesPicturesToLookAt() {
        for (String picture : List.of("demo-1280x800-light.png", "demo-1280x800-dark.png", "demo-390x844.png")) {
            assertThat(PICTURES.resolve(picture)).isNotEmptyFile();
        }
    }
}
