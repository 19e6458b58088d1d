package io.gaesup.state.core;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whether two things that were read are the same, at a bounded cost: a "no" may be wrong for large things that are equal
 * and not identical, a "yes" never is.
 */
final class Sameness {

    /* A container of a snapshot never changes, so identity says it all for those that are nodes of the tree. A row of a
     * table is made anew each time it is read; it is small and flat, and compared by content. What callers made (results
     * of selectors) may change, and counts as the same only if it is identical or of a kind that cannot change. */

    /** Containers of up to this many scalars, and nothing else, are compared by content. */
    static final int FLAT_MAX = 32;

    // One object each, so that selectors made alike are equal on every target.
    static final Equality<@Nullable Object> SHALLOW = Sameness::shallowlySame;
    static final Equality<@Nullable Object> IDENTICAL = Sameness::same;
    static final Equality<@Nullable Object> DEEP = Objects::equals;

    private Sameness() {}

    static boolean same(@Nullable Object one, @Nullable Object other) {
        if (one == other) {
            return true;
        }
        if (one == null || other == null) {
            return false;
        }
        if (one instanceof Container a) {
            return other instanceof Container b && a.size() == b.size() && a.size() <= FLAT_MAX && sameFlat(a, b);
        }
        return isUnchanging(one) && one.equals(other);
    }

    /** Equal for whatever is the same. */
    static int hash(@Nullable Object thing) {
        if (thing == null) {
            return 0;
        }
        if (thing instanceof Container container) {
            return container.size() <= FLAT_MAX && isFlat(container)
                    ? container.hashCode()
                    : System.identityHashCode(container);
        }
        return isUnchanging(thing) ? thing.hashCode() : System.identityHashCode(thing);
    }

    private static boolean sameFlat(Container one, Container other) {
        if (one instanceof ListValue mine) {
            return other instanceof ListValue && isFlat(mine) && mine.equals(other);
        }
        return other instanceof MapValue its
                && isFlat(one)
                && one.equals(its)
                && keys((MapValue) one).equals(keys(its));
    }

    /** The keys of {@code map}, in order: a function may well depend on that. */
    static List<String> keys(MapValue map) {
        List<String> keys = new ArrayList<>(map.size());
        map.forEach((key, _) -> keys.add(key));
        return keys;
    }

    private static boolean isUnchanging(Object thing) {
        return thing instanceof Value
                || thing instanceof String
                || thing instanceof Number
                || thing instanceof Boolean
                || thing instanceof Character
                || thing instanceof Keys;
    }

    private static boolean isFlat(Container container) {
        if (container instanceof ListValue list) {
            for (Value value : list) {
                if (value instanceof Container) {
                    return false;
                }
            }
            return true;
        }
        boolean[] flat = {true};
        ((MapValue) container).forEach((_, value) -> flat[0] &= !(value instanceof Container));
        return flat[0];
    }

    private static boolean shallowlySame(@Nullable Object one, @Nullable Object other) {
        if (same(one, other)) {
            return true;
        }
        if (one instanceof List<?> a && other instanceof List<?> b) {
            return a.size() == b.size() && sameElements(a.iterator(), b.iterator());
        }
        if (one instanceof Map<?, ?> a && other instanceof Map<?, ?> b) {
            return sameEntries(a, b);
        }
        if (one instanceof ListValue mine && other instanceof ListValue its) {
            return isComparable(mine, its) && sameElements(mine.iterator(), its.iterator());
        }
        return one instanceof MapValue mine
                && other instanceof MapValue its
                && isComparable(mine, its)
                && sameEntries(mine, its);
    }

    private static boolean isComparable(Container one, Container other) {
        return one.size() == other.size() && one.size() <= Equality.SHALLOW_MAX;
    }

    private static boolean sameElements(Iterator<?> one, Iterator<?> other) {
        while (one.hasNext()) {
            if (!same(one.next(), other.next())) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameEntries(Map<?, ?> one, Map<?, ?> other) {
        if (one.size() != other.size()) {
            return false;
        }
        for (Map.Entry<?, ?> entry : one.entrySet()) {
            Object its = other.get(entry.getKey());
            if (!same(entry.getValue(), its) || (its == null && !other.containsKey(entry.getKey()))) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameEntries(MapValue one, MapValue other) {
        boolean[] same = {true};
        one.forEach((key, value) -> same[0] = same[0] && same(value, other.get(key)));
        return same[0];
    }

    /** The keys of a map as they were read. */
    record Keys(List<String> names) {}
}
