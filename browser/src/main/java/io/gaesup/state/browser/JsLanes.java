package io.gaesup.state.browser;

import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;
import org.teavm.jso.typedarrays.ArrayBuffer;
import org.teavm.jso.typedarrays.Float64Array;
import org.teavm.jso.typedarrays.Int32Array;
import org.teavm.jso.typedarrays.Int8Array;

/** Lanes in one ArrayBuffer, for the JavaScript build: both sides look at the same bytes. */
final class JsLanes implements Lanes {
    /** Tells JavaScript where the memory is now. */
    @JSFunctor
    interface Moved extends JSObject {
        void to(Int8Array memory);
    }

    private final int capacityMax;
    private final Moved moved;
    private Int8Array bytes;
    private Int32Array ints;
    private Float64Array doubles;

    JsLanes(int capacity, int capacityMax, Moved moved) {
        this.capacityMax = capacityMax;
        this.moved = moved;
        ArrayBuffer buffer = new ArrayBuffer(capacity);
        bytes = new Int8Array(buffer);
        ints = new Int32Array(buffer);
        doubles = new Float64Array(buffer);
        moved.to(bytes);
    }

    @Override
    public int capacity() {
        return bytes.getLength();
    }

    @Override
    public boolean grow(int capacity) {
        if (capacity > capacityMax) {
            return false;
        }
        int doubled = Math.min(capacityMax, bytes.getLength() * 2);
        ArrayBuffer buffer = new ArrayBuffer((Math.max(capacity, doubled) + 7) & -8);
        Int8Array before = bytes;
        bytes = new Int8Array(buffer);
        bytes.set(before);
        ints = new Int32Array(buffer);
        doubles = new Float64Array(buffer);
        moved.to(bytes);
        return true;
    }

    @Override
    public int intAt(int offset) {
        return ints.get(offset >> 2);
    }

    @Override
    public void putInt(int offset, int value) {
        ints.set(offset >> 2, value);
    }

    @Override
    public double doubleAt(int offset) {
        return doubles.get(offset >> 3);
    }

    @Override
    public void putDouble(int offset, double value) {
        doubles.set(offset >> 3, value);
    }

    @Override
    public byte[] bytesAt(int offset, int length) {
        byte[] copy = new byte[length];
        Int8Array.fromJavaArray(copy).set(new Int8Array(bytes.getBuffer(), offset, length));
        return copy;
    }

    @Override
    public void putBytes(int offset, byte[] source, int from, int length) {
        Int8Array all = Int8Array.fromJavaArray(source);
        bytes.set(new Int8Array(all.getBuffer(), all.getByteOffset() + from, length), offset);
    }
}
