package io.gaesup.state.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What a local store's listeners may do wrong, and what comes of it. */
final class NotifierTest {

    private static final Path A = Path.of("/a");

    private final LocalStore store = LocalStore.create("store", Notation.read("{'a':0,'b':0}"));
    private final List<String> log = new ArrayList<>();

    @Nested
    class AListenerThatThrows {

        private final IllegalStateException fault = new IllegalStateException("a listener's fault");

        @Test
        void isReportedWithItsPathBeforeTheNextIsTold() {
            store.onListenerFailure((subscription, failure) -> {
                assertThat(failure).isSameAs(fault);
                log.add("failed at " + subscription);
            });
            store.subscribe(A, change -> {
                throw fault;
            });
            store.subscribe(A, change -> log.add("told"));
            store.increment(A, 1);
            assertThat(log).containsExactly("failed at /a", "told");
            assertThat(store.get(A)).isEqualTo(Value.of(1));
        }

        @Test
        void isDroppedWhereNobodyAsks() {
            store.subscribe(A, change -> {
                throw fault;
            });
            assertThat(store.increment(A, 1).revision()).isEqualTo(1);
        }

        @Test
        void failsTheCommitOnlyIfItsReporterThrowsToo() {
            store.onListenerFailure((_, failure) -> {
                throw failure;
            });
            Subscription thrower = store.subscribe(A, change -> {
                throw fault;
            });
            store.subscribe(A, change -> log.add("told " + change.revision()));
            assertThatThrownBy(() -> store.increment(A, 1)).isSameAs(fault);
            assertThat(store.revision()).isEqualTo(1);
            assertThat(log).containsExactly("told 1");
            thrower.close();
            store.increment(A, 1);
            assertThat(log).containsExactly("told 1", "told 2");
        }

        @Test
        void lastsUntilAllWereToldWhateverItsReporterThrows() {
            IllegalStateException another = new IllegalStateException("the reporter's fault");
            store.onListenerFailure((_, _) -> {
                throw another;
            });
            store.subscribe(A, change -> {
                store.increment(Path.of("/b"), 1);
                throw fault;
            });
            AssertionError error = new AssertionError("an error");
            store.subscribe(Path.of("/b"), change -> {
                throw error;
            });
            store.subscribe(Path.ROOT, change -> log.add("told " + change.revision()));
            Selector<Value> sum = Selector.of("sum", reader -> reader.get(A));
            store.subscribe(sum, selection -> log.add("selected " + selection.value()));
            assertThatThrownBy(() -> store.increment(A, 1)).isSameAs(another).hasSuppressedException(error);
            assertThat(log).containsExactly("told 1", "selected " + Value.of(1), "told 2");
        }

        @Test
        void isNoRefusalOfTheChange() {
            store.onListenerFailure((_, failure) -> {
                throw failure;
            });
            store.subscribe(A, change -> store.set(Path.of("/no/such"), Value.NULL));
            assertThatThrownBy(() -> store.increment(A, 1))
                    .isInstanceOf(IllegalStateException.class)
                    .hasCauseInstanceOf(StateException.class)
                    .hasMessageContaining("store 'store' has changed");
            assertThat(store.get(A)).isEqualTo(Value.of(1));
        }

        @Test
        void mayBeToldLater() {
            VirtualScheduler clock = new VirtualScheduler();
            store.onListenerFailure((_, failure) -> {
                throw failure;
            });
            store.subscribe(A, Debounce.adaptive(clock), change -> {
                if (change.revision() == 2) {
                    store.increment(Path.of("/b"), 1);
                    throw fault;
                }
            });
            store.subscribe(Path.of("/b"), change -> log.add("told " + change.revision()));
            store.increment(A, 1);
            store.increment(A, 1);
            assertThatThrownBy(() -> clock.advanceMillis(1_000)).isSameAs(fault);
            assertThat(log).containsExactly("told 3");
            store.increment(Path.of("/b"), 1);
            assertThat(log).containsExactly("told 3", "told 4");
        }

        @Test
        void mayHaveChangedTheStoreBefore() {
            store.subscribe(A, change -> {
                store.increment(Path.of("/b"), 1);
                throw fault;
            });
            store.subscribe(Path.of("/b"), change -> log.add("told " + change.revision()));
            store.increment(A, 1);
            assertThat(log).containsExactly("told 2");
        }

        @Test
        void anErrorEscapesWhenAllWereTold() {
            AssertionError error = new AssertionError("an error");
            Subscription thrower = store.subscribe(A, change -> {
                store.increment(Path.of("/b"), 1);
                throw error;
            });
            store.subscribe(Path.ROOT, change -> log.add("told " + change.revision()));
            assertThatThrownBy(() -> store.increment(A, 1)).isSameAs(error);
            assertThat(log).containsExactly("told 1", "told 2");
            thrower.close();
            store.increment(A, 1);
            assertThat(log).containsExactly("told 1", "told 2", "told 3");
        }

