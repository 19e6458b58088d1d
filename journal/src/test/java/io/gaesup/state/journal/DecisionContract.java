package io.gaesup.state.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gaesup.state.core.ErrorCode;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What is decided stays decided: sequences, checkpoints and what they forget. */
abstract class DecisionContract extends JournalFixture {
    @Nested
    class ExactlyOnce {
        @Test
        void aSequenceIsDecidedOnce() {
            long incarnation = create("cart");
            journal.append(batch("cart", incarnation, 1, "ada", 5)).join();

            for (long sequence : new long[] {5, 4}) {
                var e = failure(journal.append(batch("cart", incarnation, 2, "ada", sequence)));
                assertThat(e.code()).isEqualTo(ErrorCode.SEQUENCE_DECIDED);
                assertThat(e).hasMessageContaining("ada").hasMessageContaining("5");
            }
            assertThat(failure(journal.append(rejection("cart", incarnation, "ada", 5)))
                            .code())
                    .isEqualTo(ErrorCode.SEQUENCE_DECIDED);
            reopen();
            assertThat(failure(journal.append(batch("cart", incarnation, 2, "ada", 5)))
                            .code())
                    .isEqualTo(ErrorCode.SEQUENCE_DECIDED);
            assertThat(recover("cart").store().revision()).isEqualTo(1);
        }

        @Test
        void twoInOneGroupAreDecidedOnce() {
            long incarnation = create("cart");
            var first = journal.append(rejection("cart", incarnation, "ada", 5));
            var second = journal.append(batch("cart", incarnation, 1, "ada", 5));

            first.join();
            assertThat(failure(second).code()).isEqualTo(ErrorCode.SEQUENCE_DECIDED);
            assertThat(recover("cart").store().revision()).isZero();
        }

        @Test
        void sequencesOfOtherClientsAndStoresAreTheirOwn() {
            long cart = create("cart");
            long other = create("other");
            journal.append(batch("cart", cart, 1, "ada", 5)).join();
            journal.append(batch("cart", cart, 2, "bob", 1)).join();
            journal.append(batch("other", other, 1, "ada", 2)).join();

            assertThat(recover("cart").lastSequences()).isEqualTo(java.util.Map.of("ada", 5L, "bob", 1L));
            assertThat(recover("other").lastSequences()).isEqualTo(java.util.Map.of("ada", 2L));
        }

        @Test
        void aDecisionIsFoundAgain() {
            long incarnation = create("cart");
            journal.append(batch("cart", incarnation, 1, "ada", 3)).join();
            journal.append(rejection("cart", incarnation, "ada", 4)).join();
            reopen();

            assertThat(journal.lookup("cart", incarnation, "ada", 3)).isEqualTo(new Decision.Applied(1));
            assertThat(journal.lookup("cart", incarnation, "ada", 4))
                    .isEqualTo(new Decision.Rejected("NOT_A_NUMBER", "found string \"three\""));
            assertThat(journal.lookup("cart", incarnation, "ada", 2)).isEqualTo(new Decision.Forgotten(4));
            assertThat(journal.lookup("cart", incarnation, "ada", 5)).isNull();
            assertThat(journal.lookup("cart", incarnation, "bob", 1)).isNull();
            assertThat(journal.lookup("cart", incarnation + 1, "ada", 3)).isNull();
            assertThat(journal.lookup("none", incarnation, "ada", 3)).isNull();
        }

        @Test
        void aRejectionsMessageIsCutAndStorable() {
            long incarnation = create("cart");
            journal.append(new Entry.Rejection(
                            "cart",
                            incarnation,
                            new Entry.Origin("ada", 1),
                            "BAD",
                            "nul \0, half \ud83d" + "x".repeat(5000)))
                    .join();

            var decision = (Decision.Rejected) journal.lookup("cart", incarnation, "ada", 1);
            assertThat(decision.message()).startsWith("nul ?, half ?xx").hasSize(Entry.MESSAGE_LENGTH_MAX);
        }

        @Test
        void rejectionsAloneDoNotGrowWithoutEnd() {
            long incarnation = create("cart");
            for (int sequence = 1; sequence <= 20; sequence++) {
                journal.append(rejection("cart", incarnation, "ada", sequence)).join();
            }
            reopen();

            assertThat(journal.lookup("cart", incarnation, "ada", 20)).isInstanceOf(Decision.Rejected.class);
            assertThat(journal.lookup("cart", incarnation, "ada", 17)).isInstanceOf(Decision.Rejected.class);
            assertThat(journal.lookup("cart", incarnation, "ada", 10)).isEqualTo(new Decision.Forgotten(20));
        }
    }

