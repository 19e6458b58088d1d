package io.gaesup.state.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Many paths at once: a JSON Pointer in which the segment {@code *} stands for any one key or position, and {@code **}
 * for any number of them, also none. {@code /rows/*}{@code /price} is the price of every row, {@code /**}{@code /price}
 * every price there is.
 *
 * <p>Only a whole segment is a wildcard; {@code /a*b} is the key {@code a*b}. The key {@code *} itself is written {@code
 * ~2}, as {@code ~0} and {@code ~1} stand for {@code ~} and {@code /}. Make patterns once and keep them. Immutable,
 * comparable by content.
 */
public final class PathPattern {

    /** Called for each value that was found. */
    @FunctionalInterface
    public interface Visitor {
        void found(Path path, Value value);
    }

    static final byte LITERAL = 0;
    static final byte ANY = 1;
    static final byte DEEP = 2;

    /** The segments; what stands at a wildcard's place has no meaning. */
    private final Path segments;

    private final byte[] kinds;

    private PathPattern(Path segments, byte[] kinds) {
        this.segments = segments;
        this.kinds = kinds;
    }

    /**
     * The pattern written as {@code pointer}.
     *
     * @throws StateException with code {@code BAD_PATH} unless it is empty or starts with a slash, and each {@code ~} is
     *     followed by 0, 1 or 2; {@code LIMIT_EXCEEDED} beyond {@link Limits#DEPTH_MAX} segments
     */
    public static PathPattern of(String pointer) {
        if (pointer.isEmpty()) {
            return of(Path.ROOT);
        }
        List<String> segments = new ArrayList<>();
        byte[] kinds = new byte[pointer.length()];
        int start = 1;
        while (start <= pointer.length()) {
            int slash = pointer.indexOf('/', start);
            int end = slash < 0 ? pointer.length() : slash;
            String segment = pointer.substring(start, end);
            int at = segments.size();
            byte kind = segment.equals("*") ? ANY : segment.equals("**") ? DEEP : LITERAL;
            // "any number" twice in a row says no more than once
            if (kind != DEEP || at == 0 || kinds[at - 1] != DEEP) {
                segments.add(segment);
                kinds[at] = kind;
            }
            start = end + 1;
        }
        return new PathPattern(parsed(pointer, segments), Arrays.copyOf(kinds, segments.size()));
    }

    /** The pattern that only {@code path} matches. */
    public static PathPattern of(Path path) {
        return new PathPattern(path, new byte[path.depth()]);
    }

    /** What {@code watcher} watches. */
    static PathPattern of(Watcher watcher) {
        byte[] kinds = watcher.kinds;
        return kinds == null ? of(watcher.path) : new PathPattern(watcher.path, kinds);
    }

    /** Has {@link Path} check and unescape everything but {@code ~2}, which it does not know. */
    private static Path parsed(String pointer, List<String> segments) {
        if (pointer.charAt(0) != '/') {
            return Path.of(pointer);
        }
        if (pointer.indexOf('~') < 0) {
            return Path.ofSegments(segments);
        }
        List<String> unescaped = new ArrayList<>(segments.size());
        for (String segment : segments) {
            StringBuilder text = new StringBuilder();
            int start = 0;
            for (int star = segment.indexOf("~2"); star >= 0; star = segment.indexOf("~2", start)) {
                text.append(unescaped(segment.substring(start, star))).append('*');
                start = star + 2;
            }
            unescaped.add(text.append(unescaped(segment.substring(start))).toString());
        }
        return Path.ofSegments(unescaped);
    }

    private static String unescaped(String segment) {
        return Path.of("/" + segment).segment(0);
    }

    /** How many segments there are, wildcards included. */
    public int depth() {
        return kinds.length;
    }

    /** Whether there is no wildcard, so that one path alone matches. */
    public boolean isLiteral() {
        return literalDepth() == kinds.length;
    }

    /** How many segments stand before the first wildcard. */
    int literalDepth() {
        int depth = 0;
        while (depth < kinds.length && kinds[depth] == LITERAL) {
            depth++;
        }
        return depth;
    }

    /** The segments, to be read beside {@link #kind}. */
    Path segments() {
        return segments;
    }

    byte kind(int at) {
        return kinds[at];
    }

    /** What each segment is; not to be changed. */
    byte[] kinds() {
        return kinds;
    }

    /** Whether {@code path} is one of those meant. Cost: O(depth of both multiplied) at worst. */
    public boolean matches(Path path) {
        // reached[k]: the first k segments of the pattern match what was read of the path
        boolean[] reached = new boolean[kinds.length + 1];
        reached[0] = true;
        passDeep(reached);
        for (int i = 0; i < path.depth(); i++) {
            reached = after(reached, path.segment(i));
        }
        return reached[kinds.length];
    }

    private boolean[] after(boolean[] reached, String segment) {
        boolean[] next = new boolean[kinds.length + 1];
        for (int k = 0; k < kinds.length; k++) {
            if (reached[k]) {
                switch (kinds[k]) {
                    case DEEP -> next[k] = true;
                    case ANY -> next[k + 1] = true;
                    default -> next[k + 1] |= segments.segment(k).equals(segment);
                }
            }
        }
        passDeep(next);
        return next;
    }

    /** Visits what matches in {@code document}, in its order. Cost: O(values that begin like a match). */
    void forEachIn(Value document, Visitor visitor) {
        boolean[] reached = new boolean[kinds.length + 1];
        reached[0] = true;
        passDeep(reached);
        visit(document, Path.ROOT, reached, visitor);
    }

    private void visit(Value value, Path path, boolean[] reached, Visitor visitor) {
        if (reached[kinds.length]) {
            visitor.found(path, value);
        }
        int only = soleLiteral(reached);
        if (only == kinds.length || !(value instanceof Container container)) {
            return;
        }
        if (only >= 0) {
            Value child = container.child(segments, only);
            if (child != null) {
                String key = segments.segment(only);
                Path below = container instanceof ListValue ? path.child(segments.index(only)) : path.child(key);
                visit(child, below, after(reached, key), visitor);
            }
        } else if (container instanceof ListValue list) {
            int index = 0;
            for (Value element : list) {
                visit(element, path.child(index), after(reached, Integer.toString(index)), visitor);
                index++;
            }
        } else {
            ((MapValue) container).forEach((key, entry) -> visit(entry, path.child(key), after(reached, key), visitor));
        }
    }

    /** The one segment that can follow; -1 if any can, the depth if none. */
    private int soleLiteral(boolean[] reached) {
        int only = kinds.length;
        for (int k = 0; k < kinds.length; k++) {
            if (reached[k]) {
                if (kinds[k] != LITERAL || only < kinds.length) {
                    return -1;
                }
                only = k;
            }
        }
        return only;
    }

    private void passDeep(boolean[] reached) {
        for (int k = 0; k < kinds.length; k++) {
            reached[k + 1] |= reached[k] && kinds[k] == DEEP;
        }
    }

    /** The pattern as {@link #of(String)} reads it. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < kinds.length; i++) {
            text.append('/');
            switch (kinds[i]) {
                case ANY -> text.append('*');
                case DEEP -> text.append("**");
                default -> appendEscaped(text, segments.segment(i));
            }
        }
        return text.toString();
    }

    private static void appendEscaped(StringBuilder text, String segment) {
        boolean looksWild = segment.equals("*") || segment.equals("**");
        for (int i = 0; i < segment.length(); i++) {
            char c = segment.charAt(i);
            if (c == '~') {
                text.append("~0");
            } else if (c == '/') {
                text.append("~1");
            } else if (c == '*' && looksWild) {
                text.append("~2");
            } else {
                text.append(c);
            }
        }
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof PathPattern that) || !Arrays.equals(kinds, that.kinds)) {
            return false;
        }
        for (int i = 0; i < kinds.length; i++) {
            if (kinds[i] == LITERAL && !segments.segment(i).equals(that.segments.segment(i))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        int hash = Arrays.hashCode(kinds);
        for (int i = 0; i < kinds.length; i++) {
            hash = hash * 31 + (kinds[i] == LITERAL ? segments.segment(i).hashCode() : 0);
        }
        return hash;
    }
}
