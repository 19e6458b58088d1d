package io.gaesup.state.core.codec;

import static io.gaesup.state.core.codec.Lz4.DISTANCE_MAX;
import static io.gaesup.state.core.codec.Lz4.MATCH_MIN;
import static io.gaesup.state.core.codec.Lz4.NIBBLE_MAX;

/** Writes one LZ4 block, greedily: the first match found is taken. */
final class Lz4Compressor {

    /* A table remembers where each hash of four bytes was met last, and the four bytes themselves, so that a candidate is
     * judged without a look into the input. The longer nothing is found the larger the steps become, so that what does not
     * compress passes quickly (as the reference implementation does). */

    /** The last bytes of a block are literals, so that a reader may copy eight at a time. */
    private static final int LAST_LITERALS = 5;

    /** No match begins closer to the end. */
    private static final int MATCH_START_MARGIN = 12;

    /** After so many misses, as a power of two, the step grows by one. */
    private static final int SKIP_BITS = 6;

    private static final int TABLE_BITS_MIN = 6;
    private static final int TABLE_BITS_MAX = 13;

    private static final int GOLDEN = 0x9e37_79b1;

    private final byte[] from;
    private final int start;
    private final int end;
    private final byte[] to;
    private final int toStart;
    private int out;

    Lz4Compressor(byte[] from, int offset, int length, byte[] to, int toOffset) {
        this.from = from;
        this.start = offset;
        this.end = offset + length;
        this.to = to;
        this.toStart = toOffset;
        this.out = toOffset;
    }

    /** The length of the block. */
    int compress() {
        int literals = end - start > MATCH_START_MARGIN ? sequences() : start;
        literals(literals, end, 0);
        return out - toStart;
    }

    /** Writes all sequences that have a match and returns where the last literals begin. */
    private int sequences() {
        int bits = tableBits(end - start);
        int shift = Integer.SIZE - bits;
        int[] places = new int[1 << bits]; // one more than the distance from the start; 0 is empty
        int[] words = new int[1 << bits];
        byte[] in = from;
        int base = start - 1;
        int startMax = end - MATCH_START_MARGIN;
        int anchor = start;
        int at = start;
        int word = word(in, at);
        int misses = 1 << SKIP_BITS;
        while (true) {
            int slot = word * GOLDEN >>> shift;
            int place = places[slot];
            boolean found = words[slot] == word && place != 0 && at - base - place <= DISTANCE_MAX;
            places[slot] = at - base;
            words[slot] = word;
            if (!found) {
                int step = misses++ >> SKIP_BITS;
                at += step;
                if (at > startMax) {
                    return anchor;
                }
                word = step == 1 ? word >>> 8 | in[at + 3] << 24 : word(in, at);
                continue;
            }
            int match = base + place;
            int distance = at - match;
            int matchEnd = matchEnd(at + MATCH_MIN, distance);
            while (at > anchor && at - distance > start && in[at - 1] == in[at - 1 - distance]) {
                at--;
            }
            literals(anchor, at, Math.min(matchEnd - at - MATCH_MIN, NIBBLE_MAX));
            match(distance, matchEnd - at - MATCH_MIN);
            anchor = matchEnd;
            at = matchEnd;
            misses = 1 << SKIP_BITS;
            if (at > startMax) {
                return anchor;
            }
            int before = word(in, at - 2);
            int beforeSlot = before * GOLDEN >>> shift;
            places[beforeSlot] = at - 2 - base;
            words[beforeSlot] = before;
            word = word(in, at);
        }
    }

    private static int tableBits(int length) {
        int needed = Integer.SIZE - Integer.numberOfLeadingZeros(length);
        return Math.clamp(needed, TABLE_BITS_MIN, TABLE_BITS_MAX);
    }

    private static int word(byte[] in, int at) {
        return in[at] & 0xff | (in[at + 1] & 0xff) << 8 | (in[at + 2] & 0xff) << 16 | in[at + 3] << 24;
    }

    /** Where the bytes from {@code from} on stop being those {@code distance} before. */
    private int matchEnd(int from, int distance) {
        byte[] in = this.from;
        int max = end - LAST_LITERALS;
        int at = from;
        while (at < max && in[at] == in[at - distance]) {
            at++;
        }
        return at;
    }

    /** Writes a token that says {@code match} and the bytes between {@code first} and {@code last}. */
    private void literals(int first, int last, int match) {
        int length = last - first;
        to[out++] = (byte) (Math.min(length, NIBBLE_MAX) << 4 | match);
        if (length >= NIBBLE_MAX) {
            moreLength(length - NIBBLE_MAX);
        }
        System.arraycopy(from, first, to, out, length);
        out += length;
    }

    private void match(int distance, int lengthBeyondMin) {
        to[out++] = (byte) distance;
        to[out++] = (byte) (distance >> 8);
        if (lengthBeyondMin >= NIBBLE_MAX) {
            moreLength(lengthBeyondMin - NIBBLE_MAX);
        }
    }

    private void moreLength(int length) {
        int rest = length;
        while (rest >= 255) {
            to[out++] = (byte) 255;
            rest -= 255;
        }
        to[out++] = (byte) rest;
    }
}
