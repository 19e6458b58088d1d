package io.gaesup.state.core.encoded;

/**
 * The part of a region that is looked at, of which only the blocks are loaded that are needed. Threads: one.
 */
final class Window {

    private final Region region;
    private byte[] bytes = {};
    private int from;
    private int to;

    Window(Region region) {
        this.region = region;
    }

    Region region() {
        return region;
    }

    /** The bytes that are loaded; the first of them is byte {@link #base()} of the region. */
    byte[] bytes() {
        return bytes;
    }

    int base() {
        return from;
    }

    /** Up to where in the region bytes are loaded. */
    int end() {
        return to;
    }

    /**
     * Loads the blocks that have the bytes from {@code start} to before {@code end}, unless they are loaded already.
     *
     * @throws io.gaesup.state.core.StateException with code {@code MALFORMED} beyond the region
     */
    void cover(int start, int end) {
        if (start < 0 || start > end || end > region.size()) {
            throw region.outside(start, end);
        }
        if (start >= from && end <= to || start == end) {
            return;
        }
        int blockBytes = region.blockBytes();
        int first = start / blockBytes;
        int last = (end - 1) / blockBytes;
        int newFrom = first * blockBytes;
        int newTo = last * blockBytes + region.length(last);
        byte[] loaded = new byte[newTo - newFrom];
        region.load(first, last + 1, loaded, 0);
        bytes = loaded;
        from = newFrom;
        to = newTo;
    }

    int uint8(int at) {
        cover(at, at + 1);
        return bytes[at - from] & 0xff;
    }

    /** Four bytes, high byte first. */
    int int32(int at) {
        return int32(at, 4);
    }

    /** {@code width} bytes, one to four, high byte first. */
    int int32(int at, int width) {
        cover(at, at + width);
        int value = 0;
        for (int i = at - from; i < at - from + width; i++) {
            value = value << 8 | bytes[i] & 0xff;
        }
        return value;
    }
}
