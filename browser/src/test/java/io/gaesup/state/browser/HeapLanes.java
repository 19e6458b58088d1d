package io.gaesup.state.browser;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Lanes on the Java heap, for the JVM. */
final class HeapLanes implements Lanes {
    private final int capacityMax;
    private ByteBuffer memory;

    HeapLanes(int capacity, int capacityMax) {
        this.capacityMax = capacityMax;
        this.memory = ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public int capacity() {
        return memory.capacity();
    }

    @Override
    public boolean grow(int bytes) {
        if (bytes > capacityMax) {
            return false;
        }
        ByteBuffer grown = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        grown.put(0, memory, 0, memory.capacity());
        memory = grown;
        return true;
    }

    @Override
    public int intAt(int offset) {
        return memory.getInt(offset);
    }

    @Override
    public void putInt(int offset, int value) {
        memory.putInt(offset, value);
    }

    @Override
    public double doubleAt(int offset) {
        return memory.getDouble(offset);
    }

    @Override
    public void putDouble(int offset, double value) {
        memory.putDouble(offset, value);
    }

    @Override
    public byte[] bytesAt(int offset, int length) {
        byte[] bytes = new byte[length];
        memory.get(offset, bytes);
        return bytes;
    }

    @Override
    public void putBytes(int offset, byte[] source, int from, int length) {
        memory.put(offset, source, from, length);
    }
}
