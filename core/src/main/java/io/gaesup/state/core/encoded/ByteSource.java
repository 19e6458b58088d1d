package io.gaesup.state.core.encoded;

/**
 * Where the bytes of an encoded state lie: an array, or memory outside of the heap. They must not change while somebody
 * reads them. Reading is safe on any thread and for several at once.
 */
public interface ByteSource {

    /** How many bytes there are. */
    int size();

    /** Copies {@code length} bytes from {@code from} on to {@code target}, from {@code at} on. */
    void read(int from, byte[] target, int at, int length);

    /** The bytes of an array, which is not copied. */
    static ByteSource of(byte[] bytes) {
        return new HeapSource(bytes);
    }
}
