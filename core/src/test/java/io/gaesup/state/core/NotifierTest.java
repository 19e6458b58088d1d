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
            thrower.close();
            store.increment(A, 1);
            assertThat(log).containsExactly("told 2");
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
        void anErrorEscapesAndLaterChangesStayInOrder() {
            AssertionError error = new AssertionError("an error");
            Subscription thrower = store.subscribe(A, change -> {
                store.increment(Path.of("/b"), 1);
                throw error;
            });
            store.subscribe(Path.ROOT, change -> log.add("told " + change.revision()));
            assertThatThrownBy(() -> store.increment(A, 1)).isSameAs(error);
            thrower.close();
            store.increment(A, 1);
            assertThat(log).containsExactly("told 2", "told 3");
        }
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