        @Test
        void anErrorOfASelectorKeepsNobodyFromBeingTold() {
            AssertionError error = new AssertionError("an error");
            Selector<Value> broken = Selector.of("broken", reader -> {
                Value value = reader.get(A);
                if (Value.of(1).equals(value)) {
                    throw error;
                }
                return value;
            });
            store.subscribe(broken, selection -> log.add("selected " + selection.value()));
            store.subscribe(A, change -> log.add("told " + change.revision()));
            assertThatThrownBy(() -> store.increment(A, 1)).isSameAs(error);
            assertThat(log).containsExactly("told 1");
            store.increment(A, 1);
            assertThat(log).containsExactly("told 1", "selected " + Value.of(2), "told 2");
        }
    }

    @Test
    void aCommitHasItsOwnRevisionWhateverListenersWrite() {
        store.subscribe(A, change -> store.increment(Path.of("/b"), 1));
        assertThat(store.set(A, Value.of(7)).revision()).isEqualTo(1);
        assertThat(store.increment(A, 1).committed().revision()).isEqualTo(3);
        assertThat(store.batch(batch -> batch.increment("/a", 1)).revision()).isEqualTo(5);
        assertThat(store.apply(Batch.of(new Operation.Delete(A))).revision()).isEqualTo(7);
        assertThat(History.of(store).set(A, Value.of(1)).revision()).isEqualTo(9);
        assertThat(store.revision()).isEqualTo(10);
    }

    @Nested
    class AChainOfChanges {

        @Test
        void endsAfterAHundred() {
            store.onListenerFailure((_, failure) -> log.add(failure.getMessage()));
            store.subscribe(A, change -> store.increment(A, 1));
            store.increment(A, 1);
            assertThat(store.get(A)).isEqualTo(Value.of(101));
            assertThat(log)
                    .containsExactly(
                            "LIMIT_EXCEEDED: listeners of store 'store' made 100 changes in a row; is it a loop?");
        }

        @Test
        void countsAnewForEachCommit() {
            store.subscribe(A, change -> {
                if (change.revision() % 60 != 0) {
                    store.increment(A, 1);
                }
            });
            for (int i = 0; i < 5; i++) {
                store.increment(A, 1);
            }
            assertThat(store.revision()).isEqualTo(300);
        }

        @Test
        void countsChangesNobodyIsToldOf() {
            store.subscribe(A, change -> {
                for (int i = 0; i < 100; i++) {
                    store.increment(Path.of("/b"), 1);
                }
                assertThatThrownBy(() -> store.increment(Path.of("/b"), 1)).hasMessageContaining("LIMIT_EXCEEDED");
                log.add("told");
            });
            store.increment(A, 1);
            store.increment(A, 1);
            assertThat(log).containsExactly("told", "told");
            assertThat(store.get(Path.of("/b"))).isEqualTo(Value.of(200));
        }
    }

    @Test
    void aThousandListenersComeAndGoWithoutATrace() {
        List<Subscription> subscriptions = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            subscriptions.add(store.subscribe(Path.of("/rows/" + i + "/cells/" + i % 7), change -> log.add("told")));
        }
        for (int i = 0; i < 1000; i++) {
            subscriptions.get(i * 7919 % 1000).close();
        }
        store.set(Path.of("/rows"), ListValue.EMPTY);
        assertThat(log).isEmpty();
    }

    @Test
    void nothingIsLeftWhenAllHaveLeft() {
        Subscriptions subscriptions = new Subscriptions();
        Notifier notifier = new Notifier("store", new Tree(Value.NULL));
        PathSubscription one = new PathSubscription(Path.of("/a/0/b"), 1, notifier, null, change -> {});
        PathSubscription two = new PathSubscription(PathPattern.of("/a/*/**/b"), 2, notifier, null, change -> {});
        subscriptions.add(one);
        subscriptions.add(two);
        assertThat(subscriptions.count()).isEqualTo(2);
        assertThat(subscriptions.hasPatterns()).isTrue();
        subscriptions.remove(two);
        subscriptions.remove(two);
        assertThat(subscriptions.count()).isEqualTo(1);
        assertThat(subscriptions.hasPatterns()).isFalse();
        assertThat(subscriptions.isEmpty()).isFalse();
        subscriptions.remove(one);
        assertThat(subscriptions.count()).isZero();
        assertThat(subscriptions.isEmpty()).isTrue();
    }
}
