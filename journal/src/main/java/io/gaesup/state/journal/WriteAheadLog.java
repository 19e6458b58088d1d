package io.gaesup.state.journal;

import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.StateException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Tells a torn tail of SQLite's write-ahead log, which a crash may leave, from damage, which it may not. */
final class WriteAheadLog {
    /*
     * SQLite reads its log up to the first frame whose checksum does not hold and takes that for the end. After a
     * power failure this is right. After a flipped bit it silently drops every commit behind it, acknowledged
     * ones included. The difference shows in what follows: every commit is synced before the next transaction
     * begins (synchronous=FULL), so what was never synced belongs to one transaction and has one commit frame, its last.
     * Two commit frames at or behind the first bad frame prove that a completed sync came after it: damage.
     *
     * The checksum of a frame continues that of the frame before it, which is stored there; so frames behind
     * a bad one can still be checked. Frames of an earlier use of the file carry other salts and are not looked at.
     * A bad frame in the very last transaction cannot be told from a torn one; no log of one disk can do that.
     *
     * The journal empties the log whenever it opens, so that no frame of a transaction torn by an earlier crash stays.
     *
     * Format: https://www.sqlite.org/fileformat2.html#the_write_ahead_log. Cost: O(bytes), about 1 ms per MiB.
     */
    private static final int HEADER = 32;
    private static final int FRAME_HEADER = 24;
    private static final int MAGIC = 0x377f0682;

    private final Path file;
    private final ByteBuffer header;
    private final ByteBuffer frame;
    private final ByteOrder order;

    private WriteAheadLog(Path file, ByteBuffer header, int pageBytes) {
        this.file = file;
        this.header = header;
        order = (header.getInt(0) & 1) == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        frame = ByteBuffer.allocate(FRAME_HEADER + pageBytes);
    }

    /**
     * Checks the log, if there is one.
     *
     * @throws StateException {@code DATA_DAMAGED} naming the first frame that does not hold
     */
    static void check(Path file) throws IOException {
        if (!Files.exists(file) || Files.size(file) <= HEADER) {
            return; // the header is synced before the first frame: nothing has been committed here
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            var header = ByteBuffer.allocate(HEADER);
            readFully(channel, header, 0);
            int pageBytes = header.getInt(8);
            boolean plausible = (header.getInt(0) & ~1) == MAGIC
                    && pageBytes >= 512
                    && pageBytes <= 65_536
                    && Integer.bitCount(pageBytes) == 1;
            var log = new WriteAheadLog(file, header, plausible ? pageBytes : 512);
            if (!plausible || log.sum(header, 0, HEADER - 8, 0) != header.getLong(HEADER - 8)) {
                throw log.damaged("its header does not hold, and " + (channel.size() - HEADER) + " bytes follow");
            }
            log.scan(channel);
        }
    }

    private void scan(FileChannel channel) throws IOException {
        long frames = (channel.size() - HEADER) / frame.capacity();
        long bad = -1;
        int commits = 0;
        long stored = header.getLong(HEADER - 8);
        long computed = stored;
        for (long i = 0; i < frames; i++) {
            readFully(channel, frame, HEADER + i * frame.capacity());
            boolean salted = frame.getLong(8) == header.getLong(16);
            long found = frame.getLong(16);
            long sum = sumFrame(stored);
            // Of a bad frame either the checksum or the rest may still be true.
            boolean holds = salted && (sum == found || (computed != stored && sumFrame(computed) == found));
            if (bad < 0 && !holds) {
                bad = i;
                holds = salted;
            }
            boolean commit = holds && frame.getInt(4) != 0;
            if (bad >= 0 && commit && ++commits == 2) {
                throw damaged("frame " + bad + " of " + frames + " does not hold although frame " + i
                        + " was written after it had been synced");
            }
            stored = found;
            computed = sum;
        }
    }

    private long sumFrame(long seed) {
        return sum(frame, FRAME_HEADER, frame.capacity(), sum(frame, 0, 8, seed));
    }

    /** SQLite's checksum: two running sums over pairs of words, both in one long. */
    private long sum(ByteBuffer bytes, int from, int to, long seed) {
        int s0 = (int) (seed >>> 32);
        int s1 = (int) seed;
        bytes.order(order);
        for (int i = from; i < to; i += 8) {
            s0 += bytes.getInt(i) + s1;
            s1 += bytes.getInt(i + 4) + s0;
        }
        bytes.order(ByteOrder.BIG_ENDIAN);
        return ((long) s0 << 32) | (s1 & 0xffff_ffffL);
    }

    private StateException damaged(String what) {
        return new StateException(
                ErrorCode.DATA_DAMAGED,
                file + ": " + what + ". A crash does not do that; nothing was changed, restore a copy");
    }

    private static void readFully(FileChannel channel, ByteBuffer buffer, long position) throws IOException {
        buffer.clear();
        while (buffer.hasRemaining()) {
            int read = channel.read(buffer, position + buffer.position());
            if (read < 0) {
                throw new IOException("the log became shorter while it was read, at " + (position + buffer.position()));
            }
        }
        buffer.flip();
    }
}
