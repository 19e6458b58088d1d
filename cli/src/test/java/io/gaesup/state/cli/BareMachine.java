package io.gaesup.state.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A machine with a copy of ./gaesup, a few basic tools, and only those JDKs and programs that a test puts there. */
final class BareMachine {
    private static final int SECONDS_MAX = 30;
    private static final List<String> TOOLS = List.of(
            "awk",
            "bash",
            "cat",
            "cksum",
            "dirname",
            "env",
            "find",
            "grep",
            "head",
            "mkdir",
            "mv",
            "readlink",
            "rm",
            "sed",
            "sleep",
            "tail",
            "tee");

    /** The copied project: only the script, the parent pom and empty modules, in a folder with a space. */
    final Path project;

    private final Path bin;
    private final Path jdks;
    private final Path home;

    BareMachine(Path folder) throws IOException {
        home = folder;
        project = Files.createDirectories(folder.resolve("a project"));
        bin = Files.createDirectories(folder.resolve("bin"));
        jdks = Files.createDirectories(folder.resolve("some jdks"));
        for (String file : List.of("gaesup", "pom.xml")) {
            Files.copy(ProjectFiles.ROOT.resolve(file), project.resolve(file));
        }
        Files.setPosixFilePermissions(project.resolve("gaesup"), PosixFilePermissions.fromString("rwxr-xr-x"));
        for (String module : List.of(".mvn", "core", "journal", "browser", "server", "cli", "bench")) {
            Files.createDirectories(project.resolve(module));
        }
        for (String tool : TOOLS) {
            Files.createSymbolicLink(bin.resolve(tool), onThePath(tool));
        }
    }

    /** What one call of the script did. */
    record Result(int code, String out, String err) {}

    Result run(String... words) {
        return run(Map.of(), words);
    }

    Result run(Map<String, String> environment, String... words) {
        var command = new ArrayList<>(List.of(project.resolve("gaesup").toString()));
        command.addAll(List.of(words));
        Path out = home.resolve("out");
        Path err = home.resolve("err");
        var builder = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", bin.toString());
        builder.environment().put("HOME", home.toString());
        builder.environment().put("GAESUP_JDKS", jdks.toString());
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(command + " did not end within " + SECONDS_MAX + " s");
            }
            return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Puts a folder there that looks like a JDK; its {@code java} prints its arguments, one a line. */
    Path jdk(String name, String version) throws IOException {
        Path folder = jdks.resolve(name);
        Files.createDirectories(folder.resolve("bin"));
        Files.writeString(folder.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        program(folder.resolve("bin/javac"), "exit 9");
        program(folder.resolve("bin/java"), "printf '%s\\n' \"$@\"");
        return folder;
    }

    /** Puts a program on the PATH: a bash script with this body. */
    void program(String name, String body) throws IOException {
        program(bin.resolve(name), body);
    }

    /** Where {@link #program(String, String)} puts it. */
    Path onItsPath(String name) {
        return bin.resolve(name);
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
