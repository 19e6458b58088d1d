package io.gaesup.state.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CommittedTest {

    private final List<String> log = new ArrayList<>();
    private final StateException reason = new StateException(ErrorCode.CONFLICT, "lost");

    @Test
    void isPendingAtFirst() {
        Committed committed = new Committed();
        committed.whenDone(logged("a"));
        assertThat(committed.isDone()).isFalse();
        assertThat(committed.revision()).isEqualTo(-1);
        assertThat(committed.failure()).isNull();
        assertThat(log).isEmpty();
    }

    @Test
    void tellsAllWhoWaitInOrder() {
        Committed committed = new Committed();
        committed.whenDone(logged("a"));
        committed.whenDone(logged("b"));
        committed.confirm(7);
        assertThat(log).containsExactly("a 7", "b 7");
        assertThat(committed.isDone()).isTrue();
        assertThat(committed.revision()).isEqualTo(7);
    }

    @Test
    void tellsLatecomersAtOnce() {
        Committed committed = Committed.at(0);
        committed.whenDone(logged("a"));
        assertThat(log).containsExactly("a 0");
    }

    @Test
    void tellsWhyItFailed() {
        Committed committed = new Committed();
        committed.whenDone(logged("a"));
        committed.fail(reason);
        committed.whenDone(logged("b"));
        assertThat(log).containsExactly("a CONFLICT: lost", "b CONFLICT: lost");
        assertThat(committed.failure()).isSameAs(reason);
        assertThat(committed.revision()).isEqualTo(-1);
    }

    @Test
    void whatCameFirstStands() {
        Committed confirmed = new Committed();
        confirmed.whenDone(logged("a"));
        confirmed.confirm(1);
        confirmed.fail(reason);
        confirmed.confirm(2);
        assertThat(confirmed.revision()).isEqualTo(1);
        assertThat(confirmed.failure()).isNull();
        Committed failed = new Committed();
        failed.fail(reason);
        failed.confirm(3);
        assertThat(failed.revision()).isEqualTo(-1);
        assertThat(log).containsExactly("a 1");
    }

    @Test
    void aCallbackMayAskAgain() {
        Committed committed = new Committed();
        committed.whenDone(new Committed.Callback() {
            @Override
            public void confirmed(long revision) {
                committed.whenDone(logged("inner"));
            }

            @Override
            public void failed(StateException e) {}
        });
        committed.confirm(4);
        assertThat(log).containsExactly("inner 4");
    }

    private Committed.Callback logged(String name) {
        return new Committed.Callback() {
            @Override
            public void confirmed(long revision) {
                log.add(name + " " + revision);
            }

            @Override
            public void failed(StateException e) {
                log.add(name + " " + e.getMessage());
            }
        };
    }
}
