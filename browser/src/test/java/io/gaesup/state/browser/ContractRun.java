package io.gaesup.state.browser;

import io.gaesup.state.core.ContractCases;
import io.gaesup.state.core.LocalStore;
import io.gaesup.state.core.Value;
import io.gaesup.state.core.codec.CodecContract;
import io.gaesup.state.core.encoded.EncodedContract;

/** The contract cases of {@code core}, behind the call that the loader expects of an engine. */
final class ContractRun {
    private final Output output;

    ContractRun(Lanes lanes) {
        this.output = new Output(lanes);
    }

    static String report() {
        return ContractCases.run(initial -> LocalStore.create("contract", initial))
                + CodecContract.run()
                + EncodedContract.run();
    }

    /** Leaves the report as one MessagePack value behind the number 1. */
    int run() {
        output.start();
        output.value(Value.of(report()));
        output.finish(1);
        return 0;
    }
}
