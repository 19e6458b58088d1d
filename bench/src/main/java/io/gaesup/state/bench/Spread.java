package io.gaesup.state.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What one quantity was in each round, in the order of the rounds. */
public record Spread(List<Double> values) {

    public Spread {
        values = List.copyOf(values);
        if (values.isEmpty()) {
            throw new IllegalArgumentException("a spread needs the value of at least one round");
        }
        for (var value : values) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("not a measurement: " + value + " among " + values);
            }
        }
    }

    public static Spread of(double... values) {
        return new Spread(Arrays.stream(values).boxed().toList());
    }

    public double median() {
        var sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    public double min() {
        return values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    public double max() {
        return values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }

    /** Divides round by round: what ran next to each other is compared, not the best of one with the worst of the other. */
    public Spread dividedBy(Spread other) {
        if (other.values.size() != values.size()) {
            throw new IllegalArgumentException(
                    values.size() + " rounds cannot be compared with " + other.values.size() + " rounds");
        }
        var ratios = new ArrayList<Double>();
        for (int round = 0; round < values.size(); round++) {
            ratios.add(values.get(round) / other.values.get(round));
        }
        return new Spread(ratios);
    }
}
