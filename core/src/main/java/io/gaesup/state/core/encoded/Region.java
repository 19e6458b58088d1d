package io.gaesup.state.core.encoded;

import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.StateException;
import io.gaesup.state.core.codec.Lz4;

/** A run of blocks of a state, and the bytes they hold: the payload's or the index's. Safe on any thread. */
final class Region {

    private final ByteSource source;
    private final Platform platform;
    private final Head head;
    private final String name;
    private final int firstBlock;
    private final int size;

    Region(ByteSource source, Platform platform, Head head, String name, int firstBlock, int size) {
        this.source = source;
        this.platform = platform;
        this.head = head;
        this.name = name;
        this.firstBlock = firstBlock;
        this.size = size;
    }

    /** How many bytes the blocks hold. */
    int size() {
        return size;
    }

    int blockBytes() {
        return head.options().blockBytes();
    }

    int blocks() {
        return head.blockCount(size);
    }

    /** How many bytes block {@code block} holds. */
    int length(int block) {
        return Math.min(blockBytes(), size - block * blockBytes());
    }

    /** All bytes. */
    byte[] all() {
        byte[] bytes = new byte[size];
        load(0, blocks(), bytes, 0);
        return bytes;
    }

    /** All bytes; those of blocks that {@code other}, which holds {@code bytes}, has too are copied from there. */
    byte[] all(Region other, byte[] bytes) {
        byte[] all = new byte[size];
        boolean comparable = blockBytes() == other.blockBytes();
        for (int block = 0; block < blocks(); block++) {
            int at = block * blockBytes();
            if (comparable && block < other.blocks() && sameBlock(block, other)) {
                System.arraycopy(bytes, at, all, at, length(block));
            } else {
                load(block, block + 1, all, at);
            }
        }
        return all;
    }

    /**
     * Puts what the blocks from {@code first} to before {@code end} hold into {@code target}, from {@code start} on.
     *
     * @throws StateException with code {@code MALFORMED} for a checksum that does not fit, or what is no block
     */
    void load(int first, int end, byte[] target, int start) {
        byte[] scratch = null;
        for (int block = first; block < end; block++) {
            int at = start + (block - first) * blockBytes();
            if (!head.compressed()[firstBlock + block]) {
                read(block, target, at);
                continue;
            }
            if (scratch == null) {
                scratch = new byte[blockBytes()];
            }
            load(block, scratch, target, at);
        }
    }

    /** Puts what one block holds at {@code at}; {@code scratch} has room for a block. */
    void load(int block, byte[] scratch, byte[] target, int at) {
        if (!head.compressed()[firstBlock + block]) {
            read(block, target, at);
            return;
        }
        int stored = read(block, scratch, 0);
        try {
            Lz4.decompress(scratch, 0, stored, target, at, length(block));
        } catch (StateException e) {
            throw new StateException(e.code(), where(block) + e.detail(), e);
        }
    }

    /** Whether both blocks are stored as the same bytes, so that they hold the same. */
    boolean sameBlock(int block, Region other) {
        int mine = firstBlock + block;
        int theirs = other.firstBlock + block;
        int length = head.starts()[mine + 1] - head.starts()[mine];
        if (length(block) != other.length(block)
                || head.compressed()[mine] != other.head.compressed()[theirs]
                || length != other.head.starts()[theirs + 1] - other.head.starts()[theirs]) {
            return false;
        }
        byte[] a = new byte[length];
        byte[] b = new byte[length];
        source.read(head.starts()[mine], a, 0, length);
        other.source.read(other.head.starts()[theirs], b, 0, length);
        return platform.equal(a, 0, b, 0, length);
    }

    /** Copies the stored bytes of a block to {@code target}, checks them and returns how many there are. */
    private int read(int block, byte[] target, int at) {
        int start = head.starts()[firstBlock + block];
        int stored = head.starts()[firstBlock + block + 1] - start - Head.CHECKSUM_BYTES;
        byte[] checksum = new byte[Head.CHECKSUM_BYTES];
        source.read(start, checksum, 0, checksum.length);
        source.read(start + Head.CHECKSUM_BYTES, target, at, stored);
        int said = checksum[0] << 24 | (checksum[1] & 0xff) << 16 | (checksum[2] & 0xff) << 8 | checksum[3] & 0xff;
        int computed = platform.checksum(target, at, stored);
        if (said != computed) {
            throw malformed(where(block) + Head.checksumMismatch("it", said, computed));
        }
        return stored;
    }

    StateException outside(int from, int to) {
        return malformed(
                "at byte " + from + " of the " + name + ": bytes up to " + to + " were asked for, but it has " + size);
    }

    private String where(int block) {
        return "in block " + block + " of the " + name + ", at byte " + head.starts()[firstBlock + block] + ": ";
    }

    private static StateException malformed(String reason) {
        return new StateException(ErrorCode.MALFORMED, reason);
    }
}
