package io.gaesup.state.core.encoded;

import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.StateException;
import io.gaesup.state.core.codec.ByteReader;

/**
 * What the head of a state says, checked against its length and the limits.
 *
 * @param starts where each block stands; one more for the end
 * @param compressed which blocks are compressed
 */
record Head(EncodedOptions options, int payloadBytes, int indexBytes, int[] starts, boolean[] compressed) {

    static final int VERSION = 1;
    static final int CHECKSUM_BYTES = 4;

    /** No LZ4 block holds more than so many times its own length: each further byte of a match's length adds 255. */
    static final int EXPANSION_MAX = 255;

    /** Magic, version, scale and two sizes at their longest. */
    private static final int FIXED_BYTES_MAX = 5 + 2 * 10;

    /** How long what is said of one block is at most, in its shortest form. */
    private static final int BLOCK_BYTES_MAX = 5;

    static int magic(char last) {
        return 'G' << 16 | 'S' << 8 | last;
    }

    int blockCount(int bytes) {
        return blocks(bytes, options.blockBytes());
    }

    private static int blocks(int bytes, int blockBytes) {
        return bytes / blockBytes + (bytes % blockBytes == 0 ? 0 : 1);
    }

    /**
     * Reads the head of {@code source}.
     *
     * @throws StateException with the offset: {@code UNSUPPORTED_VERSION}, {@code LIMIT_EXCEEDED} or {@code MALFORMED}
     */
    static Head read(ByteSource source, Platform platform, EncodedLimits limits) {
        int total = source.size();
        ByteReader start = reader(source, Math.min(total, FIXED_BYTES_MAX));
        checkMagic(start, 'E', "an encoded state");
        EncodedOptions options = EncodedOptions.ofScale(start.readByte());
        int payload = size(start, "a payload", limits.payloadBytesMax());
        int index = size(start, "an index", limits.indexBytesMax());
        if (payload == 0) {
            throw start.malformed("a payload is one value, and no value has 0 bytes");
        }
        int payloadBlocks = blocks(payload, options.blockBytes());
        int count = payloadBlocks + blocks(index, options.blockBytes());
        int tableAt = start.position();
        if (count > (total - tableAt) / (1 + CHECKSUM_BYTES)) {
            throw start.malformed(
                    count + " blocks announced, for which the " + (total - tableAt) + " bytes left are too few");
        }
        long upTo = tableAt + (long) BLOCK_BYTES_MAX * count + CHECKSUM_BYTES;
        ByteReader in = reader(source, (int) Math.min(total, upTo));
        in.skip(tableAt);
        int[] starts = new int[count + 1];
        boolean[] compressed = new boolean[count];
        for (int i = 0; i < count; i++) {
            boolean isIndex = i >= payloadBlocks;
            int within = isIndex ? i - payloadBlocks : i;
            int length = Math.min(options.blockBytes(), (isIndex ? index : payload) - within * options.blockBytes());
            readBlock(in, i, length, starts, compressed);
        }
        requireChecksum(in, source, platform);
        place(in, starts, total);
        return new Head(options, payload, index, starts, compressed);
    }

    private static void readBlock(ByteReader in, int i, int length, int[] starts, boolean[] compressed) {
        long said = in.readVarint();
        long stored = said >>> 1;
        compressed[i] = (said & 1) != 0;
        checkBlock(in, "block " + i, stored, compressed[i], length);
        // For now its length; place() makes it an offset.
        starts[i + 1] = (int) stored + CHECKSUM_BYTES;
    }

    /** Fails unless a block of {@code stored} bytes can hold {@code length} bytes. */
    static void checkBlock(ByteReader in, String what, long stored, boolean compressed, int length) {
        if (!compressed && stored != length) {
            throw in.malformed(what + " is not compressed and has " + stored + " bytes instead of " + length);
        }
        if (compressed && stored >= length) {
            throw in.malformed(what + " is compressed to " + stored + " bytes, though it holds only " + length);
        }
        if (compressed && length > stored * EXPANSION_MAX) {
            throw in.malformed(what + " of " + stored + " bytes cannot hold " + length);
        }
    }

    private static void place(ByteReader in, int[] starts, int total) {
        long next = in.position();
        starts[0] = (int) next;
        for (int i = 1; i < starts.length; i++) {
            next += starts[i];
            if (next > total) {
                throw in.malformed("block " + (i - 1) + " ends at byte " + next + ", the state at " + total);
            }
            starts[i] = (int) next;
        }
        if (next != total) {
            throw in.malformed("the blocks end at byte " + next + ", the state at " + total);
        }
    }

    static void checkMagic(ByteReader in, char last, String what) {
        int found = in.readByte() << 16 | in.readByte() << 8 | in.readByte();
        if (found != magic(last)) {
            throw in.malformed("0x" + Integer.toHexString(found) + " does not begin " + what + " (0x"
                    + Integer.toHexString(magic(last)) + ")");
        }
        int version = in.readByte();
        if (version != VERSION) {
            throw new StateException(
                    ErrorCode.UNSUPPORTED_VERSION,
                    "at byte 3: this is version " + version + " of " + what + "; known is version " + VERSION);
        }
    }

    static int size(ByteReader in, String what, int max) {
        long size = in.readVarint();
        if (size < 0 || size > max) {
            throw new StateException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "at byte " + in.position() + ": " + what + " has at most " + max + " bytes here, this one "
                            + Long.toUnsignedString(size));
        }
        return (int) size;
    }

    private static void requireChecksum(ByteReader in, ByteSource source, Platform platform) {
        byte[] bytes = new byte[in.position()];
        source.read(0, bytes, 0, bytes.length);
        int computed = platform.checksum(bytes, 0, bytes.length);
        int said = in.readInt();
        if (said != computed) {
            throw in.malformed(checksumMismatch("the head", said, computed));
        }
    }

    static String checksumMismatch(String what, int said, int computed) {
        return "the checksum of " + what + " is 0x" + Integer.toHexString(said) + ", but its bytes give 0x"
                + Integer.toHexString(computed);
    }

    private static ByteReader reader(ByteSource source, int length) {
        byte[] bytes = new byte[length];
        source.read(0, bytes, 0, length);
        return new ByteReader(bytes);
    }
}
