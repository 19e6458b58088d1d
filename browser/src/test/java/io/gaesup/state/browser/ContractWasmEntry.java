package io.gaesup.state.browser;

import org.teavm.interop.Export;

/** {@link WasmEntry} for the contract cases. */
final class ContractWasmEntry {
    private static ContractRun run = new ContractRun(new WasmLanes(0, 0));

    private ContractWasmEntry() {}

    public static void main(String[] arguments) {}

    @Export(name = "start")
    static void start(int base, int capacity) {
        run = new ContractRun(new WasmLanes(base, capacity));
    }

    @Export(name = "call")
    static int call(int function, int a, int b, int c) {
        return run.run();
    }
}
