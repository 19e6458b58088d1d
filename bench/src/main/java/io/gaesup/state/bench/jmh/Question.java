package io.gaesup.state.bench.jmh;

import java.util.ArrayList;
import java.util.List;

/**
 * One piece of work that several libraries do.
 *
 * @param work what is done, for the table
 * @param benchmark the class that holds it
 * @param ours the method that does it with ours
 * @param others what else is measured; only those in {@code bars} are compared
 * @param longRunOnly those of them that {@code --quick} leaves out: never the fastest peer, or no peer in a bar; with ours
 *     among them the question is left out as a whole
 * @param bars what was promised
 */
public record Question(
        String work,
        Class<?> benchmark,
        String ours,
        List<String> others,
        List<String> longRunOnly,
        List<Promise> bars) {

    /**
     * How many times faster ours must be than the fastest of these.
     *
     * @param name of the bar
     */
    public record Promise(String name, double times, List<String> peers) {}

    List<String> methods() {
        var methods = new ArrayList<String>();
        methods.add(ours);
        methods.addAll(others);
        return methods;
    }

    List<String> methods(boolean quick) {
        if (quick && longRunOnly.contains(ours)) {
            return List.of();
        }
        return methods().stream()
                .filter(method -> !quick || !longRunOnly.contains(method))
                .toList();
    }
}
