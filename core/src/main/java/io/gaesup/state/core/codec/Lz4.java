package io.gaesup.state.core.codec;

import io.gaesup.state.core.StateException;

/**
 * LZ4 blocks: the raw form without frame and without sizes, which every LZ4 library reads and writes. The same input
 * has the same block on every target.
 *
 * <p>Threads: any; nothing is shared.
 */
public final class Lz4 {

    /* LZ4 (Collet, 2011): a block is a row of sequences, each some bytes as they are (literals) and a match, so many bytes
     * from so far back. Grammar: https://github.com/lz4/lz4/blob/dev/doc/lz4_Block_format.md */

    static final int MATCH_MIN = 4;
    static final int DISTANCE_MAX = 0xffff;

    /** What four bits of a token hold; the length goes on in further bytes if it is this one. */
    static final int NIBBLE_MAX = 15;

    private static final int LENGTH_MAX = 0x7e00_0000;

    private Lz4() {}

    /**
     * How long the block of {@code length} bytes is at most.
     *
     * @throws IllegalArgumentException for a negative length, and beyond 2,113,929,216, which no block holds
     */
    public static int compressedLengthMax(int length) {
        if (length < 0 || length > LENGTH_MAX) {
            throw new IllegalArgumentException("a block holds 0 to " + LENGTH_MAX + " bytes, not " + length);
        }
        return length + length / 255 + 16;
    }

    /**
     * Writes {@code length} bytes of {@code from} as a block to {@code to} and returns how many bytes it has.
     *
     * <p>Cost: O(length), and a table of up to 64 KiB for this call, smaller for few bytes.
     *
     * @throws IllegalArgumentException if {@code to} has less than {@link #compressedLengthMax} bytes left, or {@code
     *     from} less than {@code length}
     */
    public static int compress(byte[] from, int offset, int length, byte[] to, int toOffset) {
        ByteReader.checkRange(from, offset, length);
        ByteReader.checkRange(to, toOffset, compressedLengthMax(length));
        return new Lz4Compressor(from, offset, length, to, toOffset).compress();
    }

    /**
     * Reads the block that {@code length} bytes of {@code from} are into exactly {@code exactLength} bytes of {@code
     * to}. No byte outside of either range is read or written, and the time is bounded by their lengths, whatever the
     * block says.
     *
     * @throws StateException with code {@code MALFORMED}, the offset in the block and the reason, if these bytes are no
     *     block of that many bytes; the range in {@code to} is undefined then
     * @throws IllegalArgumentException if a range is not within its array
     */
    public static void decompress(byte[] from, int offset, int length, byte[] to, int toOffset, int exactLength) {
        ByteReader.checkRange(from, offset, length);
        ByteReader.checkRange(to, toOffset, exactLength);
        new Lz4Decompressor(from, offset, length, to, toOffset, exactLength).decompress();
    }
}
