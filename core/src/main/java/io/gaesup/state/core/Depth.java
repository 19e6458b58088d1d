package io.gaesup.state.core;

/** How deep a value nests. */
final class Depth {

    private Depth() {}

    /**
     * Fails for a whole document that nests too deep.
     *
     * @throws StateException with code {@code LIMIT_EXCEEDED}
     */
    static void check(Value document) {
        if (!fits(document, Limits.DEPTH_MAX)) {
            throw new StateException(
                    ErrorCode.LIMIT_EXCEEDED, "a document nests at most " + Limits.DEPTH_MAX + " deep");
        }
    }

    /** Whether {@code value} nests at most {@code max} containers deep. Cost: O(size of the value). */
    static boolean fits(Value value, int max) {
        return switch (value) {
            case ListValue list -> {
                if (max < 1) {
                    yield false;
                }
                for (Value element : list) {
                    if (element instanceof Container && !fits(element, max - 1)) {
                        yield false;
                    }
                }
                yield true;
            }
            case MapValue map -> {
                boolean[] fits = {max >= 1};
                map.forEach((key, entry) -> {
                    if (entry instanceof Container) {
                        fits[0] = fits[0] && fits(entry, max - 1);
                    }
                });
                yield fits[0];
            }
            default -> true;
        };
    }
}
