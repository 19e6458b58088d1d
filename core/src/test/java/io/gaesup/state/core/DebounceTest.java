package io.gaesup.state.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** When a debounced listener is told, of how much at once, and what it may do wrong. */
final class DebounceTest {

    private static final Path A = Path.of("/a");
    private static final Path B = Path.of("/b");

    private final VirtualScheduler time = new VirtualScheduler();
    private final Debounce adaptive = Debounce.adaptive(time);
    private final LocalStore store = LocalStore.create("store", Notation.read("{'a':0,'b':0}"));
    private final List<String> log = new ArrayList<>();

    @BeforeEach
    void listenToFailures() {
        store.onListenerFailure((subscription, failure) -> log.add(subscription + " failed: " + failure.getMessage()));
    }

    private long millis() {
        return time.nanoTime() / 1_000_000;
    }

    /** Logs when it is told, and of how many changes. */
    private Subscription logged(Debounce debounce) {
        return store.subscribe(
                A,
                debounce,
                change -> log.add(millis() + ": " + change.operations().size()));
    }

    private void update(int times) {
        for (int i = 0; i < times; i++) {
            store.increment(A, 1);
        }
    }

    /** So many updates, each followed by some time. */
    private void update(int times, long everyMillis) {
        for (int i = 0; i < times; i++) {
            update(1);
            time.advanceMillis(everyMillis);
        }
    }

    @Nested
    class ItsWindow {

        @Test
        void followsTheFrequency() {
            assertThat(adaptive.windowMillisAt(0)).isEqualTo(100);
            assertThat(adaptive.windowMillisAt(10)).isEqualTo(100);
            assertThat(adaptive.windowMillisAt(11)).isEqualTo(50);
            assertThat(adaptive.windowMillisAt(100)).isEqualTo(50);
            assertThat(adaptive.windowMillisAt(101)).isEqualTo(16);
            assertThat(adaptive.windowMillisAt(Long.MAX_VALUE)).isEqualTo(16);
        }

        @Test
        void isChosenByTheUpdatesOfTheLastSecond() {
            assertThat(windowAfter(1)).isEqualTo(100);
            assertThat(windowAfter(10)).isEqualTo(100);
            assertThat(windowAfter(11)).isEqualTo(50);
            assertThat(windowAfter(100)).isEqualTo(50);
            assertThat(windowAfter(101)).isEqualTo(16);
        }

        /** How long the window is that so many updates open, after a quiet second. */
        private long windowAfter(int updates) {
            time.advanceMillis(1_000);
            try (Subscription _ = store.subscribe(A, adaptive.withBatchSize(1), change -> {})) {
                update(updates);
                return millisToQuiet();
            }
        }

        private long millisToQuiet() {
            long start = millis();
            while (time.waiting() > 0) {
                time.advanceMillis(1);
            }
            return millis() - start;
        }

        @Test
        void forgetsWhatIsASecondAgo() {
            store.subscribe(A, adaptive.withBatchSize(1), change -> {});
            update(10);
            time.advanceMillis(999);
            update(1);
            assertThat(millisToQuiet()).isEqualTo(50);
            time.advanceMillis(1_000 - 49);
            update(1);
            assertThat(millisToQuiet()).isEqualTo(100);
        }

        @Test
        void isSlowForTenASecond() {
            logged(adaptive);
            update(30, 100);
            log.clear();
            update(2);
            time.advanceMillis(99);
            assertThat(log).containsExactly("3000: 1");
            time.advanceMillis(1);
            assertThat(log).containsExactly("3000: 1", "3100: 1");
        }

        @Test
        void isBriskForTwentyASecond() {
            logged(adaptive);
            update(40, 50);
            log.clear();
            update(2);
            time.advanceMillis(100);
            assertThat(log).containsExactly("2050: 2");
        }

        @Test
        void isFastForTwoHundredASecond() {
            logged(adaptive);
            update(400, 5);
            log.clear();
            update(20, 5);
            assertThat(log).hasSizeBetween(6, 7);
        }

        @Test
        void isTheOneGivenAtAnyFrequency() {
            logged(adaptive.withWindowMillis(20).withBatchSize(1_000));
            update(1_000, 1);
            assertThat(log).hasSize(51).startsWith("0: 1", "20: 19", "40: 20", "60: 20");
            time.advanceMillis(500);
            log.clear();
            update(2);
            time.advanceMillis(20);
            assertThat(log).containsExactly("1500: 1", "1520: 1");
        }

