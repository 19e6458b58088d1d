package io.gaesup.state.core;

import java.util.List;

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
}
