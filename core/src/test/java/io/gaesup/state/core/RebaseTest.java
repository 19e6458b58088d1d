package io.gaesup.state.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Carrying at the ends of what is legal: the deepest places, and the test of something that is gone. */
final class RebaseTest {

    private final Replica replica = new Replica("board", MapValue.empty());

    @ParameterizedTest
    @ValueSource(ints = {1, 63, 64, 65, 100, 509})
    void anEditHitsItsRowHoweverDeepTheListIs(int depth) {
        String list = "/n".repeat(depth);
        Value document = Notation.read("[{'id':'a'},{'id':'b'}]");
        for (int i = 0; i < depth; i++) {
            document = MapValue.of("n", document);
        }
        replica.state(1, 0, document, List.of());
        replica.set(Path.of(list + "/1/edited"), Value.of(true));

        replica.deltas(1, List.of(List.of(new Operation.Insert(Path.of(list + "/0"), Notation.read("{'id':'new'}")))));

        assertThat(replica.get(Path.of(list)))
                .isEqualTo(Notation.read("[{'id':'new'},{'id':'a'},{'id':'b','edited':true}]"));
    }

    @Test
    void anEditThatWouldBeTooDeepAfterAMoveIsTakenBack() {
        Path deepest = Path.of("/a" + "/d".repeat(510));
        replica.state(1, 0, MapValue.of("a", nested(511), "b", MapValue.empty()), List.of());
        Commit edit = replica.set(deepest.child("leaf"), Value.of(1));
        Commit other = replica.set(Path.of("/b/other"), Value.of(2));

        assertThat(edit.committed().isDone()).isFalse();
        replica.deltas(
                1,
                List.of(
                        List.of(new Operation.Set(Path.of("/a/d"), MapValue.empty())),
                        List.of(new Operation.Move(Path.of("/a"), Path.of("/b/c"))),
                        List.of(new Operation.Set(Path.of("/z"), Value.of(5)))));

        assertThat(replica.revision()).isEqualTo(3);
        assertThat(replica.get(Path.ROOT)).isEqualTo(Notation.read("{'b':{'c':{'d':{}},'other':2},'z':5}"));
        assertThat(other.committed().isDone()).isFalse();
    }

    @Test
    void whatWasMadeInsideAMapThatMovedTooDeepIsTakenBack() {
        replica.state(1, 0, Notation.read("{'a':{},'b':{}}"), List.of());
        Commit deep = replica.set(Path.of("/a/x"), nested(510));
        Commit inside = replica.set(Path.of("/a/x" + "/d".repeat(509) + "/leaf"), Value.of(1));

        replica.deltas(1, List.of(List.of(new Operation.Move(Path.of("/a"), Path.of("/b/c")))));

        assertThat(replica.get(Path.ROOT)).isEqualTo(Notation.read("{'b':{'c':{}}}"));
        assertThat(deep.committed().failure()).hasMessageContaining("LIMIT_EXCEEDED");
        assertThat(inside.committed().isDone()).isFalse();
        assertThat(replica.pendingCount()).isEqualTo(1);
    }

    @Test
    void aTestOfWhatIsGoneFailsWhateverElseIsThere() {
        Value after = Notation.read("{'m':{'-':1},'-':1}");
        for (Operation test : List.of(
                new Operation.Test(Path.of("/m/a/b"), Value.of(1)),
                new Operation.Test(Path.of("/m/a/b"), null),
                new Operation.Test(Path.of("/m/a"), Value.of(1)))) {
            Operation carried = Objects.requireNonNull(Rebase.carry(test, new Operation.Delete(Path.of("/m/a")), true));
            assertThatThrownBy(() -> Tree.apply(after, List.of(carried))).hasMessageContaining("TEST_FAILED");
            Operation further = Objects.requireNonNull(
                    Rebase.carry(carried, new Operation.Move(Path.of("/m"), Path.of("/-")), true));
            assertThatThrownBy(() -> Tree.apply(after, List.of(further))).hasMessageContaining("TEST_FAILED");
        }
    }

    @Test
    void manyTestsOfWhatIsGoneTakeNoMoreThanOne() {
        List<Operation> tests = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            tests.add(new Operation.Test(Path.of("/m/a/b" + i), Value.of(1)));
        }
        tests.add(new Operation.Set(Path.of("/n"), Value.of(1)));
        List<List<Operation>> pending = new ArrayList<>(List.of(tests));

        Rebase.over(List.of(new Operation.Delete(Path.of("/m/a"))), pending);

        assertThat(pending.getFirst()).hasSize(2).endsWith(tests.getLast());
    }

    /** Maps in maps, so many. */
    private static Value nested(int depth) {
        Value value = MapValue.empty();
        for (int i = 1; i < depth; i++) {
            value = MapValue.of("d", value);
        }
        return value;
    }
}
