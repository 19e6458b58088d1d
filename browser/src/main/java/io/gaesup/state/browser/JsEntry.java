package io.gaesup.state.browser;

import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSExport;

/** The JavaScript build: the same two functions as exports of an ES module. */
public final class JsEntry {
    private static @Nullable Bridge bridge;

    private JsEntry() {}

    /** Makes the memory both sides look at and hands it to {@code moved}, now and whenever it has to grow. */
    @JSExport
    public static void start(int capacity, int capacityMax, JsLanes.Moved moved) {
        bridge = new Bridge(new JsLanes(capacity, capacityMax, moved));
    }

    @JSExport
    public static int call(int function, int a, int b, int c) {
        return bridge == null ? Bridge.BROKEN : bridge.call(function, a, b, c);
    }
}
