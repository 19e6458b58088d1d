package io.gaesup.state.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The {@code gaesup} command behind the script of that name.
 *
 * <p>Exit codes: 0 done, 1 the command failed, 2 the command line makes no sense.
 */
public final class Main {
    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    private final List<Command> commands;

    /** Takes {@code commands} and adds {@code help} for them. */
    Main(List<Command> commands) {
        this.commands = new ArrayList<>(commands);
        this.commands.add(new HelpCommand(commands));
    }

    /** Runs the command that {@code arguments} name and exits with its code. */
    public static void main(String[] arguments) {
        var main = new Main(List.of(new DemoCommand(), new ServeCommand(), new VersionCommand()));
        System.exit(main.run(List.of(arguments), System.out, System.err));
    }

    int run(List<String> arguments, PrintStream out, PrintStream err) {
        String name = arguments.isEmpty() ? "help" : arguments.getFirst();
        List<String> rest = arguments.isEmpty() ? arguments : arguments.subList(1, arguments.size());
        for (Command command : commands) {
            if (command.name().equals(name)) {
                return run(command, rest, out, err);
            }
        }
        return misused("'" + name + "' is no command", "gaesup help", err);
    }

    private static int run(Command command, List<String> arguments, PrintStream out, PrintStream err) {
        if (arguments.contains("--help")) {
            out.println(command.help());
            return 0;
        }
        try {
            return command.run(arguments, out);
        } catch (UsageException e) {
            return misused(command.name() + ": " + e.getMessage(), "gaesup " + command.name() + " --help", err);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FAILED;
        } catch (Exception e) {
            err.println("gaesup: " + command.name() + ": " + message(e));
            return FAILED;
        }
    }

    private static int misused(String message, String help, PrintStream err) {
        err.println("gaesup: " + message + "; see " + help);
        return MISUSED;
    }

    /** An exception without a message of its own is at least called by its name. */
    private static String message(Exception e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }
}
