package io.gaesup.state.cli;

import java.io.PrintStream;
import java.util.List;

/** One word of the command line and what it does; {@link Main} holds the list of them. */
interface Command {
    /** The word itself, such as {@code serve}. */
    String name();

    /** One line for the list of commands. */
    String summary();

    /** What {@code gaesup <name> --help} prints: how to call it, and every option with its default. */
    String help();

    /**
     * Does the work and returns when it is done; a server returns when it has stopped.
     *
     * @return the exit code, 0 for success
     * @throws UsageException where the arguments make no sense; {@link Main} prints it with a pointer to the help
     * @throws Exception where the world was in the way; {@link Main} prints its message alone
     */
    int run(List<String> arguments, PrintStream out) throws Exception;
}
