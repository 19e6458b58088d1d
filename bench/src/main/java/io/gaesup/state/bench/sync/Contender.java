package io.gaesup.state.bench.sync;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * One server in the comparison.
 *
 * @param name as rows and results call it
 * @param protocol as the generator calls it
 * @param command starts it; it prints its address when it is ready
 * @param runsOnJvm whether it needs the longer warm-up
 */
record Contender(
        String name, String protocol, List<String> command, Map<String, String> environment, boolean runsOnJvm) {

    static final String OURS = "ours";
    static final String SOCKET_IO = "socketio";

    /** The word of a command that stands for the folder of this start. */
    static final String FOLDER = "{folder}";

    List<String> commandIn(Path folder) {
        return command.stream()
                .map(word -> word.equals(FOLDER) ? folder.resolve("data").toString() : word)
                .toList();
    }
}
