package io.gaesup.state.bench.sync;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Which core runs what: the server on the first, the generator on the last, so that neither takes time from the other.
 *
 * @param allowed the cores that this process may use; fewer than two: nothing is pinned
 * @param taskset the program that pins, or "" where there is none
 */
record Cores(List<Integer> allowed, String taskset) {

    private static final List<String> USUAL_PLACES = List.of("/usr/bin/taskset", "/bin/taskset");

    static Cores here() throws IOException {
        var status = Path.of("/proc/self/status");
        var allowed = new ArrayList<Integer>();
        if (Files.isReadable(status)) {
            for (var line : Files.readAllLines(status)) {
                if (line.startsWith("Cpus_allowed_list:")) {
                    allowed.addAll(parse(line.substring(line.indexOf(':') + 1).strip()));
                }
            }
        }
        var taskset = USUAL_PLACES.stream()
                .filter(place -> Files.isExecutable(Path.of(place)))
                .findFirst()
                .orElse("");
        return new Cores(allowed, taskset);
    }

    /** Reads the list format of the kernel: {@code 0-3,8}. */
    static List<Integer> parse(String list) {
        var cores = new ArrayList<Integer>();
        for (var range : list.split(",")) {
            var ends = range.split("-");
            int last = Integer.parseInt(ends[ends.length - 1]);
            for (int core = Integer.parseInt(ends[0]); core <= last; core++) {
                cores.add(core);
            }
        }
        return cores;
    }

    boolean isPinned() {
        return allowed.size() >= 2 && !taskset.isEmpty();
    }

    List<String> serverPrefix() {
        return isPinned() ? prefix(allowed.getFirst()) : List.of();
    }

    List<String> generatorPrefix() {
        return isPinned() ? prefix(allowed.getLast()) : List.of();
    }

    private List<String> prefix(int core) {
        return List.of(taskset, "-c", Integer.toString(core));
    }

    @Override
    public String toString() {
        return isPinned()
                ? "server on core " + allowed.getFirst() + ", generator on core " + allowed.getLast()
                : "nothing is pinned (no taskset, or one core)";
    }
}
