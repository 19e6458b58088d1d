package io.gaesup.state.core.jvm;

import io.gaesup.state.core.encoded.Platform;
import java.util.Arrays;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.function.IntConsumer;
import java.util.zip.CRC32C;

/**
 * The JVM as a platform: checksums and comparison by its intrinsics, and tasks on an executor's threads together with the
 * caller's.
 */
public final class JvmPlatform implements Platform {

    private static final JvmPlatform COMMON =
            new JvmPlatform(ForkJoinPool.commonPool(), Runtime.getRuntime().availableProcessors());

    private final Executor executor;
    private final int workers;

    private JvmPlatform(Executor executor, int workers) {
        this.executor = executor;
        this.workers = workers;
    }

    /** With the common fork-join pool, and as many workers as there are processors. */
    public static JvmPlatform common() {
        return COMMON;
    }

    /**
     * With the threads of {@code executor}.
     *
     * <p>An executor that is busy or refuses makes nothing fail and nobody wait: the caller does itself what nobody else
     * has begun.
     *
     * @param workers how many tasks run at the same time at most, the caller's included; 1: none but the caller's
     */
    public static JvmPlatform of(Executor executor, int workers) {
        if (workers < 1) {
            throw new IllegalArgumentException("there is at least the caller to work, not " + workers);
        }
        return new JvmPlatform(executor, workers);
    }

    @Override
    public int checksum(byte[] bytes, int from, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, from, length);
        return (int) checksum.getValue();
    }

    @Override
    public int mismatch(byte[] a, int aFrom, byte[] b, int bFrom, int length) {
        int at = Arrays.mismatch(a, aFrom, aFrom + length, b, bFrom, bFrom + length);
        return at < 0 ? length : at;
    }

    @Override
    public boolean equal(byte[] a, int aFrom, byte[] b, int bFrom, int length) {
        // Of whole arrays this is an instruction sequence of its own, a third faster up to some hundred bytes.
        if (length == a.length && length == b.length) {
            return Arrays.equals(a, b);
        }
        return Arrays.mismatch(a, aFrom, aFrom + length, b, bFrom, bFrom + length) < 0;
    }

    @Override
    public int workers() {
        return workers;
    }

    @Override
    public void forEach(int count, IntConsumer task) {
        new SharedWork(count, task).run(executor, Math.min(workers, count) - 1);
    }
}
