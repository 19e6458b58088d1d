package io.gaesup.state.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The script ./gaesup, run as a person runs it, on a PATH that the test chooses. */
final class LauncherIT {
    private BareMachine machine;

    @BeforeEach
    void makeAMachineWithoutJava(@TempDir Path folder) throws IOException {
        machine = new BareMachine(folder);
    }

    @Test
    void helpListsEveryCommandAndNeedsNothing() {
        BareMachine.Result result = machine.run("help");
        assertThat(result.code()).isZero();
        assertThat(result.out()).contains("demo", "serve", "bench", "check", "--deep", "version");
    }

    @Test
    void noWordIsHelp() {
        assertThat(machine.run()).isEqualTo(machine.run("help"));
    }

    @Test
    void versionIsThatOfTheBuild() throws IOException {
        assertThat(machine.run("version").out().strip()).isEqualTo(VersionCommand.version());
    }

    @ParameterizedTest
    @CsvSource({"dmeo, demo", "serv, serve", "chekc, check", "benchmark, bench", "halp, help"})
    void anUnknownWordGetsTheNearestCommand(String word, String nearest) {
        BareMachine.Result result = machine.run(word);
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).startsWith("gaesup: '" + word + "' is no command; did you mean '" + nearest + "'?");
    }

    @Test
    void aWordFarFromAllGetsNoGuess() {
        assertThat(machine.run("xylophone").err())
                .startsWith("gaesup: 'xylophone' is no command\n")
                .contains("./gaesup help");
    }

    @Test
    void checkRefusesAnOptionItDoesNotKnow() {
        BareMachine.Result result = machine.run("check", "--fast");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("check knows --deep, not '--fast'");
    }

    @Test
    void withoutAJdkItSaysWhereItLookedAndWhatToInstall() {
        BareMachine.Result result = machine.run("mvn", "-v");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err())
                .contains("needs a JDK 25 or newer", "JAVA_HOME (not set)", "no java", "apt-get install");
    }

    @ParameterizedTest
    @ValueSource(strings = {"17.0.15", "1.8.0_402", "24"})
    void anOlderJdkIsPassedOver(String version) throws IOException {
        machine.jdk("old", version);
        assertThat(machine.run("mvn", "-v").err()).contains("needs a JDK 25 or newer");
    }

    @Test
    void aNewEnoughJdkIsTakenFromAFolderWithSpaces() throws IOException {
        machine.jdk("a 17", "17.0.15");
        Path right = machine.jdk("b 25", "25.0.3");
        machine.program("mvn", "echo \"maven on $JAVA_HOME with $*\"");
        BareMachine.Result result = machine.run("mvn", "validate");
        assertThat(result.err()).isEmpty();
        assertThat(result.out().strip()).isEqualTo("maven on " + right + " with -ntp validate");
    }

    @Test
    void javaHomeComesFirst() throws IOException {
        machine.jdk("a 26", "26");
        Path home = machine.jdk("z 25", "25.0.3");
        machine.program("mvn", "echo \"$JAVA_HOME\"");
        assertThat(machine.run(Map.of("JAVA_HOME", home.toString()), "mvn")
                        .out()
                        .strip())
                .isEqualTo(home.toString());
    }

    @Test
    void withoutMavenItSaysSo() throws IOException {
        machine.jdk("25", "25.0.3");
        BareMachine.Result result = machine.run("mvn", "validate");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("needs Maven 3.8.7 or newer", "apt-get install maven");
    }

    @Test
    void checkWithAnOldNodeSaysWhichItFound() throws IOException {
        aMachineThatCanBuild();
        machine.program("node", "echo v18.19.0");
        BareMachine.Result result = machine.run("check");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("needs Node 20 or newer", "found v18.19.0");
    }

    @Test
    void checkWithABrowserThatIsNoProgramSaysWhich() throws IOException {
        aMachineThatCanBuild();
        BareMachine.Result result = machine.run(Map.of("GAESUP_CHROMIUM", "/nowhere/chromium"), "check");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("GAESUP_CHROMIUM is '/nowhere/chromium', which is no program");
    }

    @Test
    void checkWithoutABrowserSaysWhatToInstall() throws IOException {
        aMachineThatCanBuild();
        machine.program("id", "echo 1000");
        BareMachine.Result result = machine.run("check");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("found no chromium", "apt-get install chromium", "GAESUP_CHROMIUM=");
    }

    @Test
    void checkAsRootInstallsTheBrowserAndHandsItToTheTests() throws IOException {
        aMachineThatCanBuild();
        machine.program("id", "echo 0");
        Path chromium = machine.onItsPath("chromium");
        machine.program("apt-get", "echo \"apt-get $*\"; : >>'" + chromium + "'; /bin/chmod +x '" + chromium + "'");
        machine.program("mvn", "echo \"maven $* drives $GAESUP_CHROMIUM\"");
        BareMachine.Result result = machine.run("check", "--deep");
        assertThat(result.err()).isEmpty();
        assertThat(result.out())
                .contains(
                        "apt-get install -q -y chromium",
                        "maven -ntp -B verify -Pit,deep drives " + chromium,
                        "check passed");
    }

    @Test
    void checkFailsWhenMavenFails() throws IOException {
        aMachineThatCanBuild();
        machine.program("chromium", "exit 9");
        machine.program("mvn", "echo 'Tests run: 3, Failures: 1'; exit 1");
        BareMachine.Result result = machine.run("check");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).contains("Tests run: 3, Failures: 1");
        assertThat(result.err()).contains("check failed");
    }

    private void aMachineThatCanBuild() throws IOException {
        machine.jdk("25", "25.0.3");
        machine.program("mvn", "exit 9");
        machine.program("npm", "exit 9");
        machine.program("node", "echo v20.0.0");
    }
}
