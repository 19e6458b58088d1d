package io.gaesup.state.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Where nobody else writes, undo and redo walk along the list of all states, exactly; restoring jumps in it. */
@Label("history")
final class HistoryPropertyTest {

    @Provide
    Arbitrary<List<Long>> scripts() {
        return Scripts.ofSteps(60);
    }

    @Property
    void undoAndRedoWalkAlongTheListOfStates(@ForAll long document, @ForAll("scripts") List<Long> steps) {
        walk(History.of(LocalStore.create("store", StorePropertyTest.document(document))), steps, () -> {});
    }

    @Property
    void onAReplicaToo(@ForAll long document, @ForAll("scripts") List<Long> steps) {
        ServedReplica served = ServedReplica.create("store", StorePropertyTest.document(document));
        walk(History.of(served.replica()), steps, served::settle);
    }

    private static void walk(History history, List<Long> steps, Runnable settle) {
        List<Object> states =
                new ArrayList<>(List.of(Plain.of(history.snapshot().root())));
        int at = 0;
        for (long step : steps) {
            SplittableRandom random = new SplittableRandom(step);
            switch (random.nextInt(8)) {
                case 0, 1 -> {
                    Undone undone = history.undo();
                    assertThat(undone == null).isEqualTo(at == 0);
                    if (undone != null) {
                        assertThat(undone.skipped()).isEmpty();
                        at--;
                    }
                }
                case 2 -> {
                    Undone redone = history.redo();
                    assertThat(redone == null).isEqualTo(at == states.size() - 1);
                    if (redone != null) {
                        assertThat(redone.skipped()).isEmpty();
                        at++;
                    }
                }
                case 3 -> {
                    Object state = states.get(random.nextInt(states.size()));
                    if (!Plain.same(state, states.get(at))) {
                        history.restore(new Snapshot("store", 0, Plain.value(state)));
                        at = push(states, at, state);
                    }
                }
                default -> {
                    List<Operation> batch = new RandomEdits(random, List.of()).batch(states.get(at));
                    Object changed = StorePropertyTest.inModel(states.get(at), batch);
                    if (changed instanceof ErrorCode) {
                        continue;
                    }
                    int before = history.undoCount();
                    history.apply(new Batch(batch));
                    if (history.undoCount() > before) {
                        at = push(states, at, changed);
                    } else {
                        states.set(at, changed);
                    }
                }
            }
            if (random.nextInt(3) != 0) {
                settle.run();
            }
            StorePropertyTest.assertSame(history.snapshot().root(), states.get(at));
            Structure.check(history.snapshot().root());
            assertThat(history.undoCount()).isEqualTo(at);
            assertThat(history.redoCount()).isEqualTo(states.size() - 1 - at);
        }
        for (; at > 0; at--) {
            assertThat(Objects.requireNonNull(history.undo()).isWhole()).isTrue();
            StorePropertyTest.assertSame(history.snapshot().root(), states.get(at - 1));
        }
    }

    private static int push(List<Object> states, int at, Object state) {
        states.subList(at + 1, states.size()).clear();
        states.add(state);
        return at + 1;
    }
}
