package io.gaesup.state.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What each operation does to a plain document. It changes the document in place, also when it then fails. */
final class ModelEdit {

    private final Path path;
    private final List<Touch> touched;

    private ModelEdit(Path path, List<Touch> touched) {
        this.path = path;
        this.touched = touched;
    }

    /** The root after {@code operation}; adds to {@code touched} what it touched. */
    static Object apply(Object root, Operation operation, List<Touch> touched) {
        ModelEdit edit = new ModelEdit(operation.path(), touched);
        return switch (operation) {
            case Operation.Set set -> edit.set(root, set.value());
            case Operation.Merge merge -> edit.merge(root, merge.value());
            case Operation.Increment increment -> edit.increment(root, increment.by());
            case Operation.Delete _ -> {
                edit.remove(root, Path.ROOT);
                yield root;
            }
            case Operation.Insert insert -> {
                edit.insert(root, insert.value());
                yield root;
            }
            case Operation.Move move -> {
                Object moved = new ModelEdit(move.from(), touched).remove(root, move.path());
                edit.put(root, moved);
                yield root;
            }
            case Operation.Test test -> {
                edit.test(root, test.value());
                yield root;
            }
        };
    }

    static @Nullable Object find(Object root, Path path) {
        try {
            return new ModelEdit(path, List.of()).at(root, path.depth());
        } catch (StateException e) {
            return null;
        }
    }

    private Object set(Object root, Value value) {
        touch(path.depth(), Touch.Extent.WHOLE);
        return change(root, _ -> Plain.of(fitting(value)));
    }

    private Object increment(Object root, Value.Number by) {
        touch(path.depth(), Touch.Extent.WHOLE);
        return change(root, old -> sum(old, by));
    }

    private Object merge(Object root, Value patch) {
        return change(root, old -> merged(segments(path.depth()), old, Plain.of(fitting(patch))));
    }

    private Object merged(List<String> at, @Nullable Object old, Object patch) {
        if (!(patch instanceof Map<?, ?> entries)) {
            touched.add(new Touch(at, Touch.Extent.WHOLE));
            return patch;
        }
        touched.add(new Touch(at, Touch.Extent.ALONE));
        if (old instanceof List) {
            touched.add(new Touch(below(at, "0"), Touch.Extent.FOLLOWING));
        }
        Map<String, Object> result = old instanceof Map ? map(old) : new LinkedHashMap<>();
        entries.forEach((key, value) -> {
            List<String> below = below(at, (String) key);
            if (value == Value.NULL) {
                touched.add(new Touch(below, Touch.Extent.WHOLE));
                result.remove(key);
            } else {
                result.put((String) key, merged(below, result.get(key), value));
            }
        });
        return result;
    }

    private static List<String> below(List<String> at, String segment) {
        List<String> below = new ArrayList<>(at);
        below.add(segment);
        return below;
    }

    /** Removes what is there, which is to go to {@code to}. */
    private Object remove(Object root, Path to) {
        Object parent = at(root, path.depth() - 1);
        Object removed = child(parent, path.depth() - 1);
        if (parent instanceof Map && to.depth() > path.depth() && path.isPrefixOf(to)) {
            throw failure(ErrorCode.BAD_PATH);
        }
        if (parent instanceof List) {
            list(parent).remove(index(last()));
            touch(path.depth(), Touch.Extent.FOLLOWING);
        } else {
            map(parent).remove(last());
            touch(path.depth(), Touch.Extent.WHOLE);
        }
        return removed;
    }

    private void insert(Object root, Value value) {
        Object parent = at(root, path.depth() - 1);
        if (!(parent instanceof List)) {
            throw failure(ErrorCode.WRONG_TYPE);
        }
        List<Object> list = list(parent);
        int index = last().equals("-") ? list.size() : index(last());
        if (index < 0 || index > list.size()) {
            throw failure(ErrorCode.INDEX_OUT_OF_RANGE);
        }
        list.add(index, Plain.of(fitting(value)));
        List<String> place = below(segments(path.depth() - 1), Integer.toString(index));
        touched.add(new Touch(place, Touch.Extent.FOLLOWING));
    }

    /** The second half of a move: into a list it inserts, anywhere else it sets. */
    private void put(Object root, Object moved) {
        Object parent = at(root, path.depth() - 1);
        if (parent instanceof List) {
            insert(root, Plain.value(moved));
        } else {
            set(root, Plain.value(moved));
        }
    }

    private void test(Object root, @Nullable Value expected) {
        Object found = find(root, path);
        if (found == null || (expected != null && !sameWorth(found, Plain.of(expected)))) {
            throw failure(ErrorCode.TEST_FAILED);
        }
    }

