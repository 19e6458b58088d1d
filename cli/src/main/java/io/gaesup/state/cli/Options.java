package io.gaesup.state.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of one command, taken apart: {@code --name value} or {@code --name=value}, switches {@code --name} and
 * {@code --no-name}, and the words between them.
 */
final class Options {
    private final Map<String, String> values = new HashMap<>();
    private final Map<String, Boolean> switches = new HashMap<>();
    private final List<String> words = new ArrayList<>();

    private Options() {}

    /**
     * Takes {@code arguments} apart.
     *
     * @param valued the names that take a value
     * @param switched the names that are on or off
     * @throws UsageException at an unknown name, a missing value, or a name given twice
     */
    static Options parse(List<String> arguments, Set<String> valued, Set<String> switched) {
        var options = new Options();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (!argument.startsWith("--")) {
                options.words.add(argument);
                continue;
            }
            int equals = argument.indexOf('=');
            String name = argument.substring(2, equals < 0 ? argument.length() : equals);
            if (valued.contains(name)) {
                if (equals < 0 && i + 1 == arguments.size()) {
                    throw new UsageException("--" + name + " needs a value");
                }
                once(name, options.values.put(name, equals < 0 ? arguments.get(++i) : argument.substring(equals + 1)));
            } else if (equals < 0 && switched.contains(name)) {
                once(name, options.switches.put(name, true));
            } else if (equals < 0 && name.startsWith("no-") && switched.contains(name.substring(3))) {
                once(name, options.switches.put(name.substring(3), false));
            } else {
                throw new UsageException("unknown option '" + argument + "'");
            }
        }
        return options;
    }

    Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    boolean isOn(String name, boolean otherwise) {
        return switches.getOrDefault(name, otherwise);
    }

    List<String> words() {
        return List.copyOf(words);
    }

    /** The value of {@code name} as an int; {@code otherwise} where it is not given. */
    int integer(String name, int otherwise, int least, int most) {
        String text = values.get(name);
        if (text == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Falls through to the one message for both.
        }
        throw new UsageException(
                "--" + name + ": expected a whole number from " + least + " to " + most + ", found '" + text + "'");
    }

    /** The value of {@code name} as a finite number above zero; {@code otherwise} where it is not given. */
    double positive(String name, double otherwise) {
        String text = values.get(name);
        if (text == null) {
            return otherwise;
        }
        try {
            double number = Double.parseDouble(text);
            if (number > 0 && Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Falls through to the one message for both.
        }
        throw new UsageException("--" + name + ": expected a number above 0, found '" + text + "'");
    }

    /** Refuses words between the options, for a command that takes none. */
    Options withoutWords() {
        if (!words.isEmpty()) {
            throw new UsageException("unexpected '" + words.getFirst() + "'");
        }
        return this;
    }

    private static void once(String name, @Nullable Object before) {
        if (before != null) {
            throw new UsageException("--" + name + " is given twice");
        }
    }
}
