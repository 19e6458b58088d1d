package io.gaesup.state.core;

import org.jspecify.annotations.Nullable;

/** JSON merge patches (RFC 7396) that are done one after the other. */
final class Patches {

    private Patches() {}

    /**
     * One patch that does what {@code first} and then {@code later} do, to any document, the order of keys included;
     * null if there is none: where a key is removed and put again, which moves it to the end, and where a map comes
     * after something else, because a map in a patch never replaces.
     *
     * @param generation maps of this one may be changed in place
     */
    static @Nullable MapValue compose(MapValue first, MapValue later, long generation) {
        return canCompose(first, later) ? composed(first, later, generation) : null;
    }

    private static boolean canCompose(MapValue first, MapValue later) {
        boolean[] can = {true};
        later.forEach((key, value) -> {
            Value old = can[0] ? first.get(key) : null;
            if (old == Value.NULL) {
                can[0] = value == Value.NULL;
            } else if (old != null && value instanceof MapValue map) {
                can[0] = old instanceof MapValue before && canCompose(before, map);
            }
        });
        return can[0];
    }

    private static MapValue composed(MapValue first, MapValue later, long generation) {
        MapValue[] both = {first};
        later.forEach((key, value) -> {
            Value old = both[0].get(key);
            Value put = old instanceof MapValue before && value instanceof MapValue map
                    ? composed(before, map, generation)
                    : value;
            both[0] = both[0].put(generation, key, put);
        });
        return both[0];
    }
}
