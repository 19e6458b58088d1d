package io.gaesup.state.core.encoded;

/** An array as a source. */
final class HeapSource implements ByteSource {

    private final byte[] bytes;

    HeapSource(byte[] bytes) {
        this.bytes = bytes;
    }

    byte[] bytes() {
        return bytes;
    }

    @Override
    public int size() {
        return bytes.length;
    }

    @Override
    public void read(int from, byte[] target, int at, int length) {
        System.arraycopy(bytes, from, target, at, length);
    }
}