        @Test
        void isNotOpenedAgainByTheChangesInIt() {
            logged(adaptive);
            update(1);
            time.advanceMillis(99);
            update(1);
            time.advanceMillis(1);
            assertThat(log).containsExactly("0: 1", "100: 1");
        }

        @Test
        void isFollowedByAnother() {
            logged(adaptive);
            update(2);
            time.advanceMillis(110);
            update(1);
            time.advanceMillis(89);
            assertThat(log).containsExactly("0: 1", "100: 1");
            time.advanceMillis(1);
            assertThat(log).containsExactly("0: 1", "100: 1", "200: 1");
        }

        @Test
        void isOverWhenItWasQuiet() {
            logged(adaptive);
            update(1);
            time.advanceMillis(100);
            assertThat(time.waiting()).isZero();
            update(1);
            assertThat(log).containsExactly("0: 1", "100: 1");
        }
    }

    @Nested
    class ItsBatchSize {

        @Test
        void endsAWindowThatIsFull() {
            logged(adaptive.withBatchSize(3));
            update(8);
            assertThat(log).containsExactly("0: 1", "0: 3", "0: 3");
            time.advanceMillis(100);
            assertThat(log).containsExactly("0: 1", "0: 3", "0: 3", "100: 1");
        }

        @Test
        void ofOneTellsAllAtOnce() {
            logged(adaptive.withBatchSize(1));
            update(3);
            assertThat(log).containsExactly("0: 1", "0: 1", "0: 1");
        }

        @Test
        void startsTheWindowAnew() {
            logged(adaptive.withBatchSize(2).withWindowMillis(50));
            update(1);
            time.advanceMillis(40);
            update(3);
            time.advanceMillis(49);
            assertThat(log).containsExactly("0: 1", "40: 2");
            time.advanceMillis(1);
            assertThat(log).containsExactly("0: 1", "40: 2", "90: 1");
        }

        @Test
        void isFrequencyTimesWindow() {
            assertThat(adaptive.batchSizeAt(0)).isEqualTo(Debounce.BATCH_MIN);
            assertThat(adaptive.batchSizeAt(1_000)).isEqualTo(16);
            assertThat(adaptive.batchSizeAt(1_001)).isEqualTo(17);
            assertThat(adaptive.batchSizeAt(10_000)).isEqualTo(160);
            assertThat(adaptive.batchSizeAt(1_000_000)).isEqualTo(Debounce.BATCH_MAX);
            assertThat(adaptive.withWindowMillis(100).batchSizeAt(1_000)).isEqualTo(100);
            assertThat(adaptive.withBatchSize(5).batchSizeAt(1_000_000)).isEqualTo(5);
        }

        @Test
        void isNoCrumbInABurstOutOfSilence() {
            logged(adaptive);
            update(40);
            time.advanceMillis(50);
            assertThat(log).containsExactly("0: 1", "0: 16", "0: 16", "50: 7");
        }
    }

    @Nested
    class ItsLongestWait {

        @Test
        void holdsUnderEndlessUpdates() {
            logged(adaptive.withWindowMillis(5_000).withBatchSize(1_000).withLongestWaitMillis(300));
            update(100, 10);
            assertThat(log).containsExactly("0: 1", "300: 29", "600: 30", "900: 30");
        }

        @Test
        void isASecondUnlessGiven() {
            logged(adaptive.withWindowMillis(5_000));
            update(2);
            time.advanceMillis(1_000);
            assertThat(log).containsExactly("0: 1", "1000: 1");
        }

        @Test
        void cutsAnAdaptiveWindow() {
            logged(adaptive.withLongestWaitMillis(10));
            update(2);
            time.advanceMillis(10);
            assertThat(log).containsExactly("0: 1", "10: 1");
        }

