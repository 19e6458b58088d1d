package io.gaesup.state.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class StoreContractTest {

    @Test
    void theLocalStoreKeepsIt() {
        check(initial -> LocalStore.create("contract", initial));
    }

    @Test
    void theModelKeepsIt() {
        check(initial -> ModelStore.create("contract", initial));
    }

    @Test
    void aReplicaKeepsIt() {
        check(initial -> ServedReplica.create("contract", initial));
    }

    @Test
    void aHistoryKeepsIt() {
        check(initial -> History.of(LocalStore.create("contract", initial)));
    }

    private static void check(ContractCases.Stores stores) {
        String report = ContractCases.run(stores);
        assertThat(report.lines().filter(line -> line.startsWith("FAILED"))).isEmpty();
        assertThat(report).endsWith(" ok, 0 failed\n").hasLineCount((int)
                report.lines().count());
        assertThat(report.lines().count()).isGreaterThan(200);
    }
}
