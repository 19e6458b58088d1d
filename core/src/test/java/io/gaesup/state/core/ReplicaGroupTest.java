package io.gaesup.state.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How much goes out at a time. */
final class ReplicaGroupTest {

    private static final int MIB = 1024 * 1024;

    private final Replica replica = new Replica("board", MapValue.empty());

    ReplicaGroupTest() {
        replica.state(1, 0, MapValue.empty(), List.of());
    }

    private Commit put(String key, int bytes) {
        return replica.set(Path.of("/" + key), Value.of("x".repeat(bytes)));
    }

    private List<Long> next() {
        Submission.@Nullable Group group = replica.nextGroup();
        List<Long> sequences = new ArrayList<>();
        if (group != null) {
            group.submissions().forEach(each -> sequences.add(each.sequence()));
        }
        return sequences;
    }

    private void confirm(long sequence) {
        replica.decide(Decision.applied(sequence, replica.revision() + 1));
        replica.deltas(
                replica.revision() + 1,
                List.of(List.of(new Operation.Set(Path.of("/k" + sequence), Value.of("x".repeat(1))))));
    }

    @Test
    void aGroupEndsBeforeItGetsTooLong() {
        for (int i = 1; i <= 5; i++) {
            put("k" + i, 3 * MIB / 2);
        }

        assertThat(next()).containsExactly(1L, 2L);
        assertThat(next()).isEmpty();
        confirm(1);
        confirm(2);
        assertThat(next()).containsExactly(3L, 4L);
        replica.disconnected();
        replica.resume(List.of());
        assertThat(next()).containsExactly(3L, 4L);
        confirm(3);
        confirm(4);
        assertThat(next()).containsExactly(5L);
    }

    @Test
    void aLargeBatchGoesAlone() {
        put("k1", 1);
        put("k2", 11 * MIB);
        put("k3", 1);

        assertThat(next()).containsExactly(1L);
        confirm(1);
        assertThat(next()).containsExactly(2L);
        confirm(2);
        assertThat(next()).containsExactly(3L);
    }

    @Test
    void whatCanNeverBeSentIsRefused() {
        put("k1", 1);

        assertThatThrownBy(() -> put("k2", (int) Replica.BATCH_BYTES_MAX))
                .isInstanceOf(StateException.class)
                .hasMessageStartingWith("LIMIT_EXCEEDED: a batch for store 'board' takes up to 12582")
                .hasMessageEndingWith("at most 12582912 can be sent");
        assertThat(replica.get(Path.of("/k2"))).isNull();
        assertThat(replica.pendingCount()).isEqualTo(1);
    }
}
