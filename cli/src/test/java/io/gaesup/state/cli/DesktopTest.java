package io.gaesup.state.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class DesktopTest {
    @Test
    void nobodySitsAtABuildServer() {
        assertThat(Desktop.isThere(Map.of("CI", "true", "DISPLAY", ":0"))).isFalse();
    }

    @Test
    void aDisplayMeansThatSomebodyIsThere() {
        assertThat(Desktop.isThere(Map.of("DISPLAY", ":0"))).isTrue();
        assertThat(Desktop.isThere(Map.of("WAYLAND_DISPLAY", "wayland-0"))).isTrue();
    }
}
