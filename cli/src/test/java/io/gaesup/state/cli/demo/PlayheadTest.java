package io.gaesup.state.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gaesup.state.core.Batch;
import io.gaesup.state.core.LocalStore;
import io.gaesup.state.core.MapValue;
import io.gaesup.state.core.StateException;
import io.gaesup.state.core.Store;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Which events are due when, on a clock that stands still until it is moved. */
class PlayheadTest {
    private final Feed feed = new Quakes();
    private final Store store = LocalStore.create(feed.store(), feed.initial());
    private long nanos = 1;

    PlayheadTest() throws IOException {}

    private Playhead at(double speed) {
        Playhead playhead = new Playhead(feed, store, speed, () -> nanos);
        playhead.restart();
        return playhead;
    }

    /** Applies everything that is due now; the number of events that were. */
    private long playAll(Playhead playhead) {
        long before = playhead.next();
        for (Batch batch = playhead.due(); batch != null; batch = playhead.due()) {
            store.apply(batch);
        }
        return playhead.next() - before;
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    @Test
    void aFreshStoreIsFilledWithTheBacklogAtOnceAndGoesOnFromThere() {
        assertThat(playAll(at(1)))
                .as("the backlog, and the event that is due then")
                .isEqualTo(feed.backlog() + 1);
    }

    @Test
    void theBacklogComesInBatchesOneCanWatch() {
        Playhead playhead = at(1);
        Batch first = playhead.due();
        assertThat(first).isNotNull();
        store.apply(first);
        assertThat(playhead.next()).isEqualTo(Playhead.BACKLOG_EVENTS);
    }

    @Test
    void afterThatEventsWaitForTheirTime() {
        Playhead playhead = at(1);
        playAll(playhead);
        assertThat(playhead.due()).isNull();
        pass(Duration.ofSeconds(20));
        assertThat(playAll(playhead)).isBetween(100L, 200L);
        assertThat(playhead.due()).isNull();
    }

    @Test
    void speedMakesThemComeSooner() {
        Playhead playhead = at(1);
        playAll(playhead);
        pass(Duration.ofSeconds(2));
        long slow = playAll(playhead);
        Playhead faster = at(4);
        pass(Duration.ofSeconds(2));
        assertThat(slow).isBetween(5L, 30L);
        assertThat(playAll(faster)).isBetween(slow * 2, slow * 6);
    }

    @Test
    void oneBatchPlaysALimitedNumberAndTheRecordedTimeFallsBehind() {
        Playhead playhead = at(1);
        playAll(playhead);
        pass(Duration.ofMinutes(3));
        assertThat(playAll(playhead))
                .as("a full batch, and the event that is due then")
                .isEqualTo(Playhead.EVENTS_MAX + 1);
    }

    @Test
    void theLastEventIsFollowedByTheFirstOfTheNextRound() {
        Playhead playhead = at(1);
        while (playhead.lap() == 1) {
            Batch batch = playhead.due();
            if (batch == null) {
                pass(Duration.ofSeconds(1));
            } else {
                store.apply(batch);
            }
        }
        assertThat(playhead.lap()).isEqualTo(2);
        assertThat(playhead.next()).isZero();
        pass(Duration.ofSeconds(5));
        assertThat(playAll(playhead)).isPositive();
    }

    @Test
    void aPauseIsNotMadeUpFor() {
        Playhead playhead = at(1);
        playAll(playhead);
        pass(Duration.ofMinutes(1));
        playhead.restart();
        assertThat(playAll(playhead)).isLessThanOrEqualTo(1);
    }

    @Test
    void whatAnotherPlayedIsRefusedTheSecondTime() {
        Batch mine = at(1).due();
        Batch theirs = at(1).due();
        assertThat(mine).isNotNull();
        assertThat(theirs).isNotNull();
        store.apply(mine);
        assertThatThrownBy(() -> store.apply(theirs))
                .isInstanceOf(StateException.class)
                .hasMessageStartingWith("TEST_FAILED");
        assertThat(at(1).next()).isEqualTo(Playhead.BACKLOG_EVENTS);
    }

    @Test
    void aStoreOfSomebodyElseIsNotTouched() {
        Store other = LocalStore.create("demo", MapValue.empty());
        Playhead playhead = new Playhead(feed, other, 1, () -> nanos);
        assertThatThrownBy(playhead::due).hasMessageContaining("expected a count at /replay/next, found nothing");
        assertThat(other.revision()).isZero();
    }
}
