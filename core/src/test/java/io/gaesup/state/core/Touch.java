package io.gaesup.state.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What an operation touched.
 *
 * @param path the segments of the place
 * @param extent what else besides everything above it
 */
record Touch(List<String> path, Extent extent) {

    enum Extent {
        /** Nothing below it. */
        ALONE,
        /** Everything below it. */
        WHOLE,
        /** Everything below it and below the list positions that follow it. */
        FOLLOWING
    }

    /** Whether a subscription to {@code subscribed} is to be woken. */
    boolean wakes(List<String> subscribed) {
        int shared = Math.min(path.size(), subscribed.size());
        if (shared < path.size()) {
            return path.subList(0, shared).equals(subscribed);
        }
        return switch (extent) {
            case ALONE -> subscribed.equals(path);
            case WHOLE -> subscribed.subList(0, shared).equals(path);
            case FOLLOWING ->
                subscribed.subList(0, shared - 1).equals(path.subList(0, shared - 1))
                        && ModelEdit.index(subscribed.get(shared - 1)) >= ModelEdit.index(path.get(shared - 1));
        };
    }

    /**
     * Whether a subscription to {@code pattern} is to be woken: something at or above the place matches, or a container
     * that was or is there may hold a match.
     */
    boolean wakes(PathPattern pattern, Object before, Object after) {
        if (pattern.isLiteral()) {
            return wakes(ModelEdit.segments(pattern.segments(), pattern.depth()));
        }
        for (int depth = 0; depth <= path.size(); depth++) {
            if (pattern.matches(Path.ofSegments(path.subList(0, depth)))) {
                return true;
            }
        }
        return switch (extent) {
            case ALONE -> false;
            case WHOLE -> mayMatchBelow(pattern, path) && (holds(before) || holds(after));
            case FOLLOWING -> {
                List<String> list = path.subList(0, path.size() - 1);
                int first = ModelEdit.index(path.getLast());
                boolean found = false;
                for (int i = first; i < first + 1_000 && !found; i++) {
                    List<String> element = new ArrayList<>(list);
                    element.add(Integer.toString(i));
                    found = pattern.matches(Path.ofSegments(element)) || mayMatchBelow(pattern, element);
                }
                yield found;
            }
        };
    }

    private boolean holds(Object document) {
        Object found = ModelEdit.find(document, Path.ofSegments(path));
        return found instanceof List || found instanceof Map;
    }

    /** Whether some path that is longer than {@code front} and begins with it matches. */
    private static boolean mayMatchBelow(PathPattern pattern, List<String> front) {
        return mayMatchBelow(pattern, 0, front, 0);
    }

    private static boolean mayMatchBelow(PathPattern pattern, int k, List<String> front, int i) {
        if (k == pattern.depth()) {
            return false;
        }
        if (pattern.kind(k) == PathPattern.DEEP) {
            return i == front.size()
                    || mayMatchBelow(pattern, k + 1, front, i)
                    || mayMatchBelow(pattern, k, front, i + 1);
        }
        if (i == front.size()) {
            return true;
        }
        boolean fits = pattern.kind(k) == PathPattern.ANY
                || pattern.segments().segment(k).equals(front.get(i));
        return fits && mayMatchBelow(pattern, k + 1, front, i + 1);
    }
}
