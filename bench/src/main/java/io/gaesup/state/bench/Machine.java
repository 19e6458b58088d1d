package io.gaesup.state.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the numbers were measured on.
 *
 * @param commit the short hash, or "unknown" outside a git work tree
 * @param uncommittedChanges whether the sources differed from that commit
 */
record Machine(
        String processor,
        int cores,
        long memoryMegabytes,
        String system,
        String jdk,
        String commit,
        boolean uncommittedChanges) {

    static Machine here(Path root) {
        var runtime = Runtime.version();
        var bean = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new Machine(
                processorName(),
                Runtime.getRuntime().availableProcessors(),
                bean.getTotalMemorySize() >> 20,
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                runtime + " (" + System.getProperty("java.vendor") + ")",
                git(root, "unknown", "rev-parse", "--short", "HEAD"),
                !git(root, "", "status", "--porcelain", "--untracked-files=no").isEmpty());
    }

    private static String processorName() {
        var cpuInfo = Path.of("/proc/cpuinfo");
        if (Files.isReadable(cpuInfo)) {
            try (var lines = Files.lines(cpuInfo)) {
                return lines.filter(line -> line.startsWith("model name"))
                        .findFirst()
                        .map(line -> line.substring(line.indexOf(':') + 1).strip())
                        .orElse("unknown");
            } catch (IOException unreadable) {
                return "unknown";
            }
        }
        return System.getProperty("os.arch");
    }

    private static String git(Path root, String otherwise, String... arguments) {
        var command = new ArrayList<String>(List.of("git", "-C", root.toString()));
        command.addAll(List.of(arguments));
        try {
            var process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.waitFor() == 0 ? text : otherwise;
        } catch (IOException noGit) {
            return otherwise;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return otherwise;
        }
    }
}
