package io.gaesup.state.core.encoded;

import java.util.function.IntConsumer;

/**
 * What one platform does faster than code that runs everywhere. All implementations give the same results. Safe on any
 * thread.
 */
public interface Platform {

    /** Plain loops on the caller's thread: what a browser has. */
    Platform PORTABLE = new PortablePlatform();

    /** The CRC-32C (Castagnoli) of {@code length} bytes. */
    int checksum(byte[] bytes, int from, int length);

    /** How many bytes are equal before the first that differs; {@code length} if none does. */
    int mismatch(byte[] a, int aFrom, byte[] b, int bFrom, int length);

    /** Whether {@code length} bytes are equal. */
    boolean equal(byte[] a, int aFrom, byte[] b, int bFrom, int length);

    /** How many tasks run at the same time at most; 1 where there is one thread. */
    int workers();

    /**
     * Runs {@code task} for each number below {@code count}, in any order and on any thread, and returns when all are
     * done; what one of them throws is thrown here.
     */
    void forEach(int count, IntConsumer task);
}
