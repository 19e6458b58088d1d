package io.gaesup.state.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where in a store: a JSON Pointer (RFC 6901), parsed once. {@code ""} is the whole document, {@code /cart/items/3} the
 * fourth element of a list, {@code /cart/items/-} the place after the last.
 *
 * <p>Make paths once and keep them: parsing costs O(length), walking a kept path O(depth). Immutable, and comparable by
 * content. A segment of digits means a position where it meets a list and a key where it meets a map.
 */
public final class Path {

    /** The whole document. */
    public static final Path ROOT = new Path(new String[0], new int[0], 0);

    /** Index of a segment that cannot be a list position. */
    public static final int NO_INDEX = -1;

    /** Index of the segment "-": the place after the last element. */
    public static final int END = -2;

    /** Segments at this depth and below are not marked as list positions (see {@link #isPosition}). */
    private static final int MARKED_DEPTH_MAX = 64;

    /** A position may have no text yet: see {@link #segment}. */
    private final @Nullable String[] segments;

    /* Per segment its index, then per segment where its key was found last: an inline cache, so that walking a kept path
     * over maps of the same shape compares no strings. Racy on purpose: a slot is used only if the shape has the very key
     * there. One array for both, because whoever walks a path out of many waits for memory, not for the processor. */
    private final int[] indexesAndSlots;

    /** Bit d: segment d is known to be a position in a list. Not part of equality. */
    private final long positions;

    /** 0 until somebody asks. */
    private int hash;

    /** Which slot of a batch this path had last. Racy on purpose too: the batch checks that the slot is this path's. */
    private int batchSlot;

    private Path(@Nullable String[] segments, int[] indexesAndSlots, long positions) {
        this.segments = segments;
        this.indexesAndSlots = indexesAndSlots;
        this.positions = positions;
    }

    /**
     * The path of a JSON Pointer.
     *
     * @throws StateException with code {@code BAD_PATH} unless {@code pointer} is empty or starts with a slash, and
     *     each {@code ~} is followed by 0 or 1; {@code LIMIT_EXCEEDED} beyond {@link Limits#DEPTH_MAX} segments
     */
    public static Path of(String pointer) {
        if (pointer.isEmpty()) {
            return ROOT;
        }
        if (pointer.charAt(0) != '/') {
            throw new StateException(
                    ErrorCode.BAD_PATH, "a path is empty or starts with '/', but this is \"" + clip(pointer) + '"');
        }
        List<String> parts = new ArrayList<>();
        int start = 1;
        while (start <= pointer.length()) {
            int end = pointer.indexOf('/', start);
            if (end < 0) {
                end = pointer.length();
            }
            parts.add(unescape(pointer, start, end));
            start = end + 1;
        }
        return ofSegments(parts);
    }

    /**
     * The path of these unescaped segments.
     *
     * @throws StateException with code {@code LIMIT_EXCEEDED} beyond {@link Limits#DEPTH_MAX} segments
     */
    public static Path ofSegments(List<String> segments) {
        if (segments.isEmpty()) {
            return ROOT;
        }
        return make(segments.toArray(new String[0]), 0);
    }

    /**
     * As {@link #ofSegments}, with what is known of the document it was applied to: bit d of {@code positions} says that
     * segment d is a position in a list. The array is taken over, not copied.
     */
    public static Path ofResolved(String[] segments, long positions) {
        return segments.length == 0 ? ROOT : make(segments, positions);
    }

