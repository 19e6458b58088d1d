package io.gaesup.state.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Paths that share a hash are told apart, and looked for in few places. */
final class OpenSlotsTest {

    private final Merging merging = new Merging();
    private final OpenSlots slots = new OpenSlots(merging);

    private int open(String path) {
        Path opened = Path.of(path);
        int slot = merging.slot(MergeSlots.SET, opened, Value.NULL);
        slots.open(opened, slot);
        merging.states[slot] = merging.batch << 1;
        return slot;
    }

    private int covering(String path) {
        return slots.covering(Path.of(path));
    }

    private static String colliding(int number) {
        return "/m/" + Keys.colliding(number);
    }

    @Test
    void pathsOfOneHashChangeTheTableForATrie() {
        for (int i = 0; i < OpenSlots.PROBES_MAX; i++) {
            assertThat(open(colliding(i))).isEqualTo(i);
        }
        assertThat(slots.isTrie()).isFalse();
        assertThat(covering(colliding(OpenSlots.PROBES_MAX))).isEqualTo(OpenSlots.NONE);
        for (int i = OpenSlots.PROBES_MAX; i < 4_096; i++) {
            assertThat(open(colliding(i))).isEqualTo(i);
            assertThat(slots.isTrie()).isTrue();
        }
        for (int i = 0; i < 4_096; i++) {
            assertThat(covering(colliding(i))).isEqualTo(i);
        }
        assertThat(covering("/m/AaAa")).isEqualTo(OpenSlots.NONE);
        assertThat(covering(colliding(7) + "/below")).isEqualTo(7);
    }

    @Test
    void aPathOpenedAgainIsNoOtherPath() {
        for (int i = 0; i < 1_000; i++) {
            open(colliding(i % OpenSlots.PROBES_MAX));
        }
        assertThat(slots.isTrie()).isFalse();
        assertThat(covering(colliding(3))).isEqualTo(899);
        assertThat(merging.isOpen(899)).isTrue();
        assertThat(merging.isOpen(899 - OpenSlots.PROBES_MAX)).isFalse();
    }

    @Test
    void theNextBatchBeginsWithATableAgain() {
        for (int i = 0; i < 200; i++) {
            open(colliding(i));
        }
        slots.clear();
        assertThat(covering(colliding(0))).isEqualTo(OpenSlots.NONE);
        open("/m/a");
        assertThat(slots.isTrie()).isFalse();
    }

    @Test
    void aTableThatGrowsKeepsAllThatShareAHash() {
        for (int i = 0; i < 100; i++) {
            open(colliding(i));
        }
        for (int i = 0; i < 5_000; i++) {
            open("/m/other" + i);
        }
        for (int i = 0; i < 100; i++) {
            assertThat(covering(colliding(i))).isEqualTo(i);
        }
        for (int i = 0; i < 5_000; i++) {
            assertThat(covering("/m/other" + i)).isEqualTo(100 + i);
        }
    }

    @Test
    void usualPathsStayInTheTable() {
        for (String path : List.of("/c%d", "/rows/%d/count", "/users/user-%05d/name", "/%d", "/a/%d")) {
            slots.clear();
            for (int i = 0; i < 20_000; i++) {
                open(path.formatted(i));
            }
            assertThat(slots.isTrie()).as(path).isFalse();
        }
    }

    @Test
    void rowsAndColumnsStayInTheTable() {
        for (int i = 0; i < 20_000; i++) {
            open("/rows/" + i / 20 + "/" + i % 20);
        }
        assertThat(slots.isTrie()).isFalse();
    }

    @Test
    @Timeout(10)
    void allCanBeClosedAgainAndAgain() {
        // A second or so; twenty if each place of the table were looked at for each move.
        Batch.Builder batch = Batch.builder();
        for (int i = 0; i < 100_000; i++) {
            batch.set("/k" + i, Value.of(i));
        }
        for (int i = 0; i < 250_000; i++) {
            batch.move("/k0", "/k0");
            batch.set("/k1", Value.of(i));
        }
        assertThat(batch.build().operations()).hasSize(600_000);
    }

    @Test
    void whatWasClosedIsForgottenInATableOfAnySize() {
        for (int size : new int[] {1, 10, 100, 1_000}) {
            for (int i = 0; i < size; i++) {
                open("/m/" + i);
            }
            slots.closeAll();
            assertThat(covering("/m/0")).isEqualTo(OpenSlots.NONE);
            int again = open("/m/0");
            assertThat(covering("/m/0")).isEqualTo(again);
            assertThat(merging.isOpen(again - 1)).isFalse();
            assertThat(covering("/m")).isEqualTo(OpenSlots.NONE);
            assertThat(slots.isTrie()).isTrue();
            slots.closeAll();
            assertThat(covering("/m/0")).isEqualTo(OpenSlots.NONE);
            assertThat(slots.isTrie()).isFalse();
        }
    }
}
