package io.gaesup.state.core.encoded;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class EncodedContractTest {

    @Test
    void isKeptHere() {
        String report = EncodedContract.run();
        assertThat(report.lines().filter(line -> line.startsWith("FAILED"))).isEmpty();
        assertThat(report).endsWith("22 ok, 0 failed\n");
    }
}
