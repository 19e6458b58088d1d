package io.gaesup.state.server;

import io.gaesup.state.core.codec.ByteWriter;
import io.gaesup.state.core.wire.FrameCodec;
import io.vertx.core.buffer.Buffer;

/**
 * The last batches of one store, encoded once for everybody: a ring bounded by count and by bytes.
 *
 * <p>Threads: the loop.
 */
final class DeltaLog {

    /** The longest message made of several batches; a reader far behind gets more than one. */
    static final int MESSAGE_BYTES_MAX = 256 * 1024;

    private static final int CAPACITY_MIN = 16;

    /** A message with the batches {@code from + 1} to {@code to}. */
    record Message(long from, long to, Buffer bytes) {}

    private final int number;
    private final int batchesMax;
    private final int bytesMax;
    private final ByteWriter head = new ByteWriter();
    private byte[][] ring = new byte[CAPACITY_MIN][];
    private long first;
    private long last;
    private long bytes;
    private Message newest;
    private Message older;

    /** An empty log of the store with this number, which stands at {@code revision}. */
    DeltaLog(int number, long revision, int batchesMax, int bytesMax) {
        this.number = number;
        this.batchesMax = batchesMax;
        this.bytesMax = bytesMax;
        this.first = revision + 1;
        this.last = revision;
        this.newest = new Message(-1, -1, Buffer.buffer());
        this.older = newest;
    }

    /** The newest revision. */
    long last() {
        return last;
    }

    /** Whether everything after {@code revision} is here, if only nothing. */
    boolean reaches(long revision) {
        return revision >= first - 1 && revision <= last;
    }

    /** Appends the batch that became the next revision; the oldest ones make room. */
    void append(byte[] batch) {
        while (first <= last && (last - first + 1 >= batchesMax || bytes + batch.length > bytesMax)) {
            int slot = slot(first++);
            bytes -= ring[slot].length;
            ring[slot] = NOTHING;
        }
        if (last - first + 1 == ring.length) {
            grow();
        }
        ring[slot(++last)] = batch;
        bytes += batch.length;
    }

    /**
     * What comes after {@code from}, as far as it fits in one message, of the bytes that all who wait for the same share.
     *
     * @param from a revision that the log reaches, older than the last
     */
    Message after(long from) {
        if (newest.from == from && newest.to == last) {
            return newest;
        }
        if (older.from == from && older.to == last) {
            return older;
        }
        Message made = make(from);
        if (made.to == last) {
            older = newest;
            newest = made;
        }
        return made;
    }

    private Message make(long from) {
        long to = from + 1;
        long size = ring[slot(to)].length;
        while (to < last && size + ring[slot(to + 1)].length <= MESSAGE_BYTES_MAX) {
            size += ring[slot(++to)].length;
        }
        head.reset();
        FrameCodec.writeDeltasHead(head, number, from + 1, (int) (to - from));
        Buffer message = Buffer.buffer((int) (head.size() + size)).appendBytes(head.toBytes());
        for (long revision = from + 1; revision <= to; revision++) {
            message.appendBytes(ring[slot(revision)]);
        }
        return new Message(from, to, message);
    }

    private void grow() {
        byte[][] larger = new byte[ring.length * 2][];
        for (long revision = first; revision <= last; revision++) {
            larger[(int) revision & larger.length - 1] = ring[slot(revision)];
        }
        ring = larger;
    }

    private int slot(long revision) {
        return (int) revision & ring.length - 1;
    }

    private static final byte[] NOTHING = {};
}
