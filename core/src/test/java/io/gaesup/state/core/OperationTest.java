package io.gaesup.state.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class OperationTest {

    private static final Path A = Path.of("/a");

    @Nested
    class Arguments {

        @Test
        void theWholeDocumentIsNotDeletedInsertedOrMoved() {
            assertBadPath(() -> new Operation.Delete(Path.ROOT), "cannot be deleted");
            assertBadPath(() -> new Operation.Insert(Path.ROOT, Value.NULL), "a position in a list");
            assertBadPath(() -> new Operation.Move(Path.ROOT, A), "cannot be moved");
            assertBadPath(() -> new Operation.Move(A, Path.ROOT), "moved onto");
        }

        @Test
        void aBatchHasAMillionOperationsAtMost() {
            Operation each = new Operation.Delete(A);
            assertThat(new Batch(Collections.nCopies(1_000_000, each)).operations())
                    .hasSize(1_000_000);
            assertThatThrownBy(() -> new Batch(Collections.nCopies(1_000_001, each)))
                    .hasMessage("LIMIT_EXCEEDED: a batch has at most 1000000 operations, this one has 1000001");
        }

        @Test
        void aBatchKeepsItsOwnList() {
            List<Operation> operations = new ArrayList<>(List.of(new Operation.Delete(A)));
            Batch batch = new Batch(operations);
            operations.clear();
            assertThat(batch.operations()).hasSize(1);
            assertThatThrownBy(() -> batch.operations().clear()).isInstanceOf(UnsupportedOperationException.class);
        }

        private static void assertBadPath(Runnable making, String message) {
            assertThatThrownBy(making::run)
                    .isInstanceOfSatisfying(
                            StateException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_PATH))
                    .hasMessageContaining(message);
        }
    }

    @Test
    void theBuilderMakesEachKind() {
        Batch batch = Batch.builder()
                .set("/a", Value.of(1))
                .merge("/a", Value.of(2))
                .delete("/a")
                .increment("/a", 3)
                .insert("/a/0", Value.of(4))
                .move("/a", "/b")
                .test("/a", Value.of(5))
                .build();
        assertThat(batch)
                .isEqualTo(Batch.of(
                        new Operation.Set(A, Value.of(1)),
                        new Operation.Merge(A, Value.of(2)),
                        new Operation.Delete(A),
                        new Operation.Increment(A, Value.of(3)),
                        new Operation.Insert(Path.of("/a/0"), Value.of(4)),
                        new Operation.Move(A, Path.of("/b")),
                        new Operation.Test(A, Value.of(5))));
        assertThat(batch.operations())
                .extracting(Operation::name)
                .containsExactly("set", "merge", "delete", "increment", "insert", "move", "test");
    }

    @Nested
    class Messages {

        private final LocalStore store = LocalStore.create(
                "cart", Notation.read("{'count':'three','items':[1,2],'long':'" + "x".repeat(500) + "'}"));

        @Test
        void sayWhatWasFound() {
            assertMessage(
                    Batch.builder().increment("/count", 1),
                    "NOT_A_NUMBER: increment at /count: expected a number, found string \"three\"");
            assertMessage(
                    Batch.builder().set("/count/x", Value.NULL),
                    "WRONG_TYPE: set at /count/x: expected a container at /count, found string \"three\"");
            assertMessage(
                    Batch.builder().insert("/0", Value.NULL),
                    "WRONG_TYPE: insert at /0: expected a list at the whole document, found map map(3 entries)");
            assertMessage(
                    Batch.builder().delete("/items/2"),
                    "INDEX_OUT_OF_RANGE: delete at /items/2: no position 2 in the list of 2 at /items");
            assertMessage(Batch.builder().set("/a/b", Value.NULL), "NOT_FOUND: set at /a/b: nothing is at /a");
            assertMessage(Batch.builder().move("/a/b", "/c"), "NOT_FOUND: move at /a/b: nothing is at /a");
            assertMessage(
                    Batch.builder().move("/items", "/items/0"),
                    "BAD_PATH: cannot move /items into itself, to /items/0");
            assertMessage(
                    Batch.builder().test("/items/0", Value.of(2)),
                    "TEST_FAILED: test at /items/0: expected int 2, found int 1");
        }

        @Test
        void sayWhichOperationOfABatchItWas() {
            assertMessage(
                    Batch.builder().set("/a", Value.NULL).delete("/b"),
                    "NOT_FOUND: delete at /b: nothing is at /b (operation 1 of 2)");
        }

        @Test
        void areNotLong() {
            assertThatThrownBy(() -> store.increment(Path.of("/long"), 1))
                    .message()
                    .hasSizeLessThan(200);
            assertThatThrownBy(() -> store.apply(Batch.builder()
                            .test("/long", Value.of("y".repeat(5000)))
                            .build()))
                    .message()
                    .hasSizeLessThan(300);
            assertThatThrownBy(() -> store.delete(Path.of("/" + "k".repeat(5000))))
                    .message()
                    .hasSizeLessThan(600);
        }

        private void assertMessage(Batch.Builder batch, String message) {
            assertThatThrownBy(() -> store.apply(batch.build())).hasMessage(message);
        }
    }
}