    @Nested
    class Checkpoint {
        @Test
        void recoveryBeginsWithTheNewest() {
            long incarnation = create("cart");
            for (int revision = 1; revision <= 10; revision++) {
                journal.append(batch("cart", incarnation, revision, "ada", revision))
                        .join();
                if (revision % 4 == 0) {
                    journal.checkpoint("cart", incarnation, revision, ("state " + revision).getBytes(UTF_8))
                            .join();
                }
            }
            reopen();

            var recovery = recover("cart");
            assertThat(recovery.checkpointRevision()).isEqualTo(8);
            assertThat(recovery.snapshot()).isEqualTo("state 8".getBytes(UTF_8));
            assertThat(revisions(recovery)).containsExactly(9L, 10L);
            assertThat(recovery.store().revision()).isEqualTo(10);
            assertThat(recovery.lastSequences()).containsEntry("ada", 10L);
            assertThat(journal.stores()).containsExactly(new StoreEntry("cart", incarnation, 10));
        }

        @Test
        void keepsABoundedHistoryOfDecisions() {
            long incarnation = create("cart");
            journal.append(rejection("cart", incarnation, "ada", 1)).join();
            for (int revision = 1; revision <= 10; revision++) {
                journal.append(batch("cart", incarnation, revision, "ada", revision + 1))
                        .join();
            }
            journal.checkpoint("cart", incarnation, 10, new byte[0]).join();

            assertThat(journal.lookup("cart", incarnation, "ada", 11)).isEqualTo(new Decision.Applied(10));
            assertThat(journal.lookup("cart", incarnation, "ada", 8)).isEqualTo(new Decision.Applied(7));
            assertThat(journal.lookup("cart", incarnation, "ada", 7)).isEqualTo(new Decision.Forgotten(11));
            assertThat(journal.lookup("cart", incarnation, "ada", 1)).isEqualTo(new Decision.Forgotten(11));
            reopen();
            assertThat(recover("cart").snapshot()).isEmpty();
            assertThat(recover("cart").batches()).isEmpty();
            journal.append(batch("cart", incarnation, 11, "ada", 12)).join();
        }

        @Test
        void keepsTheLastSequenceOfAClientWhoseDecisionsAreGone() {
            long incarnation = create("cart");
            journal.append(batch("cart", incarnation, 1, "ada", 9)).join();
            for (int revision = 2; revision <= 10; revision++) {
                journal.append(batch("cart", incarnation, revision)).join();
            }
            journal.checkpoint("cart", incarnation, 10, new byte[0]).join();
            reopen();

            assertThat(recover("cart").lastSequences()).containsEntry("ada", 9L);
            assertThat(failure(journal.append(batch("cart", incarnation, 11, "ada", 9)))
                            .code())
                    .isEqualTo(ErrorCode.SEQUENCE_DECIDED);
        }

        @Test
        void forgetsClientsUnseenForLongAndOnlyThem() {
            long incarnation = create("cart");
            journal.append(batch("cart", incarnation, 1, "old", 9)).join();
            journal.append(rejection("cart", incarnation, "older", 9)).join();
            now = now.plus(Duration.ofDays(2));
            for (int revision = 2; revision <= 9; revision++) {
                journal.append(batch("cart", incarnation, revision, "new", revision))
                        .join();
            }
            journal.checkpoint("cart", incarnation, 3, new byte[0]).join();
            assertThat(recover("cart").lastSequences()).containsOnlyKeys("old", "older", "new");
            journal.checkpoint("cart", incarnation, 9, new byte[0]).join();

            assertThat(recover("cart").lastSequences()).containsOnlyKeys("new");
            journal.append(batch("cart", incarnation, 10, "old", 9)).join();
            reopen();
            assertThat(recover("cart").lastSequences()).containsEntry("old", 9L);
        }

        @Test
        void aClockThatJumpsAheadForgetsNoOneInTheHistory() {
            long incarnation = create("cart");
            journal.append(batch("cart", incarnation, 1, "ada", 9)).join();
            now = now.plus(Duration.ofDays(40_000));
            journal.checkpoint("cart", incarnation, 1, new byte[0]).join();

            assertThat(recover("cart").lastSequences()).containsEntry("ada", 9L);
        }

        @Test
        void outsideTheRevisionsIsRefused() {
            long incarnation = create("cart");
            journal.append(batch("cart", incarnation, 1)).join();
            journal.append(batch("cart", incarnation, 2)).join();

            var ahead = failure(journal.checkpoint("cart", incarnation, 3, new byte[0]));
            assertThat(ahead.code()).isEqualTo(ErrorCode.REVISION_GAP);
            assertThat(ahead).hasMessageContaining("0 to 2, got 3");
            journal.checkpoint("cart", incarnation, 2, payload(2)).join();
            assertThat(failure(journal.checkpoint("cart", incarnation, 1, new byte[0]))
                            .code())
                    .isEqualTo(ErrorCode.REVISION_GAP);
            assertThat(recover("cart").snapshot()).isEqualTo(payload(2));
            assertThat(failure(journal.checkpoint("none", incarnation, 0, new byte[0]))
                            .code())
                    .isEqualTo(ErrorCode.UNKNOWN_STORE);
        }
    }
}
