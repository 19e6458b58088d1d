package io.gaesup.state.core;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Documents as plain collections: {@code LinkedHashMap}, {@code ArrayList}, and the engine's own scalars. */
final class Plain {

    private Plain() {}

    /** A deep copy of {@code value}, free of the engine's containers. */
    static Object of(Value value) {
        if (value instanceof MapValue map) {
            Map<String, Object> plain = new LinkedHashMap<>();
            map.forEach((key, entry) -> plain.put(key, of(entry)));
            return plain;
        }
        if (value instanceof ListValue list) {
            List<Object> plain = new ArrayList<>();
            for (Value element : list) {
                plain.add(of(element));
            }
            return plain;
        }
        return value;
    }

    static Value value(Object plain) {
        if (plain instanceof Map<?, ?> map) {
            MapValue.Builder builder = MapValue.builder();
            map.forEach((key, entry) -> builder.put((String) key, value(entry)));
            return builder.build();
        }
        if (plain instanceof List<?> list) {
            ListValue.Builder builder = ListValue.builder();
            for (Object element : list) {
                builder.add(value(element));
            }
            return builder.build();
        }
        return (Value) plain;
    }

    static Object copy(Object plain) {
        if (plain instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((key, entry) -> copy.put((String) key, copy(entry)));
            return copy;
        }
        if (plain instanceof List<?> list) {
            List<Object> copy = new ArrayList<>(list.size());
            for (Object element : list) {
                copy.add(copy(element));
            }
            return copy;
        }
        return plain;
    }

    /** Whether both are the same document, the order of keys included. */
    static boolean same(Object a, Object b) {
        if (a instanceof Map<?, ?> mapA && b instanceof Map<?, ?> mapB) {
            return mapA.size() == mapB.size()
                    && sameEach(mapA.keySet().iterator(), mapB.keySet().iterator())
                    && sameEach(mapA.values().iterator(), mapB.values().iterator());
        }
        if (a instanceof List<?> listA && b instanceof List<?> listB) {
            return listA.size() == listB.size() && sameEach(listA.iterator(), listB.iterator());
        }
        return a.equals(b);
    }

    private static boolean sameEach(Iterator<?> a, Iterator<?> b) {
        while (a.hasNext()) {
            if (!same(a.next(), b.next())) {
                return false;
            }
        }
        return true;
    }

    static int depth(Object plain) {
        int deepest = 0;
        if (plain instanceof Map<?, ?> map) {
            for (Object entry : map.values()) {
                deepest = Math.max(deepest, depth(entry));
            }
            return deepest + 1;
        }
        if (plain instanceof List<?> list) {
            for (Object element : list) {
                deepest = Math.max(deepest, depth(element));
            }
            return deepest + 1;
        }
        return 0;
    }
}
