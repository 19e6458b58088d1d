package io.gaesup.state.bench.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FramesTest {

    private static DataInputStream stream(byte... bytes) {
        return new DataInputStream(new ByteArrayInputStream(bytes));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 65_535, 65_536, 100_000})
    void lengthsAreWrittenInTheShortestForm(int length) {
        var payload = new byte[length];
        Arrays.fill(payload, (byte) 7);

        var frame = Frames.of(Frames.BINARY, payload);

        int header = length < 126 ? 2 : length < 65_536 ? 4 : 10;
        assertThat(frame).hasSize(header + 4 + length);
        assertThat(frame[0]).isEqualTo((byte) 0x82);
        assertThat(frame[1] & 0x80).as("masked").isEqualTo(0x80);
        assertThat(Arrays.copyOfRange(frame, header, header + 4)).as("zero key").containsOnly(0);
        assertThat(Arrays.copyOfRange(frame, header + 4, frame.length)).isEqualTo(payload);
    }

    @Test
    void readsFramesOfAServer() throws IOException {
        var in = stream((byte) 0x81, (byte) 2, (byte) 'h', (byte) 'i', (byte) 0x89, (byte) 0);

        assertThat(Frames.read(in).payload()).containsExactly('h', 'i');
        assertThat(Frames.read(in).opcode()).isEqualTo(Frames.PING);
    }

    @Test
    void frameThatEndsTooEarlyIsRefused() {
        assertThatThrownBy(() -> Frames.read(stream((byte) 0x82, (byte) 3, (byte) 1)))
                .isInstanceOf(EOFException.class)
                .hasMessageContaining("1 of 3");
    }

    @Test
    void frameInPartsIsRefused() {
        assertThatThrownBy(() -> Frames.read(stream((byte) 0x02, (byte) 0)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("whole unmasked frame");
    }
}
