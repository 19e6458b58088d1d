package io.gaesup.state.core.encoded;

import io.gaesup.state.core.codec.ByteWriter;
import io.gaesup.state.core.codec.Lz4;

/** Writes a payload with its index as blocks. */
final class StateWriter {

    private final Platform platform;
    private final int blockBytes;
    private final ByteWriter head = new ByteWriter("state", Integer.MAX_VALUE);
    private final ByteWriter blocks = new ByteWriter("state", Integer.MAX_VALUE);

    private StateWriter(Platform platform, int blockBytes) {
        this.platform = platform;
        this.blockBytes = blockBytes;
    }

    static byte[] write(byte[] payload, Platform platform, EncodedOptions options) {
        return write(payload, IndexBuilder.build(payload, options.grainBytes()), platform, options);
    }

    static byte[] write(byte[] payload, byte[] index, Platform platform, EncodedOptions options) {
        return new StateWriter(platform, options.blockBytes()).write(payload, index, options);
    }

    private byte[] write(byte[] payload, byte[] index, EncodedOptions options) {
        head.writeByte('G');
        head.writeByte('S');
        head.writeByte('E');
        head.writeByte(Head.VERSION);
        head.writeByte(options.scale());
        head.writeVarint(payload.length);
        head.writeVarint(index.length);
        byte[] room = new byte[Lz4.compressedLengthMax(blockBytes)];
        writeBlocks(payload, room);
        writeBlocks(index, room);
        byte[] headBytes = head.toBytes();
        head.writeInt(platform.checksum(headBytes, 0, headBytes.length));
        head.writeBytes(blocks.toBytes());
        return head.toBytes();
    }

    private void writeBlocks(byte[] bytes, byte[] room) {
        for (int at = 0; at < bytes.length; at += blockBytes) {
            writeBlock(platform, head, blocks, bytes, at, Math.min(blockBytes, bytes.length - at), room);
        }
    }

    /** Writes one block to {@code blocks}, compressed if that makes it shorter, and what is said of it to {@code head}. */
    static void writeBlock(
            Platform platform, ByteWriter head, ByteWriter blocks, byte[] bytes, int at, int length, byte[] room) {
        int compressed = Lz4.compress(bytes, at, length, room, 0);
        boolean pays = compressed < length;
        int stored = pays ? compressed : length;
        byte[] from = pays ? room : bytes;
        int start = pays ? 0 : at;
        head.writeVarint((long) stored << 1 | (pays ? 1 : 0));
        blocks.writeInt(platform.checksum(from, start, stored));
        blocks.writeBytes(from, start, stored);
    }
}
