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

    /** As many segments have their mark (see {@link #isPosition}) in {@link #positions}. */
    private static final int MARKED_FIRST = Long.SIZE;

    /** A position may have no text yet: see {@link #segment}. */
    private final @Nullable String[] segments;

    /* Per segment its index, then per segment where its key was found last: an inline cache, so that walking a kept path
     * over maps of the same shape compares no strings. Racy on purpose: a slot is used only if the shape has the very key
     * there. One array for both, because whoever walks a path out of many waits for memory, not for the processor. Behind them, in paths of more than MARKED_FIRST segments, the marks of the
     * others, 32 in each. */
    private final int[] indexesAndSlots;

    /** Bit d: segment d, of the first 64, is known to be a position in a list. Not part of equality. */
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
        String[] parts = segments.toArray(new String[0]);
        return new Path(parts, indexes(parts), 0);
    }

    /**
     * As {@link #ofSegments}, with what is known of the document it was applied to: bit d of {@code positions} says that
     * segment d is a position in a list, and bit d % 64 of {@code deeper[d / 64 - 1]} says it of those from 64 on. The array
     * of segments is taken over, not copied.
     */
    public static Path ofResolved(String[] segments, long positions, long[] deeper) {
        if (segments.length == 0) {
            return ROOT;
        }
        int[] indexes = indexes(segments);
        for (int i = MARKED_FIRST; i < segments.length; i++) {
            if ((deeper[i / Long.SIZE - 1] >>> i & 1) != 0) {
                markDeeper(indexes, segments.length, i);
            }
        }
        return new Path(segments, indexes, positions);
    }

    private static int[] indexes(String[] segments) {
        if (segments.length > Limits.DEPTH_MAX) {
            throw new StateException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "a path has at most " + Limits.DEPTH_MAX + " segments, this one has " + segments.length);
        }
        int[] indexes = new int[lengthFor(segments.length)];
        for (int i = 0; i < segments.length; i++) {
            indexes[i] = index(segments[i]);
        }
        return indexes;
    }

    /** The path of the first {@code depth} segments; the text of a position is null, and its mark is set. */
    static Path ofParts(@Nullable String[] segments, int[] indexes, int depth, long positions) {
        if (depth == 0) {
            return ROOT;
        }
        int[] copy = ofIndexes(indexes, 0, depth, depth);
        for (int i = MARKED_FIRST; i < depth; i++) {
            if (segments[i] == null) {
                markDeeper(copy, depth, i);
            }
        }
        return new Path(Arrays.copyOf(segments, depth), copy, positions & lowBits(depth));
    }

    /** As many of {@code indexes} from {@code from} on as are {@code known}, in an array for {@code depth} segments. */
    private static int[] ofIndexes(int[] indexes, int from, int known, int depth) {
        int[] copy = new int[lengthFor(depth)];
        System.arraycopy(indexes, from, copy, 0, known);
        return copy;
    }

    private static int lengthFor(int depth) {
        return depth <= MARKED_FIRST ? 2 * depth : 2 * depth + (depth - MARKED_FIRST + Integer.SIZE - 1) / Integer.SIZE;
    }

    /** Marks segment {@code at}, not one of the first, in the {@code indexes} of a path of {@code depth} segments. */
    private static void markDeeper(int[] indexes, int depth, int at) {
        indexes[2 * depth + (at - MARKED_FIRST) / Integer.SIZE] |= 1 << at;
    }

    /** Marks in {@code indexes}, of a path of {@code depth} segments, those that are marked here, each {@code by} deeper. */
    private void copyDeeper(int from, int to, int by, int[] indexes, int depth) {
        for (int i = Math.max(from, MARKED_FIRST - by); i < to; i++) {
            if (isPosition(i)) {
                markDeeper(indexes, depth, i + by);
            }
        }
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
        copyDeeper(0, depth, 0, longerIndexes, depth + 2);
        if (depth >= MARKED_FIRST) {
            markDeeper(longerIndexes, depth + 2, depth);
        }
        return new Path(longer, longerIndexes, mark(positions, depth));
    }

    /** A position has no text. */
    private Path extend(@Nullable String segment, int index, long marks) {
        int depth = segments.length;
        if (depth >= Limits.DEPTH_MAX) {
            throw new StateException(ErrorCode.LIMIT_EXCEEDED, "a path has at most " + Limits.DEPTH_MAX + " segments");
        }
        @Nullable String[] longer = Arrays.copyOf(segments, depth + 1);
        int[] longerIndexes = ofIndexes(indexesAndSlots, 0, depth, depth + 1);
        longer[depth] = segment;
        longerIndexes[depth] = index;
        copyDeeper(0, depth, 0, longerIndexes, depth + 1);
        if (segment == null && depth >= MARKED_FIRST) {
            markDeeper(longerIndexes, depth + 1, depth);
        }
        return new Path(longer, longerIndexes, marks);
    }

    /** The path one level up. */
    public Path parent() {
        return prefix(segments.length - 1);
    }

    /** The first {@code depth} segments of this path. */
    Path prefix(int depth) {
        if (depth == segments.length || depth == 0) {
            return depth == 0 ? ROOT : this;
        }
        int[] indexes = ofIndexes(indexesAndSlots, 0, depth, depth);
        copyDeeper(0, depth, 0, indexes, depth);
        return new Path(Arrays.copyOf(segments, depth), indexes, positions & lowBits(depth));
    }

    /** This path with segment {@code at} pointing to the list position {@code index}, or to the end. */
    Path withIndex(int at, int index) {
        @Nullable String[] changed = segments.clone();
        int[] changedIndexes = indexesAndSlots.clone();
        changed[at] = index == END ? "-" : null;
        changedIndexes[at] = index;
        if (at >= MARKED_FIRST) {
            markDeeper(changedIndexes, segments.length, at);
        }
        return new Path(changed, changedIndexes, mark(positions, at));
    }

    /** What is left of this path below its first {@code depth} segments. */
    Path below(int depth) {
        int length = segments.length;
        if (depth == length) {
            return ROOT;
        }
        int[] indexes = ofIndexes(indexesAndSlots, depth, length - depth, length - depth);
        copyDeeper(depth, length, -depth, indexes, length - depth);
        long marks = depth >= MARKED_FIRST ? 0 : positions >>> depth;
        for (int i = Math.max(depth, MARKED_FIRST); i < length; i++) {
            marks = isPosition(i) ? mark(marks, i - depth) : marks;
        }
        return new Path(Arrays.copyOfRange(segments, depth, length), indexes, marks);
    }

    /** This path with its first {@code depth} segments replaced by {@code front}. */
    Path rebased(int depth, Path front) {
        int start = front.segments.length;
        String[] joined = new String[start + segments.length - depth];
        for (int i = 0; i < joined.length; i++) {
            joined[i] = i < start ? front.segment(i) : segment(depth + i - start);
        }
        int[] indexes = indexes(joined);
        front.copyDeeper(0, start, 0, indexes, joined.length);
        copyDeeper(depth, segments.length, start - depth, indexes, joined.length);
        long marks = front.positions & lowBits(start);
        for (int i = depth; i < segments.length; i++) {
            marks = isPosition(i) ? mark(marks, start + i - depth) : marks;
        }
        return new Path(joined, indexes, marks);
    }

    /** This path with those segments marked as positions that meet a list in {@code root}. */
    Path resolvedIn(Value root) {
        long marks = 0;
        int depth = segments.length;
        int[] indexes = depth <= MARKED_FIRST ? indexesAndSlots : ofIndexes(indexesAndSlots, 0, depth, depth);
        Value at = root;
        for (int i = 0; i < depth && at instanceof Container container; i++) {
            if (container instanceof ListValue) {
                marks = mark(marks, i);
                if (i >= MARKED_FIRST) {
                    markDeeper(indexes, depth, i);
                }
            }
            Value next = container.child(this, i);
            if (next == null) {
                break;
            }
            at = next;
        }
        if (marks == positions && hasDeeper(indexes)) {
            return this;
        }
        return new Path(segments, indexes == indexesAndSlots ? indexes.clone() : indexes, marks);
    }

    /** Whether {@code indexes}, for as many segments as there are here, have the same marks. */
    private boolean hasDeeper(int[] indexes) {
        for (int i = 2 * segments.length; i < indexes.length; i++) {
            if (indexes[i] != indexesAndSlots[i]) {
                return false;
            }
        }
        return true;
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
        return at < MARKED_FIRST
                ? (positions >>> at & 1) != 0
                : (indexesAndSlots[2 * segments.length + (at - MARKED_FIRST) / Integer.SIZE] >>> at & 1) != 0;
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
        return at < MARKED_FIRST ? marks | 1L << at : marks;
    }

    static long unmark(long marks, int at) {
        return at < MARKED_FIRST ? marks & ~(1L << at) : marks;
    }

    private static long lowBits(int count) {
        return count >= MARKED_FIRST ? -1L : (1L << count) - 1;
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
