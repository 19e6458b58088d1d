package io.gaesup.state.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The part of CONTRIBUTING.md that a machine can see. */
final class TidyTest {
    private static final int LINES_MAX = 600;
    private static final long BYTES_MAX = 1024 * 1024;

    /** Files that may be longer, each with its reason. */
    private static final Map<String, String> LONG_FILES = Map.of();

    private static final Pattern MACHINE_PATH = Pattern.compile("(^|[^A-Za-z0-9_.*-])/(work|root|home)/[a-z.]");
    private static final Pattern DOWNLOAD = Pattern.compile("\"resolved\"\\s*:\\s*\"http");
    private static final Pattern SLEEP_OR_SKIP = Pattern.compile("Thread\\.sleep\\(|@Disabled\\b|@Ignore\\b");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]+)(#[^)]*)?\\)");
    private static final Pattern DECISION = Pattern.compile("(\\d{4})-[a-z0-9]+(-[a-z0-9]+)*\\.md");

    private final List<Path> files;

    TidyTest() throws IOException {
        files = ProjectFiles.all();
        assertThat(files).as("files of the project").contains(Path.of("pom.xml"), Path.of("gaesup"));
    }

    @Test
    void noFileKnowsTheFoldersOfOneMachine() {
        assertThat(matches(file -> !lock(file), MACHINE_PATH)).isEmpty();
    }

    @Test
    void lockFilesNameNoServer() {
        assertThat(matches(TidyTest::lock, DOWNLOAD)).isEmpty();
    }

    @Test
    void testsNeitherSleepNorSkip() {
        assertThat(matches(
                        file -> file.toString().contains("src/test/java") && !file.endsWith("TidyTest.java"),
                        SLEEP_OR_SKIP))
                .isEmpty();
    }

    @Test
    void sourceFilesHaveAtMost600LinesOrAReason() {
        var tooLong = new ArrayList<String>();
        for (Path file : files) {
            boolean source =
                    ProjectFiles.endsIn(file, ".java", ".ts", ".tsx", ".js", ".mjs", ".jsx", ".vue", ".css", ".html");
            int lines = source ? ProjectFiles.lines(file).size() : 0;
            if (lines > LINES_MAX && !LONG_FILES.containsKey(file.toString())) {
                tooLong.add(file + ": " + lines);
            }
        }
        assertThat(tooLong).isEmpty();
    }

    @Test
    void longFilesWithAReasonStillExist() {
        assertThat(LONG_FILES.keySet())
                .allSatisfy(file -> assertThat(ProjectFiles.ROOT.resolve(file)).exists());
    }

    @Test
    void filesAreSmallerThanOneMebibyte() throws IOException {
        var tooLarge = new ArrayList<String>();
        for (Path file : files) {
            long bytes = Files.size(ProjectFiles.ROOT.resolve(file));
            if (bytes > BYTES_MAX) {
                tooLarge.add(file + ": " + bytes + " bytes");
            }
        }
        assertThat(tooLarge).isEmpty();
    }

    @Test
    void linksBetweenPagesLeadSomewhere() {
        var dead = new ArrayList<String>();
        for (Path page : files) {
            if (!ProjectFiles.endsIn(page, ".md")) {
                continue;
            }
            for (String line : ProjectFiles.lines(page)) {
                LINK.matcher(line)
                        .results()
                        .map(link -> link.group(1))
                        .filter(target -> !target.contains(":"))
                        .filter(target ->
                                !Files.exists(ProjectFiles.ROOT.resolve(page).resolveSibling(target)))
                        .forEach(target -> dead.add(page + " -> " + target));
            }
        }
        assertThat(dead).isEmpty();
    }

    @Test
    void decisionsAreNumberedOnceEach() {
        var numbers = new TreeSet<String>();
        for (Path file : files) {
            if (!file.startsWith("docs/decisions")) {
                continue;
            }
            var name = DECISION.matcher(file.getFileName().toString());
            assertThat(name.matches())
                    .as("%s is called NNNN-short-name.md", file)
                    .isTrue();
            assertThat(numbers.add(name.group(1)))
                    .as("%s has a number of its own", file)
                    .isTrue();
        }
        assertThat(numbers).isNotEmpty();
    }

    @Test
    void everyPackageIsNullMarked() {
        var unmarked = new TreeSet<Path>();
        for (Path file : files) {
            if (file.toString().contains("src/main/java/") && ProjectFiles.endsIn(file, ".java")) {
                Path info = file.resolveSibling("package-info.java");
                if (!files.contains(info) || !ProjectFiles.lines(info).contains("@NullMarked")) {
                    unmarked.add(file.getParent());
                }
            }
        }
        assertThat(unmarked).isEmpty();
    }

    @Test
    void scriptsCanBeStarted() {
        List<Path> scripts = files.stream()
                .filter(file ->
                        ProjectFiles.lines(file).stream().findFirst().orElse("").startsWith("#!"))
                .toList();
        assertThat(scripts).contains(Path.of("gaesup"), Path.of(".ci/run"));
        assertThat(scripts)
                .allSatisfy(
                        script -> assertThat(ProjectFiles.ROOT.resolve(script)).isExecutable());
    }

    private List<String> matches(Predicate<Path> chosen, Pattern pattern) {
        var found = new ArrayList<String>();
        for (Path file : files) {
            if (!chosen.test(file)) {
                continue;
            }
            List<String> lines = ProjectFiles.lines(file);
            for (int i = 0; i < lines.size(); i++) {
                if (pattern.matcher(lines.get(i)).find()) {
                    found.add(file + ":" + (i + 1) + ": " + lines.get(i).strip());
                }
            }
        }
        return found;
    }

    private static boolean lock(Path file) {
        return file.endsWith("package-lock.json");
    }
}
