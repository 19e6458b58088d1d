package io.gaesup.state.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class MainTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void versionPrintsTheVersionOfTheBuild() {
        assertThat(run("version")).isZero();
        assertThat(text(out)).matches("gaesup \\d+\\.\\d+\\.\\d+\\S* \\(Java \\S+\\)\\R");
    }

    @Test
    void noCommandIsHelp() {
        assertThat(run()).isZero();
        assertThat(text(out)).contains("help", "version  ", "picky");
    }

    @Test
    void helpOfACommandAndItsHelpOptionAreTheSame() {
        assertThat(run("help", "picky")).isZero();
        String helped = text(out);
        out.reset();
        assertThat(run("picky", "--help")).isZero();
        assertThat(text(out)).isEqualTo(helped).contains("gaesup picky [--crash]");
    }

    @Test
    void anUnknownCommandExitsWithTwo() {
        assertThat(run("fly")).isEqualTo(2);
        assertThat(text(err)).isEqualTo("gaesup: 'fly' is no command; see gaesup help" + System.lineSeparator());
    }

    @Test
    void wrongArgumentsExitWithTwoAndNameTheHelp() {
        assertThat(run("picky", "--colour")).isEqualTo(2);
        assertThat(text(err)).contains("picky: unknown option '--colour'; see gaesup picky --help");
    }

    @Test
    void aFailureExitsWithOneAndItsMessage() {
        assertThat(run("picky", "--crash")).isEqualTo(1);
        assertThat(text(err)).isEqualTo("gaesup: picky: disk full" + System.lineSeparator());
        assertThat(text(out)).isEmpty();
    }

    private int run(String... arguments) {
        return new Main(List.of(new VersionCommand(), new Picky()))
                .run(List.of(arguments), new PrintStream(out, true), new PrintStream(err, true));
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static final class Picky implements Command {
        @Override
        public String name() {
            return "picky";
        }

        @Override
        public String summary() {
            return "fails in every way";
        }

        @Override
        public String help() {
            return "gaesup picky [--crash]";
        }

        @Override
        public int run(List<String> arguments, PrintStream out) throws IOException {
            if (Options.parse(arguments, Set.of(), Set.of("crash")).isOn("crash", false)) {
                throw new IOException("disk full");
            }
            return 0;
        }
    }
}
