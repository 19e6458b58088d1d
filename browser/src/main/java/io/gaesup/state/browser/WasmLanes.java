package io.gaesup.state.browser;

import org.teavm.interop.Address;
import org.teavm.interop.Import;

/**
 * Lanes in the linear memory of the WasmGC build.
 *
 * <p>The loader owns that memory and hands out the part above TeaVM's own. Fresh pages are zero, which TeaVM's direct
 * buffers are not, and an {@link Address} costs one load instruction.
 */
final class WasmLanes implements Lanes {
    private final int base;
    private int capacity;

    WasmLanes(int base, int capacity) {
        this.base = base;
        this.capacity = capacity;
    }

    @Override
    public int capacity() {
        return capacity;
    }

    @Override
    public boolean grow(int bytes) {
        int grown = growMemory(bytes);
        if (grown < 0) {
            return false;
        }
        capacity = grown;
        return true;
    }

    /** Asks the loader for a capacity of at least {@code bytes}; returns the new one, or -1. */
    @Import(module = "gaesup", name = "grow")
    private static native int growMemory(int bytes);

    @Override
    public int intAt(int offset) {
        return Address.fromInt(base + offset).getInt();
    }

    @Override
    public void putInt(int offset, int value) {
        Address.fromInt(base + offset).putInt(value);
    }

    @Override
    public double doubleAt(int offset) {
        return Address.fromInt(base + offset).getDouble();
    }

    @Override
    public void putDouble(int offset, double value) {
        Address.fromInt(base + offset).putDouble(value);
    }

    @Override
    public byte[] bytesAt(int offset, int length) {
        byte[] bytes = new byte[length];
        int from = base + offset;
        for (int i = 0; i < length; i++) {
            bytes[i] = Address.fromInt(from + i).getByte();
        }
        return bytes;
    }

    @Override
    public void putBytes(int offset, byte[] source, int from, int length) {
        int to = base + offset;
        for (int i = 0; i < length; i++) {
            Address.fromInt(to + i).putByte(source[from + i]);
        }
    }
}