    private static Path make(String[] segments, long positions) {
        if (segments.length > Limits.DEPTH_MAX) {
            throw new StateException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "a path has at most " + Limits.DEPTH_MAX + " segments, this one has " + segments.length);
        }
        int[] indexes = new int[2 * segments.length];
        for (int i = 0; i < segments.length; i++) {
            indexes[i] = index(segments[i]);
        }
        return new Path(segments, indexes, positions);
    }

    /** The path of the first {@code depth} segments; a position's text may be null, its mark is set. */
    static Path ofParts(@Nullable String[] segments, int[] indexes, int depth, long positions) {
        return depth == 0
                ? ROOT
                : new Path(
                        Arrays.copyOf(segments, depth),
                        ofIndexes(indexes, 0, depth, depth),
                        positions & lowBits(depth));
    }

    /** As many of {@code indexes} from {@code from} on as are {@code known}, in an array for {@code depth} segments. */
    private static int[] ofIndexes(int[] indexes, int from, int known, int depth) {
        int[] copy = new int[2 * depth];
        System.arraycopy(indexes, from, copy, 0, known);
        return copy;
    }

    /** The path of the entry {@code key} below this one. */
    public Path child(String key) {
        return extend(key, index(key), positions);
    }

    /** The path of element {@code index} of the list at this path. */
    public Path child(int index) {
        if (index < 0) {
            throw new StateException(ErrorCode.BAD_PATH, "a list position is not negative, but this is " + index);
        }
        return extend(null, index, mark(positions, segments.length));
    }

    /** The path of the entry {@code key} in element {@code index} of the list at this path: a cell of a table. */
    public Path child(int index, String key) {
        int depth = segments.length;
        if (index < 0 || depth + 2 > Limits.DEPTH_MAX) {
            return child(index).child(key);
        }
        @Nullable String[] longer = Arrays.copyOf(segments, depth + 2);
        int[] longerIndexes = ofIndexes(indexesAndSlots, 0, depth, depth + 2);
        longer[depth + 1] = key;
        longerIndexes[depth] = index;
        longerIndexes[depth + 1] = index(key);
        return new Path(longer, longerIndexes, mark(positions, depth));
    }

    private Path extend(@Nullable String segment, int index, long marks) {
        int depth = segments.length;
        if (depth >= Limits.DEPTH_MAX) {
            throw new StateException(ErrorCode.LIMIT_EXCEEDED, "a path has at most " + Limits.DEPTH_MAX + " segments");
        }
        @Nullable String[] longer = Arrays.copyOf(segments, depth + 1);
        int[] longerIndexes = ofIndexes(indexesAndSlots, 0, depth, depth + 1);
        longer[depth] = segment;
        longerIndexes[depth] = index;
        return new Path(longer, longerIndexes, marks);
    }

    /** The path one level up. */
    public Path parent() {
        return prefix(segments.length - 1);
    }

    /** The first {@code depth} segments of this path. */
    Path prefix(int depth) {
        return depth == segments.length ? this : ofParts(segments, indexesAndSlots, depth, positions);
    }

    /** This path with segment {@code at} pointing to the list position {@code index}, or to the end. */
    Path withIndex(int at, int index) {
        @Nullable String[] changed = segments.clone();
        int[] changedIndexes = indexesAndSlots.clone();
        changed[at] = index == END ? "-" : null;
        changedIndexes[at] = index;
        return new Path(changed, changedIndexes, mark(positions, at));
    }

    /** What is left of this path below its first {@code depth} segments. */
    Path below(int depth) {
        int length = segments.length;
        return depth == length
                ? ROOT
                : new Path(
                        Arrays.copyOfRange(segments, depth, length),
                        ofIndexes(indexesAndSlots, depth, length - depth, length - depth),
                        depth >= MARKED_DEPTH_MAX ? 0 : positions >>> depth);
    }

    /** This path with its first {@code depth} segments replaced by {@code front}. */
    Path rebased(int depth, Path front) {
        String[] joined = new String[front.segments.length + segments.length - depth];
        for (int i = 0; i < joined.length; i++) {
            joined[i] = i < front.segments.length ? front.segment(i) : segment(depth + i - front.segments.length);
        }
        long marks = front.positions & lowBits(front.segments.length);
        for (int i = depth; i < segments.length; i++) {
            if (isPosition(i)) {
                marks = mark(marks, front.segments.length + i - depth);
            }
        }
        return make(joined, marks);
    }

    /** This path with those segments marked as positions that meet a list in {@code root}. */
    Path resolvedIn(Value root) {
        long marks = 0;
        Value at = root;
        for (int i = 0; i < segments.length && i < MARKED_DEPTH_MAX && at instanceof Container container; i++) {
            if (container instanceof ListValue) {
                marks |= 1L << i;
            }
            Value next = container.child(this, i);
            if (next == null) {
                break;
            }
            at = next;
        }
        return marks == positions ? this : new Path(segments, indexesAndSlots.clone(), marks);
    }

    /** How many segments there are. */
    public int depth() {
        return segments.length;
    }

    public boolean isRoot() {
        return segments.length == 0;
    }

    /** Segment {@code at}, unescaped. */
    public String segment(int at) {
        String segment = segments[at];
        if (segment == null) {
            segment = Integer.toString(indexesAndSlots[at]);
            segments[at] = segment;
        }
        return segment;
    }

    /** Segment {@code at} as a list position, {@link #END} or {@link #NO_INDEX}. */
    public int index(int at) {
        return indexesAndSlots[at];
    }

    /** Whether segment {@code at} is known to be a position in a list, from how it was made or where it was applied. */
    public boolean isPosition(int at) {
        return at < MARKED_DEPTH_MAX && (positions >>> at & 1) != 0;
    }

    int slotGuess(int at) {
        return indexesAndSlots[segments.length + at];
    }

    void guessSlot(int at, int slot) {
        indexesAndSlots[segments.length + at] = slot;
    }

    int batchSlot() {
        return batchSlot;
    }

    void batchSlot(int slot) {
        batchSlot = slot;
    }

    /** Whether this path is {@code other} or leads to it. */
    public boolean isPrefixOf(Path other) {
        if (segments.length > other.segments.length) {
            return false;
        }
        for (int i = segments.length - 1; i >= 0; i--) {
            if (!sameSegment(other, i)) {
                return false;
            }
        }
        return true;
    }

    private boolean sameSegment(Path other, int at) {
        // Canonical decimals are equal if their numbers are; END and NO_INDEX say nothing, or nothing certain.
        return index(at) >= 0 || other.index(at) >= 0
                ? index(at) == other.index(at)
                : segment(at).equals(other.segment(at));
    }

    /** The JSON Pointer text. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < segments.length; at++) {
            String segment = segment(at);
            text.append('/');
            for (int i = 0; i < segment.length(); i++) {
                char c = segment.charAt(i);
                if (c == '~') {
                    text.append("~0");
                } else if (c == '/') {
                    text.append("~1");
                } else {
                    text.append(c);
                }
            }
        }
        return text.toString();
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof Path that
                        && segments.length == that.segments.length
                        && hashCode() == that.hashCode()
                        && isPrefixOf(that));
    }

    @Override
    public int hashCode() {
        int known = hash;
        if (known == 0) {
            for (int i = 0; i < segments.length; i++) {
                known = 31 * known + (index(i) >= 0 ? index(i) : segment(i).hashCode());
            }
            hash = known;
        }
        return known;
    }

    static long mark(long marks, int at) {
        return at < MARKED_DEPTH_MAX ? marks | 1L << at : marks;
    }

    static long unmark(long marks, int at) {
        return at < MARKED_DEPTH_MAX ? marks & ~(1L << at) : marks;
    }

    private static long lowBits(int count) {
        return count >= MARKED_DEPTH_MAX ? -1L : (1L << count) - 1;
    }

    /** The canonical decimal in {@code segment} ("0", "17", never "017"), {@link #END} or {@link #NO_INDEX}. */
    static int index(String segment) {
        int length = segment.length();
        if (length == 1 && segment.charAt(0) == '-') {
            return END;
        }
        if (length == 0 || length > 9 || (length > 1 && segment.charAt(0) == '0')) {
            return NO_INDEX;
        }
        int value = 0;
        for (int i = 0; i < length; i++) {
            int digit = segment.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return NO_INDEX;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    private static String unescape(String pointer, int start, int end) {
        int tilde = pointer.indexOf('~', start);
        if (tilde < 0 || tilde >= end) {
            return pointer.substring(start, end);
        }
        StringBuilder text = new StringBuilder(end - start);
        for (int i = start; i < end; i++) {
            char c = pointer.charAt(i);
            if (c == '~') {
                char next = i + 1 < end ? pointer.charAt(++i) : ' ';
                if (next != '0' && next != '1') {
                    throw new StateException(
                            ErrorCode.BAD_PATH,
                            "'~' is written ~0 and '/' is written ~1, but this is \"" + clip(pointer)
                                    + "\" with a lone '~'");
                }
                c = next == '0' ? '~' : '/';
            }
            text.append(c);
        }
        return text.toString();
    }

    private static String clip(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }
}