        @Test
        void mayBeADay() {
            logged(adaptive.withWindowMillis(Debounce.WAIT_MILLIS_MAX).withLongestWaitMillis(Debounce.WAIT_MILLIS_MAX));
            update(2);
            time.advanceMillis(Debounce.WAIT_MILLIS_MAX - 1);
            assertThat(log).containsExactly("0: 1");
            time.advanceMillis(1);
            assertThat(log).containsExactly("0: 1", "86400000: 1");
        }
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> adaptive.withWindowMillis(-1))
                .withMessageEndingWith("not for -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> adaptive.withWindowMillis(86_400_001))
                .withMessageEndingWith("not for 86400001");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> adaptive.withLongestWaitMillis(0))
                .withMessageEndingWith("not 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> adaptive.withLongestWaitMillis(Long.MAX_VALUE))
                .withMessageEndingWith("not " + Long.MAX_VALUE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> adaptive.withBatchSize(-1))
                .withMessageEndingWith("not -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> adaptive.withBatchSize(Debounce.BATCH_MAX + 1))
                .withMessageEndingWith("not 1001");
    }

    @Nested
    class Closing {

        @Test
        void dropsWhatIsPending() {
            Subscription subscription = logged(adaptive);
            update(2);
            subscription.close();
            assertThat(time.waiting()).isZero();
            update(1);
            time.advanceMillis(1_000);
            assertThat(log).containsExactly("0: 1");
        }

        @Test
        void ofTheStoreDropsWhatIsPending() {
            logged(adaptive);
            Selector<String> ofA = Selector.of("of a", reader -> String.valueOf(reader.get(A)));
            store.subscribe(ofA, adaptive, selection -> log.add("a is " + selection.value()));
            update(2);
            store.close();
            assertThat(time.waiting()).isZero();
            assertThat(log).containsExactly("0: 1", "a is 1");
        }

        @Test
        void byTheListenerItselfEndsIt() {
            List<Subscription> own = new ArrayList<>();
            own.add(store.subscribe(A, adaptive, change -> {
                log.add("told " + change.revision());
                if (change.revision() == 3) {
                    store.increment(A, 1);
                    own.getFirst().close();
                }
            }));
            update(3);
            time.advanceMillis(1_000);
            assertThat(log).containsExactly("told 1", "told 3");
            assertThat(time.waiting()).isZero();
        }
    }

    @Nested
    class AListenerThatThrows {

        @Test
        void isReportedAndToldAgain() {
            store.subscribe(A, adaptive, change -> {
                throw new IllegalStateException("at " + millis());
            });
            logged(adaptive);
            update(2);
            time.advanceMillis(100);
            update(1);
            time.advanceMillis(100);
            assertThat(log)
                    .containsExactly(
                            "/a failed: at 0", "0: 1", "/a failed: at 100", "100: 1", "/a failed: at 200", "200: 1");
        }

        @Test
        void isReportedByItsSelector() {
            Selector<String> ofA = Selector.of("of a", reader -> String.valueOf(reader.get(A)));
            store.subscribe(ofA, adaptive, selection -> {
                throw new IllegalStateException("at " + millis());
            });
            update(2);
            time.advanceMillis(100);
            assertThat(log).containsExactly("selector 'of a' failed: at 0", "selector 'of a' failed: at 100");
        }
    }

    @Nested
    class AListenerThatWrites {

        @Test
        void isToldOfThatInTheNextWindow() {
            store.subscribe(A, adaptive, change -> {
                log.add(millis() + ": " + change.operations().size());
                if (store.revision() < 6) {
                    update(2);
                }
            });
            update(1);
            assertThat(log).containsExactly("0: 1");
            time.advanceMillis(1_000);
            assertThat(log).containsExactly("0: 1", "100: 2", "200: 2", "300: 2");
        }

        @Test
        void isNotCalledWithinItself() {
            store.subscribe(A, adaptive.withBatchSize(2), change -> {
                log.add("begin " + change.revision());
                if (change.revision() == 2) {
                    update(4);
                }
                log.add("end " + change.revision());
            });
            update(2);
            log.clear();
            time.advanceMillis(100);
            assertThat(log).containsExactly("begin 2", "end 2", "begin 4", "end 4", "begin 6", "end 6");
        }

        @Test
        void hasReturnedBeforeOthersAreToldOfIt() {
            store.subscribe(A, adaptive, change -> {
                if (change.revision() == 2) {
                    store.increment(B, 1);
                }
                log.add("first " + change.revision());
            });
            store.subscribe(B, change -> log.add("second " + change.revision()));
            update(2);
            time.advanceMillis(100);
            assertThat(log).containsExactly("first 1", "first 2", "second 3");
        }

        @Test
        void isStoppedWhenItFillsItsOwnBatchesForEver() {
            store.subscribe(A, adaptive.withBatchSize(2), change -> {
                if (change.revision() >= 2) {
                    update(2);
                }
            });
            update(2);
            time.advanceMillis(100);
            assertThat(log)
                    .containsExactly("/a failed: LIMIT_EXCEEDED: listeners of store 'store' made 100 changes in a row;"
                            + " is it a loop?");
            assertThat(store.get(A)).isEqualTo(Value.of(102));
        }
    }
}
