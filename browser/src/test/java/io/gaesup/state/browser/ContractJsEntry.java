package io.gaesup.state.browser;

import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSExport;

/** {@link JsEntry} for the contract cases. */
public final class ContractJsEntry {
    private static @Nullable ContractRun run;

    private ContractJsEntry() {}

    @JSExport
    public static void start(int capacity, int capacityMax, JsLanes.Moved moved) {
        run = new ContractRun(new JsLanes(capacity, capacityMax, moved));
    }

    @JSExport
    public static int call(int function, int a, int b, int c) {
        return run == null ? Bridge.BROKEN : run.run();
    }
}
