package io.gaesup.state.core.codec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CodecContractTest {

    @Test
    void isKeptHere() {
        String report = CodecContract.run();
        assertThat(report.lines().filter(line -> line.startsWith("FAILED"))).isEmpty();
        assertThat(report).endsWith("75 ok, 0 failed\n");
    }
}
