package io.gaesup.state.core.codec;

import static io.gaesup.state.core.codec.Lz4.MATCH_MIN;
import static io.gaesup.state.core.codec.Lz4.NIBBLE_MAX;

import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.StateException;

/** Reads one LZ4 block that may be hostile: each length is compared with what is left before anything is copied. */
final class Lz4Decompressor {

    /* Most literals and matches are short. As long as both ends are far, those are copied as 8 or 16 bytes whatever they
     * have: what is too much is written over by what follows, inside the range that the caller gave. Copying a match from
     * less than 8 bytes back repeats what it has just written, and takes the exact way. */

    /** How many bytes must be left at either end for copies of round lengths. */
    private static final int MARGIN = 32;

    private static final int ROUND = 8;

    private final byte[] from;
    private final int start;
    private final int end;
    private final byte[] to;
    private final int toStart;
    private final int toEnd;

    private int in;
    private int out;

    Lz4Decompressor(byte[] from, int offset, int length, byte[] to, int toOffset, int exactLength) {
        this.from = from;
        this.start = offset;
        this.end = offset + length;
        this.to = to;
        this.toStart = toOffset;
        this.toEnd = toOffset + exactLength;
        this.in = offset;
        this.out = toOffset;
    }

    /** Keeps both positions in variables, a third faster than in fields; what is rare goes by way of the fields. */
    void decompress() {
        byte[] source = from;
        byte[] target = to;
        int inRoundMax = end - MARGIN;
        int outRoundMax = toEnd - MARGIN;
        int i = in;
        int o = out;
        while (true) {
            if (i >= end) {
                throw failure(i, "expected a token, but no bytes are left");
            }
            int token = source[i++] & 0xff;
            int literals = token >>> 4;
            if (literals < NIBBLE_MAX && i <= inRoundMax && o <= outRoundMax) {
                roundCopy(source, i, target, o, literals);
                i += literals;
                o += literals;
            } else {
                in = i;
                out = o;
                if (literals(literals)) {
                    return;
                }
                i = in;
                o = out;
            }
            int distance = source[i] & 0xff | (source[i + 1] & 0xff) << 8;
            if (distance == 0 || distance > o - toStart) {
                throw failure(i, "a match " + distance + " back, where " + (o - toStart) + " bytes are known");
            }
            i += 2;
            int length = token & NIBBLE_MAX;
            if (length < NIBBLE_MAX && distance >= ROUND && o <= outRoundMax) {
                int match = o - distance;
                roundCopy(target, match, target, o, length + MATCH_MIN);
                target[o + 16] = target[match + 16];
                target[o + 17] = target[match + 17];
                o += length + MATCH_MIN;
            } else {
                in = i;
                out = o;
                match(distance, length);
                i = in;
                o = out;
            }
        }
    }

    /** Copies 8 or 16 bytes: 16 if {@code length} is more than 8. */
    private static void roundCopy(byte[] source, int from, byte[] target, int to, int length) {
        for (int i = 0; i < ROUND; i++) {
            target[to + i] = source[from + i];
        }
        if (length > ROUND) {
            for (int i = ROUND; i < 2 * ROUND; i++) {
                target[to + i] = source[from + i];
            }
        }
    }

    /** Copies the literals after a token that says {@code nibble}; whether they were the last. */
    private boolean literals(int nibble) {
        int length = length(nibble);
        if (length > end - in) {
            throw failure(in, "expected " + length + " literals, but only " + (end - in) + " bytes are left");
        }
        if (length > toEnd - out) {
            throw failure(in, length + " literals, but only " + (toEnd - out) + " bytes are to come");
        }
        System.arraycopy(from, in, to, out, length);
        in += length;
        out += length;
        if (in == end) {
            if (out != toEnd) {
                throw failure(in, "the block ends " + (toEnd - out) + " bytes too early");
            }
            return true;
        }
        if (end - in < 2) {
            throw failure(in, "expected a distance of 2 bytes, but only 1 is left");
        }
        return false;
    }

    /** What a nibble and, if it is full, the bytes after it amount to: never more than what is still to be written. */
    private int length(int nibble) {
        int length = nibble;
        int more = nibble == NIBBLE_MAX ? 255 : 0;
        while (more == 255) {
            if (in >= end) {
                throw failure(in, "expected the rest of a length, but no bytes are left");
            }
            more = from[in++] & 0xff;
            if (more > toEnd - out - length) {
                long atLeast = (long) length + more;
                throw failure(
                        in, "a length of at least " + atLeast + ", but only " + (toEnd - out) + " bytes are to come");
            }
            length += more;
        }
        return length;
    }

    private void match(int distance, int nibble) {
        int length = length(nibble) + MATCH_MIN;
        if (length > toEnd - out) {
            throw failure(in, "a match of " + length + ", but only " + (toEnd - out) + " bytes are to come");
        }
        int known = distance;
        if (distance < ROUND) {
            known = Math.min(distance * ROUND, distance + length);
            for (int i = out; i < out - distance + known; i++) {
                to[i] = to[i - distance];
            }
        }
        repeat(out - distance, distance, known, distance + length);
        out += length;
    }

    /** Repeats the first {@code period} bytes from {@code begin} on, of which {@code known} are there, up to {@code all}. */
    private void repeat(int begin, int period, int known, int all) {
        int done = known;
        while (done < all) {
            int length = Math.min(done / period * period, all - done);
            System.arraycopy(to, begin, to, begin + done, length);
            done += length;
        }
    }

    private StateException failure(int at, String reason) {
        return new StateException(
                ErrorCode.MALFORMED, "at byte " + (at - start) + " of " + (end - start) + " (LZ4): " + reason);
    }
}
