package io.gaesup.state.browser;

import org.jspecify.annotations.Nullable;
import org.teavm.interop.Export;

/** The WasmGC build: raw exports, without the wrappers that TeaVM would build from strings. */
final class WasmEntry {
    private static @Nullable Bridge bridge;

    private WasmEntry() {}

    /** TeaVM asks for one; the loader calls {@link #start} instead. */
    public static void main(String[] arguments) {}

    /** The lanes begin at {@code base} of the linear memory and have {@code capacity} bytes. */
    @Export(name = "start")
    static void start(int base, int capacity) {
        bridge = new Bridge(new WasmLanes(base, capacity));
    }

    @Export(name = "call")
    static int call(int function, int a, int b, int c) {
        return bridge == null ? Bridge.BROKEN : bridge.call(function, a, b, c);
    }
}
