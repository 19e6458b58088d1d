package io.gaesup.state.core.encoded;

import java.util.function.IntConsumer;

/** The platform of plain loops. */
final class PortablePlatform implements Platform {

    @Override
    public int checksum(byte[] bytes, int from, int length) {
        return Crc32c.of(bytes, from, length);
    }

    @Override
    public int mismatch(byte[] a, int aFrom, byte[] b, int bFrom, int length) {
        return Comparison.mismatch(a, aFrom, b, bFrom, length);
    }

    @Override
    public boolean equal(byte[] a, int aFrom, byte[] b, int bFrom, int length) {
        return Comparison.mismatch(a, aFrom, b, bFrom, length) == length;
    }

    @Override
    public int workers() {
        return 1;
    }

    @Override
    public void forEach(int count, IntConsumer task) {
        for (int i = 0; i < count; i++) {
            task.accept(i);
        }
    }
}
