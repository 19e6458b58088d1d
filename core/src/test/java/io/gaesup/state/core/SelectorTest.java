package io.gaesup.state.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What selectors save, and what they refuse. */
final class SelectorTest {

    private static final Path A = Path.of("/a");
    private static final Path B = Path.of("/b");

    private final LocalStore store = LocalStore.create("store", Notation.read("{'a':0,'b':0}"));
    private final List<String> log = new ArrayList<>();
    private int runs;

    private final Selector<Object> ofA = Selector.of("of a", reader -> {
        runs++;
        return String.valueOf(reader.get(A));
    });

    private SubscriptionMetrics metrics() {
        return store.subscriptions().metrics();
    }

    @Test
    void aThousandListenersShareOneEvaluation() {
        for (int i = 0; i < 1_000; i++) {
            store.subscribe(ofA, selection -> log.add("told"));
        }
        store.increment(A, 1);
        assertThat(runs).isEqualTo(2);
        assertThat(log).hasSize(1_000);
        assertThat(metrics().evaluations()).isEqualTo(2);
        assertThat(metrics().notifications()).isEqualTo(1_000);
        assertThat(metrics().shares()).isEqualTo(999 + 999);
    }

    @Test
    void whoDoesNotAllowSharingIsEvaluatedAlone() {
        Selector<Object> alone = ofA.allowSharing(false);
        store.subscribe(alone, selection -> log.add("one"));
        store.subscribe(alone, selection -> log.add("two"));
        store.increment(A, 1);
        assertThat(runs).isEqualTo(4);
        assertThat(log).containsExactly("one", "two");
    }

    @Test
    void whatWasNotReadDoesNotMatter() {
        store.subscribe(ofA, selection -> log.add("told"));
        store.increment(B, 1);
        assertThat(runs).isEqualTo(1);
        assertThat(log).isEmpty();
    }

    @Test
    void goingBackFindsTheOldResult() {
        store.subscribe(ofA, selection -> log.add(String.valueOf(selection.value())));
        store.increment(A, 1);
        store.increment(A, -1);
        store.increment(A, 1);
        assertThat(runs).isEqualTo(2);
        assertThat(log).containsExactly("1", "0", "1");
        assertThat(metrics().skips()).isEqualTo(2);
    }

    @Test
    void aHundredResultsAreKept() {
        store.subscribe(ofA, selection -> {});
        for (int i = 0; i < Memo.RESULTS_MAX; i++) {
            store.increment(A, 1);
        }
        assertThat(runs).isEqualTo(Memo.RESULTS_MAX + 1);
        store.set(A, Value.of(1));
        assertThat(runs).isEqualTo(Memo.RESULTS_MAX + 1);
        store.set(A, Value.of(0));
        assertThat(runs).as("the eldest is gone").isEqualTo(Memo.RESULTS_MAX + 2);
    }

    @Test
    void anEqualResultIsNotToldAndCounted() {
        store.subscribe(
                Selector.of("sign", reader -> String.valueOf(reader.get(A)).startsWith("-")), selection -> {
                    log.add("told");
                });
        store.increment(A, 1);
        assertThat(log).isEmpty();
        assertThat(metrics().suppressed()).isEqualTo(1);
    }

    @Test
    void askingAgainIsNoEvaluation() {
        assertThat(store.select(ofA)).isEqualTo("0");
        assertThat(store.select(ofA)).isEqualTo("0");
        store.increment(B, 1);
        assertThat(store.select(ofA)).isEqualTo("0");
        assertThat(runs).isEqualTo(1);
    }

