package io.gaesup.state.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The script ./gaesup, run as a person runs it, on a PATH that the test chooses. */
final class LauncherIT {
    private static final Path SCRIPT = ProjectFiles.ROOT.resolve("gaesup");
    private static final List<String> TOOLS =
            List.of("awk", "bash", "cat", "cksum", "dirname", "env", "find", "mkdir", "readlink", "rm", "sed", "sleep");

    @TempDir
    Path temp;

    private Path bin;
    private Path jdks;

    @BeforeEach
    void makeAMachineWithoutJava() throws IOException {
        bin = Files.createDirectories(temp.resolve("bin"));
        jdks = Files.createDirectories(temp.resolve("some jdks"));
        for (String tool : TOOLS) {
            Files.createSymbolicLink(bin.resolve(tool), onThePath(tool));
        }
    }

    @Test
    void helpListsEveryCommandAndNeedsNothing() {
        Result result = run("help");
        assertThat(result.code).isZero();
        assertThat(result.out).contains("demo", "serve", "bench", "check", "--deep", "version");
    }

    @Test
    void noWordIsHelp() {
        assertThat(run()).isEqualTo(run("help"));
    }

    @Test
    void versionIsThatOfTheBuild() throws IOException {
        assertThat(run("version").out.strip()).isEqualTo(VersionCommand.version());
    }

    @ParameterizedTest
    @CsvSource({"dmeo, demo", "serv, serve", "chekc, check", "benchmark, bench", "halp, help"})
    void anUnknownWordGetsTheNearestCommand(String word, String nearest) {
        Result result = run(word);
        assertThat(result.code).isEqualTo(2);
        assertThat(result.err).startsWith("gaesup: '" + word + "' is no command; did you mean '" + nearest + "'?");
    }

    @Test
    void aWordFarFromAllGetsNoGuess() {
        assertThat(run("xylophone").err)
                .startsWith("gaesup: 'xylophone' is no command\n")
                .contains("./gaesup help");
    }

    @Test
    void checkRefusesAnOptionItDoesNotKnow() {
        Result result = run("check", "--fast");
        assertThat(result.code).isEqualTo(2);
        assertThat(result.err).contains("check knows --deep, not '--fast'");
    }

    @Test
    void withoutAJdkItSaysWhereItLookedAndWhatToInstall() {
        Result result = run("mvn", "-v");
        assertThat(result.code).isEqualTo(1);
        assertThat(result.err).contains("needs a JDK 25 or newer", "JAVA_HOME (not set)", "no java", "apt-get install");
    }

    @ParameterizedTest
    @ValueSource(strings = {"17.0.15", "1.8.0_402", "24"})
    void anOlderJdkIsPassedOver(String version) throws IOException {
        jdk("old", version);
        assertThat(run("mvn", "-v").err).contains("needs a JDK 25 or newer");
    }

    @Test
    void aNewEnoughJdkIsTakenFromAFolderWithSpaces() throws IOException {
        jdk("a 17", "17.0.15");
        Path right = jdk("b 25", "25.0.3");
        tool("mvn", "echo \"maven on $JAVA_HOME with $*\"");
        Result result = run("mvn", "validate");
        assertThat(result.err).isEmpty();
        assertThat(result.out.strip()).isEqualTo("maven on " + right + " with -ntp validate");
    }

    @Test
    void javaHomeComesFirst() throws IOException {
        jdk("a 26", "26");
        Path home = jdk("z 25", "25.0.3");
        tool("mvn", "echo \"$JAVA_HOME\"");
        assertThat(run(Map.of("JAVA_HOME", home.toString()), "mvn").out.strip()).isEqualTo(home.toString());
    }

    @Test
    void withoutMavenItSaysSo() throws IOException {
        jdk("25", "25.0.3");
        Result result = run("mvn", "validate");
        assertThat(result.code).isEqualTo(1);
        assertThat(result.err).contains("needs Maven 3.8.7 or newer", "apt-get install maven");
    }

    @Test
    void checkWithAnOldNodeSaysWhichItFound() throws IOException {
        jdk("25", "25.0.3");
        tool("mvn", "exit 9");
        tool("npm", "exit 9");
        tool("node", "echo v18.19.0");
        Result result = run("check");
        assertThat(result.code).isEqualTo(1);
        assertThat(result.err).contains("needs Node 20 or newer", "found v18.19.0");
    }

    @Test
    void checkWithABrowserThatIsNoProgramSaysWhich() throws IOException {
        jdk("25", "25.0.3");
        tool("mvn", "exit 9");
        tool("npm", "exit 9");
        tool("node", "echo v20.0.0");
        Result result = run(Map.of("GAESUP_CHROMIUM", "/nowhere/chromium"), "check");
        assertThat(result.code).isEqualTo(1);
        assertThat(result.err).contains("GAESUP_CHROMIUM is '/nowhere/chromium', which is no program");
    }

    private record Result(int code, String out, String err) {}

    private Result run(String... words) {
        return run(Map.of(), words);
    }

    private Result run(Map<String, String> environment, String... words) {
        var command = new ArrayList<>(List.of(SCRIPT.toString()));
        command.addAll(List.of(words));
        Path out = temp.resolve("out");
        Path err = temp.resolve("err");
        var builder = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", bin.toString());
        builder.environment().put("HOME", temp.toString());
        builder.environment().put("GAESUP_JDKS", jdks.toString());
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(command + " did not end within 30 s");
            }
            return new Result(
                    process.exitValue(),
                    Files.readString(out, StandardCharsets.UTF_8),
                    Files.readString(err, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** A folder that looks like a JDK to the script; nothing in these tests starts its Java. */
    private Path jdk(String name, String version) throws IOException {
        Path home = jdks.resolve(name);
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        program(home.resolve("bin/javac"), "exit 9");
        return home;
    }

    private void tool(String name, String body) throws IOException {
        program(bin.resolve(name), body);
    }

    private static void program(Path file, String body) throws IOException {
        Files.writeString(file, "#!/usr/bin/env bash\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static Path onThePath(String tool) {
        for (String folder : System.getenv("PATH").split(":", -1)) {
            Path file = Path.of(folder, tool);
            if (Files.isExecutable(file)) {
                return file;
            }
        }
        throw new AssertionError("no " + tool + " on the PATH " + System.getenv("PATH"));
    }
}
