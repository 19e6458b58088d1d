package io.gaesup.state.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When ./gaesup builds and when it does not. Its Maven here only notes that it was called. */
final class LauncherBuildIT {
    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));

    private final FileTime soon = FileTime.from(Instant.now().plusSeconds(3600));

    private BareMachine machine;
    private Path source;
    private Path library;

    @BeforeEach
    void makeAProject(@TempDir Path folder) throws IOException {
        machine = new BareMachine(folder);
        machine.jdk("25", "25.0.3");
        machine.program("npm", "exit 9");
        machine.program("node", "echo v20.0.0");
        library = Files.createFile(folder.resolve("a library.jar"));
        source = file("core/src/main/java/Store.java");
        file("core/src/main/java/Path.java");
        file("core/src/test/java/StoreTest.java");
        Files.setLastModifiedTime(machine.project.resolve("pom.xml"), LONG_AGO);
        maven("echo '[INFO] Building Gaesup-State: Test kit 0.1.0-SNAPSHOT      [2/7]'");
    }

    @Test
    void theFirstStartBuildsWithProgressAndThenRuns() {
        BareMachine.Result result = machine.run("serve", "--port", "0");
        assertThat(result.out()).contains("building cli with JDK 25", "[2/7] Test kit\n", "built in");
        assertThat(result.out()).endsWith("io.gaesup.state.cli.Main\nserve\n--port\n0\n");
        assertThat(result.code()).isZero();
    }

    @Test
    void theClassPathHoldsTheModulesAndTheLibraries() {
        assertThat(machine.run("serve").out())
                .contains(
                        machine.project + "/core/target/classes:",
                        machine.project + "/cli/target/classes:" + library + "\n");
    }

    @Test
    void nothingIsBuiltTwice() {
        machine.run("serve");
        assertThat(machine.run("serve").out()).doesNotContain("building").contains("io.gaesup.state.cli.Main");
    }

    @Test
    void anEditBuildsAgain() throws IOException {
        machine.run("serve");
        Files.setLastModifiedTime(source, soon);
        assertThat(machine.run("serve").out()).contains("building cli");
    }

    @Test
    void aDeletedFileBuildsAgain() throws IOException {
        machine.run("serve");
        Files.delete(source);
        assertThat(machine.run("serve").out()).contains("building cli");
    }

    @Test
    void aNewFileBuildsAgainHoweverOldItIs() throws IOException {
        machine.run("serve");
        file("server/src/main/java/Node.java");
        assertThat(machine.run("serve").out()).contains("building cli");
    }

    @Test
    void aLibraryThatIsGoneBuildsAgain() throws IOException {
        machine.run("serve");
        Files.delete(library);
        assertThat(machine.run("serve").out()).contains("building cli");
    }

    @Test
    void testsResultsAndWhatWasBuiltDoNotCount() throws IOException {
        machine.run("serve");
        for (String name : List.of(
                "core/src/test/java/NewTest.java", "core/target/x", "bench/results/x", "browser/node_modules/x")) {
            Files.setLastModifiedTime(file(name), soon);
        }
        assertThat(machine.run("serve").out()).doesNotContain("building");
    }

    @Test
    void benchIsABuildOfItsOwn() {
        machine.run("serve");
        BareMachine.Result result = machine.run("bench", "sync", "--quick");
        assertThat(result.out()).contains("building bench").endsWith("io.gaesup.state.bench.Main\nsync\n--quick\n");
    }

    @Test
    void aFailedBuildSaysWhyStartsNothingAndIsTriedAgain() throws IOException {
        maven("echo '[ERROR] Store.java:[7,17] cannot find symbol'; exit 1");
        for (int attempt = 0; attempt < 2; attempt++) {
            BareMachine.Result result = machine.run("serve");
            assertThat(result.code()).isEqualTo(1);
            assertThat(result.err())
                    .contains("Store.java:[7,17] cannot find symbol", "the build failed", "build-cli.log");
            assertThat(result.out()).contains("building cli").doesNotContain("io.gaesup.state.cli.Main");
        }
    }

    @Test
    void theLockOfADeadBuildIsTakenOver() throws IOException {
        Files.createDirectories(machine.project.resolve("target"));
        Files.writeString(machine.project.resolve("target/build.lock"), Long.toString(aPidThatEnded()));
        assertThat(machine.run("serve").out()).contains("building cli").doesNotContain("waiting");
        assertThat(machine.project.resolve("target/build.lock")).doesNotExist();
    }

    @Test
    void aCheckBuildsForServeToo() throws IOException {
        machine.program("chromium", "exit 9");
        machine.run("check");
        assertThat(machine.run("serve").out()).doesNotContain("building");
    }

    private void maven(String body) throws IOException {
        machine.program("mvn", """
                for each in cli bench; do
                    mkdir -p $each/target
                    printf '%%s\n' '%s' >$each/target/classpath
                done
                %s
                """.formatted(library, body));
    }

    private Path file(String name) throws IOException {
        Path file = machine.project.resolve(name);
        Files.createDirectories(file.getParent());
        Files.createFile(file);
        Files.setLastModifiedTime(file, LONG_AGO);
        return file;
    }

    private static long aPidThatEnded() throws IOException {
        Process process = new ProcessBuilder("true").start();
        process.onExit().join();
        return process.pid();
    }
}
