package io.gaesup.state.cli;

import java.io.PrintStream;
import java.util.List;

/** Lists the commands, or explains one of them. */
final class HelpCommand implements Command {
    private final List<Command> others;

    HelpCommand(List<Command> others) {
        this.others = List.copyOf(others);
    }

    @Override
    public String name() {
        return "help";
    }

    @Override
    public String summary() {
        return "list the commands, or explain one";
    }

    @Override
    public String help() {
        return "gaesup help [command]";
    }

    @Override
    public int run(List<String> arguments, PrintStream out) {
        if (arguments.size() > 1) {
            throw new UsageException("help explains one command, found " + arguments);
        }
        if (arguments.isEmpty()) {
            out.println("gaesup <command> [options]");
            out.println();
            print(this, out);
            others.forEach(command -> print(command, out));
            return 0;
        }
        String name = arguments.getFirst();
        Command asked = others.stream()
                .filter(command -> command.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new UsageException("'" + name + "' is no command"));
        out.println(asked.help());
        return 0;
    }

    private static void print(Command command, PrintStream out) {
        out.println("  %-10s %s".formatted(command.name(), command.summary()));
    }
}
