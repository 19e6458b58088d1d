package io.gaesup.state.browser;

import io.gaesup.state.core.Value;
import io.gaesup.state.core.codec.ByteReader;
import io.gaesup.state.core.codec.MessagePack;
import java.util.ArrayList;
import java.util.List;

/** What the TypeScript side does with a {@link Bridge}, as far as tests on the JVM need it. */
final class Page {
    static final int SET = 1;
    static final int ADD = 3;

    private static final int INT = 0x10;

    final Lanes lanes;
    final Bridge bridge;

    Page() {
        this(1 << 16);
    }

    Page(int capacityMax) {
        lanes = new HeapLanes(256, capacityMax);
        bridge = new Bridge(lanes);
    }

    int call(int function, int... numbers) {
        int result = bridge.call(
                function,
                numbers.length > 0 ? numbers[0] : 0,
                numbers.length > 1 ? numbers[1] : 0,
                numbers.length > 2 ? numbers[2] : 0);
        if (result < 0) {
            throw new AssertionError(result + " " + refusal());
        }
        return result;
    }

    /** The text a refused call has left. */
    String refusal() {
        return texts(1).getFirst();
    }

    List<String> texts(int count) {
        ByteReader in = new ByteReader(lanes.bytesAt(0, lanes.capacity()));
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add(((Value.Text) MessagePack.decode(in)).value());
        }
        return texts;
    }

    int put(int at, Value value) {
        byte[] bytes = MessagePack.encode(value);
        call(Bridge.ROOM, at + bytes.length);
        lanes.putBytes(at, bytes, 0, bytes.length);
        return bytes.length;
    }

    int open(String name, Value initial) {
        int nameBytes = put(0, Value.of(name));
        return call(Bridge.OPEN, nameBytes, nameBytes, put(nameBytes, initial));
    }

    int open(String name) {
        return call(Bridge.OPEN, put(0, Value.of(name)), 0, 0);
    }

    int path(int store, String path) {
        return call(Bridge.PATH, store, put(0, Value.of(path)));
    }

    /** Writes a command with an int in it and returns its length. */
    int intCommand(int at, int kind, int handle, long number) {
        lanes.putInt(at, kind | INT);
        lanes.putInt(at + 4, handle);
        lanes.putDouble(at + 8, number);
        return 16;
    }

    int setCommand(int at, int handle, Value value) {
        int length = put(at + 16, value);
        lanes.putInt(at, SET);
        lanes.putInt(at + 4, handle);
        lanes.putInt(at + 8, 0);
        lanes.putInt(at + 12, length);
        return 16 + (length + 7 & -8);
    }

    int add(int store, int handle, long by) {
        return call(Bridge.APPLY, store, intCommand(0, ADD, handle, by));
    }

    int set(int store, int handle, Value value) {
        return call(Bridge.APPLY, store, setCommand(0, handle, value));
    }

    List<Integer> fired(int count) {
        List<Integer> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(lanes.intAt(i * 4));
        }
        return ids;
    }

    /** The number a handle stands for. */
    double number(int handle) {
        assert call(Bridge.READ, handle) == 4;
        return lanes.doubleAt(0);
    }
}