    @Test
    void aCycleIsRefusedByName() {
        List<Selector<String>> ring = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            int next = (i + 1) % 3;
            ring.add(Selector.of("s" + i, reader -> reader.get(ring.get(next))));
        }
        assertThatThrownBy(() -> store.subscribe(ring.get(0), selection -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("selectors of store 'store' read each other: 's0' -> 's1' -> 's2' -> 's0'");
        store.increment(A, 1);
        assertThat(store.subscriptions().selectors()).isEmpty();
    }

    @Test
    void aCycleThatComesWithACommitIsReportedAndGoesWithOne() {
        store.onListenerFailure((subscription, failure) -> log.add(failure.getMessage()));
        List<Selector<String>> both = new ArrayList<>();
        both.add(Selector.of("left", reader -> reader.has(Path.of("/x")) ? reader.get(both.get(1)) : "left"));
        both.add(Selector.of("right", reader -> reader.get(both.get(0)) + "!"));
        store.subscribe(both.get(1), selection -> log.add(selection.value()));
        store.set(Path.of("/x"), Value.of(1));
        assertThat(log).isNotEmpty().allMatch(line -> line.contains("read each other: 'left' -> 'right' -> 'left'"));
        log.clear();
        store.delete(Path.of("/x"));
        store.increment(B, 1);
        assertThat(store.select(both.get(1))).isEqualTo("left!");
    }

    @Test
    void aChainThatIsTooLongIsRefused() {
        Selector<String> last = Selector.of("s0", reader -> String.valueOf(reader.get(A)));
        for (int i = 1; i <= Selectors.HEIGHT_MAX; i++) {
            Selector<String> below = last;
            last = Selector.of("s" + i, reader -> reader.get(below));
        }
        Selector<String> longest = last;
        assertThatThrownBy(() -> store.select(longest)).hasMessageContaining("LIMIT_EXCEEDED");
    }

    @Test
    void aSelectorChangesNothingAndKeepsNoReader() {
        List<Selector.Reader> kept = new ArrayList<>();
        Selector<Commit> writing = Selector.of("writing", reader -> store.increment(A, 1));
        Selector<Boolean> keeping = Selector.of("keeping", kept::add);
        assertThatThrownBy(() -> store.select(writing))
                .hasMessageContaining("selector 'writing' of store 'store' tried");
        assertThat(store.select(keeping)).isTrue();
        assertThatThrownBy(() -> kept.getFirst().get(A)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whatWasMergedCanBeAsked() {
        Selector<String> one = Selector.of("one", reader -> "1" + reader.get(A) + reader.get(B));
        Selector<String> two = Selector.of("two", reader -> "2" + reader.get(B) + reader.get(A) + reader.get(ofA));
        store.subscribe(one, selection -> {});
        Subscription second = store.subscribe(two, selection -> {});
        store.subscribe(A, change -> {});
        store.subscribe(PathPattern.of("/a"), change -> {});
        SubscriptionReport report = store.subscriptions();
        assertThat(report.places()).containsExactly(new SubscriptionReport.Place("/a", 2));
        assertThat(report.merged())
                .containsExactly(new SubscriptionReport.Merged(List.of("/a", "/b"), List.of("one", "two")));
        assertThat(report.selectors())
                .extracting(SubscriptionReport.Used::name, SubscriptionReport.Used::height)
                .contains(
                        org.assertj.core.groups.Tuple.tuple("two", 1), org.assertj.core.groups.Tuple.tuple("of a", 0));
        second.close();
        assertThat(store.subscriptions().selectors()).hasSize(1);
    }

    @Test
    void anEqualityIsAskedOncePerResult() {
        LocalStore store = LocalStore.create("store", Notation.read("{'a':0}"));
        List<String> told = new ArrayList<>();
        store.onListenerFailure((subscription, failure) -> told.add(subscription + ": " + failure.getMessage()));
        int[] asked = {0};
        Selector<Value> fickle = Selector.<Value>of("fickle", reader -> reader.get(Path.of("/a")))
                .withEquality((_, _) -> {
                    if (++asked[0] == 2) {
                        throw new IllegalStateException("asked twice");
                    }
                    return false;
                });
        store.subscribe(fickle, selection -> told.add("selected " + selection.revision()));
        store.subscribe(Path.ROOT, change -> told.add("told " + change.revision()));
        for (int i = 1; i <= 3; i++) {
            store.increment(Path.of("/a"), 1);
        }
        assertThat(told)
                .containsExactly(
                        "selected 1", "told 1", "selector 'fickle': asked twice", "told 2", "selected 3", "told 3");
    }
}
