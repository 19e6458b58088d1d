package io.gaesup.state.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExtensionTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0, 4",
        "4294967295, 0, 4",
        "4294967296, 0, 8",
        "0, 1, 8",
        "17179869183, 999999999, 8",
        "17179869184, 0, 12",
        "-1, 0, 12",
        "9223372036854775807, 999999999, 12",
        "-9223372036854775808, 1, 12"
    })
    void aTimestampTakesTheShortestForm(long seconds, int nanos, int bytes) {
        Extension timestamp = Extension.timestamp(seconds, nanos);
        assertThat(timestamp.isTimestamp()).isTrue();
        assertThat(timestamp.type()).isEqualTo(Extension.TIMESTAMP);
        assertThat(timestamp.length()).isEqualTo(bytes);
        assertThat(timestamp.seconds()).isEqualTo(seconds);
        assertThat(timestamp.nanos()).isEqualTo(nanos);
        assertThat(Extension.of(-1, timestamp.toBytes())).isEqualTo(timestamp);
    }

    @Test
    void equalTimesAreEqualValuesWhateverTheirForm() {
        Extension longer = Extension.of(-1, new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9});
        assertThat(longer).isEqualTo(Extension.timestamp(9, 0)).hasSameHashCodeAs(Extension.timestamp(9, 0));
        assertThat(longer.length()).isEqualTo(4);
    }

    @Test
    void comparesByTypeAndBytes() {
        Extension extension = Extension.of(7, new byte[] {1, 2});
        assertThat(extension).isEqualTo(Extension.of(7, new byte[] {1, 2}));
        assertThat(extension).isNotEqualTo(Extension.of(8, new byte[] {1, 2}));
        assertThat(extension).isNotEqualTo(Extension.of(7, new byte[] {1, 3}));
        assertThat((Value) extension).isNotEqualTo(Value.of(new byte[] {1, 2}));
        assertThat(extension.kind()).isEqualTo("extension");
        assertThat(extension).hasToString("extension(7, 2 bytes)");
    }

    @Test
    void keepsItsBytesFromItsCallers() {
        byte[] bytes = {1, 2};
        Extension extension = Extension.of(7, bytes);
        bytes[0] = 9;
        extension.toBytes()[1] = 9;
        assertThat(extension.toBytes()).containsExactly(1, 2);
        assertThat(extension.at(1)).isEqualTo((byte) 2);
    }

    @Test
    void refusesWhatIsNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> Extension.of(128, new byte[0]));
        assertThatIllegalArgumentException().isThrownBy(() -> Extension.of(-129, new byte[0]));
        assertThatThrownBy(() -> Extension.of(-1, new byte[5]))
                .isInstanceOf(StateException.class)
                .hasMessage("MALFORMED: a timestamp has 4, 8 or 12 bytes, this one has 5");
        assertThatThrownBy(() -> Extension.timestamp(0, 1_000_000_000)).isInstanceOf(StateException.class);
        assertThatThrownBy(() -> Extension.timestamp(0, -1)).isInstanceOf(StateException.class);
        assertThatThrownBy(() -> Extension.of(0, new byte[4]).seconds())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("an extension of type 0 is no timestamp, that is -1");
    }
}
