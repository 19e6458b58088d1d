package io.gaesup.state.core;

import java.util.List;

/**
 * Who listens to a store, what was merged, and what it cost: a moment's view, for people and tests.
 *
 * @param metrics of all together
 * @param places the paths and patterns listened to; listeners of one path, or of equal patterns, are one place
 * @param selectors the selectors in use, listened to or read by others
 * @param merged the sets of paths that more than one selector reads, each watched once
 */
public record SubscriptionReport(
        SubscriptionMetrics metrics, List<Place> places, List<Used> selectors, List<Merged> merged) {

    public SubscriptionReport {
        places = List.copyOf(places);
        selectors = List.copyOf(selectors);
        merged = List.copyOf(merged);
    }

    /** @param path a path, or a pattern as {@link PathPattern} writes it */
    public record Place(String path, int listeners) {}

    /**
     * A selector in use.
     *
     * @param reads what its result depends on: paths, {@code size of} and the like, and other selectors
     * @param listeners how many share its result
     * @param readers how many other selectors read it
     * @param height 0 if it reads no other selector, else one more than the highest of those it reads
     */
    public record Used(
            String name, List<String> reads, int listeners, int readers, int height, SubscriptionMetrics metrics) {

        public Used {
            reads = List.copyOf(reads);
        }
    }

    /** The names of {@code selectors} whose evaluations read the same {@code reads}. */
    public record Merged(List<String> reads, List<String> selectors) {

        public Merged {
            reads = List.copyOf(reads);
            selectors = List.copyOf(selectors);
        }
    }
}
