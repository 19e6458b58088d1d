package io.gaesup.state.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * CRC32C over the columns of a row, each with its length or at a fixed width, so that no two rows share their bytes.
 *
 * <p>Threads: one. Every method begins a new sum.
 */
final class Checksum {
    private static final int ROOM = 8 * 8;

    private final CRC32C crc = new CRC32C();
    private final ByteBuffer numbers = ByteBuffer.allocate(ROOM);

    long store(long id, String name, long incarnation, long created) {
        begin('s').putLong(id).putLong(incarnation).putLong(created);
        return end(name);
    }

    long client(long incarnation, long id, String name, long sequence, long seen) {
        begin('c').putLong(incarnation).putLong(id).putLong(sequence).putLong(seen);
        return end(name);
    }

    long batch(long incarnation, long revision, String client, long sequence, long at, byte[] payload) {
        begin('b').putLong(incarnation).putLong(revision).putLong(sequence).putLong(at);
        return end(client, payload);
    }

    long rejection(
            long incarnation, long revision, String client, long sequence, long at, String code, String message) {
        begin('r').putLong(incarnation).putLong(revision).putLong(sequence).putLong(at);
        return end(client, code.getBytes(UTF_8), message.getBytes(UTF_8));
    }

    long checkpoint(long incarnation, long revision, long at, byte[] payload) {
        begin('p').putLong(incarnation).putLong(revision).putLong(at);
        return end("", payload);
    }

    private ByteBuffer begin(char kind) {
        crc.reset();
        return numbers.clear().putChar(kind);
    }

    private long end(String name, byte[]... parts) {
        byte[] bytes = name.getBytes(UTF_8);
        numbers.putInt(bytes.length);
        for (byte[] part : parts) {
            numbers.putInt(part.length);
        }
        crc.update(numbers.flip());
        crc.update(bytes);
        for (byte[] part : parts) {
            crc.update(part);
        }
        return crc.getValue();
    }
}
