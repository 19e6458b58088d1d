package io.gaesup.state.core.codec;

import static io.gaesup.state.core.codec.Lz4.MATCH_MIN;
import static io.gaesup.state.core.codec.Lz4.NIBBLE_MAX;

import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.StateException;

/** Reads one LZ4 block that may be hostile: each length is compared with what is left before anything is copied. */
final class Lz4Decompressor {

    private final byte[] from;
    private final int start;
    private final int end;
    private final byte[] to;
    private final int toStart;
    private final int toEnd;

    /** Where the next byte is read. */
    private int in;

    /** Where the next byte is written. */
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

    void decompress() {
        while (true) {
            int token = next("a token");
            int literals = token >>> 4;
            if (literals == NIBBLE_MAX) {
                literals = longLength(literals);
            }
            literals(literals);
            if (in == end) {
                requireFull();
                return;
            }
            int distance = distance();
            int length = token & NIBBLE_MAX;
            if (length == NIBBLE_MAX) {
                length = longLength(length);
            }
            match(distance, length + MATCH_MIN);
        }
    }

    private int next(String what) {
        if (in >= end) {
            throw failure("expected " + what + ", but no bytes are left");
        }
        return from[in++] & 0xff;
    }

    /** A length that goes on in further bytes: never more than what is still to be written. */
    private int longLength(int first) {
        int length = first;
        int more;
        do {
            more = next("the rest of a length");
            if (more > toEnd - out - length) {
                throw failure("a length of at least " + ((long) length + more) + ", but only " + (toEnd - out)
                        + " bytes are to come");
            }
            length += more;
        } while (more == 255);
        return length;
    }

    private void literals(int length) {
        if (length > end - in) {
            throw failure("expected " + length + " literals, but only " + (end - in) + " bytes are left");
        }
        if (length > toEnd - out) {
            throw failure(length + " literals, but only " + (toEnd - out) + " bytes are to come");
        }
        System.arraycopy(from, in, to, out, length);
        in += length;
        out += length;
    }

    private int distance() {
        int distance = next("a distance") | next("the rest of a distance") << 8;
        if (distance == 0 || distance > out - toStart) {
            in -= 2;
            throw failure("a match " + distance + " back, where " + (out - toStart) + " bytes are known");
        }
        return distance;
    }

    private void match(int distance, int length) {
        if (length > toEnd - out) {
            throw failure("a match of " + length + ", but only " + (toEnd - out) + " bytes are to come");
        }
        byte[] target = to;
        int last = out + length;
        for (int i = out; i < last; i++) {
            target[i] = target[i - distance];
        }
        out = last;
    }

    private void requireFull() {
        if (out != toEnd) {
            throw failure("the block ends " + (toEnd - out) + " bytes too early");
        }
    }

    private StateException failure(String reason) {
        return new StateException(
                ErrorCode.MALFORMED, "at byte " + (in - start) + " of " + (end - start) + " (LZ4): " + reason);
    }
}
