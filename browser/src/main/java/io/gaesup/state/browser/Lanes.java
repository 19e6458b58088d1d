package io.gaesup.state.browser;

/**
 * The memory that the engine shares with JavaScript: bytes, ints and doubles by their offset.
 *
 * <p>Ints lie at multiples of 4 and doubles at multiples of 8, little-endian. Offsets are not checked; the callers,
 * all in this package, keep within {@link #capacity()}.
 */
interface Lanes {
    /** Bytes there are. */
    int capacity();

    /**
     * Grows to at least {@code bytes}, keeping what is there; JavaScript is told where the memory is now.
     *
     * @return whether there was room, {@code false} leaves everything as it was
     */
    boolean grow(int bytes);

    int intAt(int offset);

    void putInt(int offset, int value);

    double doubleAt(int offset);

    void putDouble(int offset, double value);

    /** A copy of {@code length} bytes. */
    byte[] bytesAt(int offset, int length);

    /** Copies {@code length} bytes of {@code source}, from {@code from} on. */
    void putBytes(int offset, byte[] source, int from, int length);
}
