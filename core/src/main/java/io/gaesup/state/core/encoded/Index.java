package io.gaesup.state.core.encoded;

import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.StateException;

/**
 * An index being read, of which only the blocks are loaded that a lookup needs. What it says is checked as far as it is
 * looked at: counts with the bytes there are, places with the container they belong to. Threads: one.
 */
final class Index {

    static final int LIST = 0;
    static final int MAP = 1;

    static final int DIRECTORY_AT = 4;
    static final int DIRECTORY_ENTRY_BYTES = 8;
    static final int SIZE_AT = 1;
    static final int COUNT_AT = 5;
    static final int GROUPS_AT = 13;
    static final int GROUP_COUNT_AT = 9;
    static final int GROUP_BYTES = 8;
    static final int WIDTHS_AT = 9;
    static final int FIELDS_AT = 10;
    static final int HASH_BYTES = 4;
    static final int NONE = -1;

    /** An index is built no longer than so many times its payload. */
    static final int BYTES_PER_PAYLOAD_BYTE_MAX = 2;

    /** How far around the place where a hash should be it is looked for first. */
    private static final int NEAR = 16;

    private final Window window;
    private final int size;
    private final int nodes;

    private int count;
    private int elements;
    private int fieldsAt;
    private int offsetBytes;
    private int sizeBytes;

    Index(Region region) {
        this.window = new Window(region);
        this.size = region.size();
        this.nodes = size == 0 ? 0 : window.int32(0);
        if (nodes < 0 || nodes > (size - DIRECTORY_AT) / DIRECTORY_ENTRY_BYTES) {
            throw wrong(0, Integer.toUnsignedString(nodes) + " nodes are more than fit in its " + size + " bytes");
        }
    }

    /** The index in {@code region}, all of which is loaded now instead of block by block again and again. */
    static Index loaded(Region region) {
        Index index = new Index(region);
        index.window.cover(0, region.size());
        return index;
    }

    /** The node of the container at {@code offset} of the payload, or {@link #NONE}. */
    int nodeOf(int offset) {
        int low = 0;
        int high = nodes - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int at = DIRECTORY_AT + middle * DIRECTORY_ENTRY_BYTES;
            int container = window.int32(at);
            if (container == offset) {
                int node = window.int32(at + 4);
                if (node < DIRECTORY_AT + nodes * DIRECTORY_ENTRY_BYTES || node > size - FIELDS_AT) {
                    throw wrong(at + 4, "a node at " + Integer.toUnsignedString(node) + " is outside of the index");
                }
                return node;
            }
            if (container < offset) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return NONE;
    }

    /** How many bytes the container at {@code offset} has, if it is indexed; otherwise 0. */
    int sizeOf(int offset) {
        int node = nodeOf(offset);
        return node == NONE ? 0 : window.int32(node + SIZE_AT);
    }

    /** Looks at the node of the container from {@code from} to {@code to}, and says whether that is a map. */
    boolean openMap(int node, int from, int to) {
        int kind = window.uint8(node);
        if (kind > MAP) {
            throw wrong(node, "a node is of kind 0 or 1, not " + kind);
        }
        int containerSize = window.int32(node + SIZE_AT);
        if (containerSize != to - from) {
            throw wrong(
                    node,
                    "its container has " + Integer.toUnsignedString(containerSize) + " bytes, but stands from byte "
                            + from + " to " + to);
        }
        count = window.int32(node + COUNT_AT);
        if (kind == LIST) {
            elements = count;
            count = window.int32(node + GROUP_COUNT_AT);
            fieldsAt = node + GROUPS_AT;
            checkCount(node, GROUP_BYTES);
            if (count < 1) {
                throw wrong(node, "a list that is indexed has groups, this one none");
            }
            return false;
        }
        int widths = window.uint8(node + WIDTHS_AT);
        offsetBytes = widths >> 4;
        sizeBytes = widths & 0x0f;
        if (offsetBytes < 1 || offsetBytes > 4 || sizeBytes < 1 || sizeBytes > 4) {
            throw wrong(node, "numbers have 1 to 4 bytes, not " + offsetBytes + " and " + sizeBytes);
        }
        fieldsAt = node + FIELDS_AT;
        checkCount(node, fieldBytes());
        return true;
    }

    private void checkCount(int node, int each) {
        if (count < 0 || count > (size - fieldsAt) / each) {
            throw wrong(node, Integer.toUnsignedString(count) + " entries are more than fit in the index");
        }
    }

    /** How many groups the list that was opened has. */
    int groups() {
        return count;
    }

    /** How many elements the list that was opened has. */
    int elements() {
        return elements;
    }

    /** The number of the first element of group {@code group}; how many there are after the last. */
    int element(int group) {
        return group == count ? elements : window.int32(fieldsAt + group * GROUP_BYTES);
    }

    /** Where group {@code group} of the list from {@code from} to {@code to} begins; {@code to} after the last. */
    int groupAt(int group, int from, int to) {
        if (group == count) {
            return to;
        }
        int at = fieldsAt + group * GROUP_BYTES + 4;
        int offset = window.int32(at);
        if (offset <= from || offset >= to) {
            throw outside(at, offset, offset, from, to);
        }
        return offset;
    }

    /** The last group of the list whose first element is not after {@code element}; the first if there is none. */
    int groupOf(int element) {
        int low = 0;
        int high = count - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (element(middle) <= element) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return Math.max(0, high);
    }

    /** The first field of the map that was opened whose hash is not below {@code hash}; their count if none is. */
    int fieldFrom(int hash) {
        // Hashes are spread evenly, so the place is close to where a ruler would put it.
        int guess = (int) ((hash >>> 1) * (1.0 / (1L << 31)) * count);
        int step = NEAR;
        int low = Math.max(0, guess - step);
        while (low > 0 && !isBelow(low, hash)) {
            step *= 2;
            low = Math.max(0, low - step);
        }
        step = NEAR;
        int high = Math.min(count, guess + step);
        while (high < count && isBelow(high, hash)) {
            step *= 2;
            high = (int) Math.min(count, (long) high + step);
        }
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (isBelow(middle, hash)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private boolean isBelow(int field, int hash) {
        return Integer.compareUnsigned(hash(field), hash) < 0;
    }

    boolean hasField(int field, int hash) {
        return field < count && hash(field) == hash;
    }

    private int hash(int field) {
        return window.int32(fieldsAt + field * fieldBytes());
    }

    /** Where the field's name stands in the payload, for a map from {@code from} to {@code to}. */
    int fieldAt(int field, int from, int to) {
        int at = fieldsAt + field * fieldBytes() + HASH_BYTES;
        int offset = window.int32(at, offsetBytes);
        int length = window.int32(at + offsetBytes, sizeBytes);
        if (offset <= 0 || length <= 0 || offset >= to - from || length > to - from - offset) {
            throw outside(at, from + offset, from + offset + length, from, to);
        }
        return from + offset;
    }

    /** How many bytes name and value of the field have. */
    int fieldSize(int field) {
        return window.int32(fieldsAt + field * fieldBytes() + HASH_BYTES + offsetBytes, sizeBytes);
    }

    private int fieldBytes() {
        return HASH_BYTES + offsetBytes + sizeBytes;
    }

    private StateException outside(int at, int start, int end, int from, int to) {
        return wrong(
                at,
                "bytes " + Integer.toUnsignedString(start) + " to " + Integer.toUnsignedString(end)
                        + " are outside of their container, which has " + from + " to " + to);
    }

    static StateException wrong(int at, String reason) {
        return new StateException(ErrorCode.MALFORMED, "at byte " + at + " of the index: " + reason);
    }
}
