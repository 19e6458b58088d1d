package io.gaesup.state.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files of the project as they would be committed: what .gitignore names is left out. Works without git. */
final class ProjectFiles {
    /** The folder that holds ./gaesup; tests run in their module's folder. */
    static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    private ProjectFiles() {}

    /** Every file, as a path from {@link #ROOT}, in a stable order. */
    static List<Path> all() throws IOException {
        Pattern ignored = ignored();
        var found = new ArrayList<Path>();
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                boolean skip =
                        !folder.equals(ROOT) && ignored.matcher(name(folder)).matches();
                return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (!ignored.matcher(name(file)).matches()) {
                    found.add(ROOT.relativize(file));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        found.sort(null);
        return found;
    }

    /** The lines of a text file; none where its bytes are no UTF-8, so of images and archives. */
    static List<String> lines(Path file) {
        try {
            return Files.readAllLines(ROOT.resolve(file));
        } catch (CharacterCodingException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether {@code file} ends in one of {@code endings}, such as {@code .java}. */
    static boolean endsIn(Path file, String... endings) {
        return Stream.of(endings).anyMatch(file.toString()::endsWith);
    }

    /** Our .gitignore holds names with at most a star, no paths: one pattern of them all. */
    private static Pattern ignored() {
        String names = lines(Path.of(".gitignore")).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.replace("/", "").replace(".", "\\.").replace("*", ".*"))
                .reduce("\\.git", (left, right) -> left + "|" + right);
        return Pattern.compile(names);
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }
}
