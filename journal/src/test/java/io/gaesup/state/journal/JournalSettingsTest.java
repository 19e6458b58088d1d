package io.gaesup.state.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class JournalSettingsTest {
    private final JournalSettings defaults = JournalSettings.defaults();

    @Test
    void eachSettingCanBeChangedAlone() {
        var changed = defaults.withGroup(1, 2)
                .withQueue(3, 4)
                .withRecordBytesMax(5000)
                .withHistory(6, 7)
                .withClientForgetAfter(Duration.ofHours(8))
                .withCheckBytesMax(9);

        assertThat(changed).isEqualTo(new JournalSettings(1, 2, 3, 4, 5000, 6, 7, Duration.ofHours(8), 9));
    }

    @Test
    void aValueOutOfBoundsIsRefusedByNameWithTheBounds() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> defaults.withGroup(0, 1))
                .withMessage("journal setting group-entries-max: expected 1 to 65536, got 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> defaults.withRecordBytesMax(1))
                .withMessageContaining("record-bytes-max: expected 4096 to");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> defaults.withClientForgetAfter(Duration.ZERO))
                .withMessageContaining("client-forget-after");
    }
}