    private static boolean sameWorth(Object a, Object b) {
        if (a instanceof Value.Int i && b instanceof Value.Float f) {
            return f.value() == Math.rint(f.value())
                    && f.value() >= -0x1p63
                    && f.value() < 0x1p63
                    && (long) f.value() == i.value();
        }
        if (a instanceof Value.Float f && b instanceof Value.Float g) {
            return f.value() == g.value();
        }
        if (a instanceof Value.Float && b instanceof Value.Int) {
            return sameWorth(b, a);
        }
        if (a instanceof List<?> x && b instanceof List<?> y) {
            boolean same = x.size() == y.size();
            for (int i = 0; same && i < x.size(); i++) {
                same = sameWorth(x.get(i), y.get(i));
            }
            return same;
        }
        if (a instanceof Map<?, ?> x && b instanceof Map<?, ?> y) {
            boolean same = x.keySet().equals(y.keySet());
            for (Object key : x.keySet()) {
                same = same && sameWorth(x.get(key), y.get(key));
            }
            return same;
        }
        return a.equals(b);
    }

    /** Puts what {@code change} makes of the present value, or of null where a map has no such entry yet. */
    private Object change(Object root, UnaryOperator<@Nullable Object> change) {
        if (path.isRoot()) {
            return change.apply(root);
        }
        Object parent = at(root, path.depth() - 1);
        if (parent instanceof Map) {
            Map<String, Object> map = map(parent);
            Object changed = change.apply(map.get(last()));
            if (!map.containsKey(last())) {
                checkKey(last());
            }
            map.put(last(), changed);
        } else {
            Object old = child(parent, path.depth() - 1);
            list(parent).set(index(last()), change.apply(old));
        }
        return root;
    }

    /** What is at the first {@code depth} segments of the path. */
    private Object at(Object root, int depth) {
        Object at = root;
        for (int i = 0; i < depth; i++) {
            at = child(at, i);
        }
        return at;
    }

    private Object child(Object parent, int depth) {
        String segment = path.segment(depth);
        if (parent instanceof Map<?, ?> map) {
            Object child = map.get(segment);
            if (child == null) {
                throw failure(ErrorCode.NOT_FOUND);
            }
            return child;
        }
        if (parent instanceof List<?> list) {
            int index = index(segment);
            if (index < 0 || index >= list.size()) {
                throw failure(ErrorCode.INDEX_OUT_OF_RANGE);
            }
            return list.get(index);
        }
        throw failure(ErrorCode.WRONG_TYPE);
    }

    private Value sum(@Nullable Object old, Value.Number by) {
        if (old == null) {
            return by;
        }
        if (!(old instanceof Value.Number number)) {
            throw failure(ErrorCode.NOT_A_NUMBER);
        }
        if (number instanceof Value.Int a && by instanceof Value.Int b) {
            try {
                return Value.of(Math.addExact(a.value(), b.value()));
            } catch (ArithmeticException e) {
                throw failure(ErrorCode.OVERFLOW);
            }
        }
        double sum = number.doubleValue() + by.doubleValue();
        if (Double.isInfinite(sum)) {
            throw failure(ErrorCode.OVERFLOW);
        }
        return Value.of(sum);
    }

    private Value fitting(Value value) {
        if (path.depth() + Plain.depth(Plain.of(value)) > Limits.DEPTH_MAX) {
            throw failure(ErrorCode.LIMIT_EXCEEDED);
        }
        return value;
    }

    private void checkKey(String key) {
        int bytes = 0;
        for (int i = 0; i < key.length(); i++) {
            int c = key.codePointAt(i);
            if (c >= 0xD800 && c <= 0xDFFF) {
                throw failure(ErrorCode.MALFORMED);
            }
            bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
            i += c < 0x10000 ? 0 : 1;
        }
        if (bytes > Limits.KEY_BYTES_MAX) {
            throw failure(ErrorCode.LIMIT_EXCEEDED);
        }
    }

    /** A list position as RFC 6901 writes it, or -1. */
    static int index(String segment) {
        boolean digits = !segment.isEmpty() && segment.length() < 10;
        for (int i = 0; i < segment.length(); i++) {
            digits = digits && segment.charAt(i) >= '0' && segment.charAt(i) <= '9';
        }
        return digits && (segment.length() == 1 || segment.charAt(0) != '0') ? Integer.parseInt(segment) : -1;
    }

    private void touch(int depth, Touch.Extent extent) {
        touched.add(new Touch(segments(depth), extent));
    }

    private List<String> segments(int depth) {
        return segments(path, depth);
    }

    static List<String> segments(Path path, int depth) {
        List<String> segments = new ArrayList<>();
        for (int i = 0; i < depth; i++) {
            segments.add(path.segment(i));
        }
        return segments;
    }

    private String last() {
        return path.segment(path.depth() - 1);
    }

    private StateException failure(ErrorCode code) {
        return new StateException(code, "the model refuses it at " + path);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object plain) {
        return (Map<String, Object>) plain;
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(Object plain) {
        return (List<Object>) plain;
    }
}
