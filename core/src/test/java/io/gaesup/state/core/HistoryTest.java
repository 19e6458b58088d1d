package io.gaesup.state.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gaesup.state.core.History.Settings;
import io.gaesup.state.core.Undone.Reason;
import io.gaesup.state.core.Undone.Skipped;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class HistoryTest {

    private final LocalStore store = LocalStore.create("board", of("{'a':1,'l':['x','y','z'],'m':{'p':1,'q':2}}"));
    private final History mine = History.of(store);

    private static Value of(String text) {
        return Notation.read(text);
    }

    private static Path at(String path) {
        return Path.of(path);
    }

    private static Batch.Builder batch() {
        return Batch.builder();
    }

    private String text() {
        return Notation.write(store.snapshot().root());
    }

    private Undone undo() {
        return Objects.requireNonNull(mine.undo(), "there is nothing to undo");
    }

    private Undone redo() {
        return Objects.requireNonNull(mine.redo(), "there is nothing to redo");
    }

    @Nested
    final class Alone {

        @Test
        void anUndoIsARevisionThatListenersSee() {
            mine.set(at("/a"), Value.of(2));
            List<Change> seen = new ArrayList<>();
            store.subscribe(at("/a"), seen::add);

            Undone undone = undo();

            assertThat(store.revision()).isEqualTo(2);
            assertThat(Objects.requireNonNull(undone.commit()).revision()).isEqualTo(2);
            assertThat(seen).hasSize(1);
            assertThat(seen.getFirst().operations()).containsExactly(new Operation.Set(at("/a"), Value.of(1)));
        }

        @Test
        void nothingToUndoIsNull() {
            assertThat(mine.undo()).isNull();
            assertThat(mine.redo()).isNull();
            assertThat(store.revision()).isZero();
        }

        @Test
        void anEditForgetsWhatCouldBeRedone() {
            mine.set(at("/a"), Value.of(2));
            undo();
            mine.set(at("/a"), Value.of(3));

            assertThat(mine.canRedo()).isFalse();
        }

        @Test
        void aBatchThatFailsIsNoStep() {
            assertThatThrownBy(() -> mine.apply(
                            batch().set("/a", Value.of(2)).delete("/no").build()))
                    .isInstanceOf(StateException.class);

            assertThat(mine.canUndo()).isFalse();
            store.set(at("/a"), Value.of(5));
            assertThat(mine.canUndo()).isFalse();
        }

        @Test
        void aBatchThatChangesNothingIsNoStep() {
            mine.apply(batch().test("/a", Value.of(1)).set("/a", Value.of(1)).build());

            assertThat(mine.canUndo()).isFalse();
            assertThat(store.revision()).isEqualTo(1);
        }

        @Test
        void keysComeBackToTheirPlace() {
            String before = text();
            mine.apply(batch().delete("/a").move("/m/p", "/m/r").build());
            assertThat(text()).isEqualTo("{'l':['x','y','z'],'m':{'q':2,'r':1}}");

            undo();
            assertThat(text()).isEqualTo(before);
            redo();
            assertThat(text()).isEqualTo("{'l':['x','y','z'],'m':{'q':2,'r':1}}");
            undo();
            assertThat(text()).isEqualTo(before);
        }

        @Test
        void inALargeMapAKeyComesBackAtTheEnd() {
            MapValue.Builder large = MapValue.builder();
            for (int i = 0; i <= Inverse.KEYS_IN_ORDER_MAX; i++) {
                large.put("k" + i, Value.of(i));
            }
            mine.set(at("/m"), large.build());
            mine.delete(at("/m/k0"));
            undo();

            List<String> keys = new ArrayList<>();
            ((MapValue) Objects.requireNonNull(store.get(at("/m")))).forEach((key, value) -> keys.add(key));
            assertThat(keys)
                    .hasSize(Inverse.KEYS_IN_ORDER_MAX + 1)
                    .endsWith("k0")
                    .startsWith("k1");
        }

        @Test
        void floatsComeBackExactly() {
            store.set(at("/a"), Value.of(0.1));
            mine.apply(new Operation.Increment(at("/a"), Value.of(0.2)));
            undo();

            assertThat(store.get(at("/a"))).isEqualTo(Value.of(0.1));
        }

        @Test
        void olderStepsThanTheCapacityAreForgotten() {
            History small = History.of(store, Settings.defaults().withCapacity(3), null);
            for (int i = 1; i <= 5; i++) {
                small.set(at("/a"), Value.of(10 * i));
            }

            assertThat(small.undoCount()).isEqualTo(3);
            assertThat(small.snapshots()).extracting(Snapshot::revision).containsExactly(2L, 3L, 4L);
            for (int i = 0; i < 3; i++) {
                small.undo();
            }
            assertThat(small.undo()).isNull();
            assertThat(store.get(at("/a"))).isEqualTo(Value.of(20));
        }

        @Test
        void aListenerThatEditsMakesAStepOfItsOwn() {
            store.subscribe(at("/a"), change -> {
                if (mine.undoCount() == 1) {
                    mine.set(at("/seen"), Value.of(true));
                }
            });
            mine.set(at("/a"), Value.of(2));

            assertThat(mine.undoCount()).isEqualTo(2);
            undo();
            assertThat(text()).isEqualTo("{'a':2,'l':['x','y','z'],'m':{'p':1,'q':2}}");
        }

        @Test
        void settingsRefuseWhatMakesNoSense() {
            assertThatThrownBy(() -> Settings.defaults().withCapacity(0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("capacity of 0");
            assertThatThrownBy(() -> History.of(store, Settings.defaults().withGroupNanos(1), null))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("clock");
        }
    }

    @Nested
    final class Groups {

        @Test
        void editsOfAGroupAreOneStep() {
            String before = text();
            try (History.Group group = mine.group("paste")) {
                mine.set(at("/a"), Value.of(2));
                mine.delete(at("/l/0"));
                try (History.Group inner = mine.group("inner")) {
                    mine.set(at("/l/0"), Value.of("Y"));
                }
                mine.set(at("/l/0"), Value.of("YY"));
            }
            mine.set(at("/a"), Value.of(3));

            assertThat(mine.undoCount()).isEqualTo(2);
            undo();
            assertThat(mine.undoLabel()).isEqualTo("paste");
            long revision = store.revision();
            undo();
            assertThat(text()).isEqualTo(before);
            assertThat(store.revision()).isEqualTo(revision + 1);
            assertThat(mine.redoLabel()).isEqualTo("paste");
            redo();
            assertThat(text()).isEqualTo("{'a':2,'l':['YY','z'],'m':{'p':1,'q':2}}");
        }

        @Test
        void editsThatFollowEachOtherFastAreOneStep() {
            VirtualScheduler clock = new VirtualScheduler();
            History typing = History.of(store, Settings.defaults().withGroupNanos(500_000_000), clock);
            typing.set(at("/a"), Value.of("h"));
            clock.advanceMillis(500);
            typing.set(at("/a"), Value.of("he"));
            clock.advanceMillis(501);
            typing.set(at("/a"), Value.of("hey"));
            typing.endStep();
            typing.set(at("/a"), Value.of("hey!"));

            assertThat(typing.undoCount()).isEqualTo(3);
            typing.undo();
            typing.undo();
            assertThat(store.get(at("/a"))).isEqualTo(Value.of("he"));
            typing.undo();
            assertThat(store.get(at("/a"))).isEqualTo(Value.of(1));
        }
    }

    @Nested
    final class WhileOthersWrite {

        @Test
        void othersEditsAreNotUndone() {
            store.set(at("/a"), Value.of(2));
            assertThat(mine.undo()).isNull();

            mine.set(at("/m/p"), Value.of(7));
            store.set(at("/m/q"), Value.of(8));
            assertThat(undo().isWhole()).isTrue();
            assertThat(text()).isEqualTo("{'a':2,'l':['x','y','z'],'m':{'p':1,'q':8}}");
        }

        @Test
        void whatSomebodyOverwroteStaysAndIsReported() {
            mine.apply(batch().set("/a", Value.of(2)).set("/m/p", Value.of(3)).build());
            store.set(at("/a"), Value.of(9));

            assertThat(undo().skipped()).containsExactly(new Skipped(at("/a"), Reason.CHANGED));
            assertThat(text()).isEqualTo("{'a':9,'l':['x','y','z'],'m':{'p':1,'q':2}}");
            assertThat(redo().isWhole()).isTrue();
            assertThat(text()).isEqualTo("{'a':9,'l':['x','y','z'],'m':{'p':3,'q':2}}");
        }

        @Test
        void whereNothingIsLeftToUndoThereIsNoRevision() {
            mine.set(at("/a"), Value.of(2));
            store.delete(at("/a"));
            long revision = store.revision();

            assertThat(undo()).isEqualTo(new Undone(null, List.of(new Skipped(at("/a"), Reason.GONE))));
            assertThat(store.revision()).isEqualTo(revision);
            assertThat(mine.canUndo()).isFalse();
            assertThat(mine.canRedo()).isFalse();
        }

        @Test
        void anUndoHitsItsOwnRowWhereverItIs() {
            mine.set(at("/l/2"), Value.of("Z"));
            store.apply(
                    batch().insert("/l/0", Value.of("new")).move("/l/3", "/l/1").build());
            assertThat(text()).isEqualTo("{'a':1,'l':['new','Z','x','y'],'m':{'p':1,'q':2}}");

            assertThat(undo().isWhole()).isTrue();
            assertThat(text()).isEqualTo("{'a':1,'l':['new','z','x','y'],'m':{'p':1,'q':2}}");
            store.delete(at("/l/0"));
            assertThat(redo().isWhole()).isTrue();
            assertThat(text()).isEqualTo("{'a':1,'l':['Z','x','y'],'m':{'p':1,'q':2}}");
        }

        @Test
        void aDeletedRowComesBackBetweenItsNeighbours() {
            mine.delete(at("/l/1"));
            store.apply(batch().insert("/l/0", Value.of("new")).build());

            undo();
            assertThat(text()).isEqualTo("{'a':1,'l':['new','x','y','z'],'m':{'p':1,'q':2}}");
        }

        @Test
        void anInsertedRowThatSomebodyEditedStays() {
            mine.apply(batch().insert("/l/0", of("{'n':1}")).build());
            store.set(at("/l/0/n"), Value.of(2));

            assertThat(undo().skipped()).containsExactly(new Skipped(at("/l/0"), Reason.CHANGED));
            assertThat(text()).startsWith("{'a':1,'l':[{'n':2},");
        }

        @Test
        void aRowMovedByTwoStaysWhereTheOtherPutIt() {
            mine.apply(batch().move("/l/0", "/l/2").build());
            store.apply(batch().move("/l/2", "/l/1").build());

            assertThat(undo().skipped()).containsExactly(new Skipped(at("/l/2"), Reason.CHANGED));
            assertThat(text()).contains("['y','x','z']");
        }

        @Test
        void stepsBeneathOneThatWasSkippedStillHitTheirRows() {
            mine.set(at("/l/2"), Value.of("Z"));
            mine.apply(batch().insert("/l/0", of("{'n':1}")).build());
            store.set(at("/l/0/n"), Value.of(2));

            assertThat(undo().commit()).isNull();
            assertThat(undo().isWhole()).isTrue();
            assertThat(text()).isEqualTo("{'a':1,'l':[{'n':2},'x','y','z'],'m':{'p':1,'q':2}}");
        }

        @Test
        void sumsAreTakenBackFromSums() {
            mine.increment(at("/a"), 5);
            store.increment(at("/a"), 3);
            mine.increment(at("/new"), 2);
            store.increment(at("/new"), 1);

            assertThat(undo().isWhole()).isTrue();
            assertThat(undo().isWhole()).isTrue();
            assertThat(text()).isEqualTo("{'a':4,'l':['x','y','z'],'m':{'p':1,'q':2},'new':1}");
        }

        @Test
        void aKeyThatSomebodyMadeAnewStays() {
            mine.delete(at("/a"));
            store.set(at("/a"), Value.of(5));

            assertThat(undo().skipped()).containsExactly(new Skipped(at("/a"), Reason.CHANGED));
        }

        @Test
        void twoAuthorsUndoTheirOwn() {
            History other = History.of(store);
            mine.set(at("/l/0"), Value.of("X"));
            other.apply(batch().delete("/l/1").build());
            mine.set(at("/l/1"), Value.of("Z"));
            other.set(at("/a"), Value.of(2));

            undo();
            undo();
            assertThat(text()).isEqualTo("{'a':2,'l':['x','z'],'m':{'p':1,'q':2}}");
            other.undo();
            other.undo();
            assertThat(text()).isEqualTo("{'a':1,'l':['x','y','z'],'m':{'p':1,'q':2}}");
        }

        @Test
        void aDetachedHistoryKnowsNothingMore() {
            mine.set(at("/a"), Value.of(2));
            mine.detach();
            store.set(at("/a"), Value.of(3));

            assertThat(mine.undo()).isNull();
        }
    }

    @Nested
    final class Restoring {

        @Test
        void bringsBackTheWholeDocumentAndIsAStep() {
            String start = text();
            mine.save("start");
            mine.set(at("/a"), Value.of(2));
            store.delete(at("/l/0"));
            String changed = text();

            Commit commit = mine.restore("start");

            assertThat(commit.revision()).isEqualTo(3);
            assertThat(text()).isEqualTo(start);
            undo();
            assertThat(text()).isEqualTo(changed);
            mine.restore(mine.snapshots().getFirst());
            assertThat(text()).isEqualTo(start);
        }

        @Test
        void namesAreFewAndCanBeDropped() {
            History few = History.of(store, Settings.defaults().withNamedMax(2), null);
            few.save("one");
            few.save("two");
            few.save("two");
            assertThatThrownBy(() -> few.save("three"))
                    .isInstanceOf(StateException.class)
                    .hasMessageContaining("at most 2 snapshots of store 'board'")
                    .hasMessageStartingWith("LIMIT_EXCEEDED");
            few.drop("one");
            few.save("three");

            assertThat(few.savedNames()).containsExactly("two", "three");
            assertThat(few.saved("one")).isNull();
            assertThatThrownBy(() -> few.restore("one"))
                    .isInstanceOf(StateException.class)
                    .hasMessageStartingWith("NOT_FOUND: no snapshot of store 'board' is saved as 'one'");
        }
    }
}
