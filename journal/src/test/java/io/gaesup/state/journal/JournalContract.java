package io.gaesup.state.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.StateException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

abstract class JournalContract extends DecisionContract {
    @Nested
    class Create {
        @Test
        void beginsAtRevisionZeroWithNoRecords() {
            long incarnation = create("cart");

            var recovery = recover("cart");
            assertThat(recovery.store()).isEqualTo(new StoreEntry("cart", incarnation, 0));
            assertThat(recovery.snapshot()).isNull();
            assertThat(recovery.batches()).isEmpty();
            assertThat(recovery.lastSequences()).isEmpty();
        }

        @Test
        void givesEachLifeAnIncarnationOfItsOwnThatEveryClientCanHoldExactly() {
            long first = create("cart");
            journal.delete("cart", first).join();
            long second = create("cart");
            long other = create("other");

            assertThat(List.of(first, second, other))
                    .doesNotHaveDuplicates()
                    .allMatch(incarnation -> incarnation > 0 && incarnation < 1L << 53);
        }

        @Test
        void ofALivingStoreIsRefused() {
            long incarnation = create("cart");

            var e = failure(journal.create("cart"));

            assertThat(e.code()).isEqualTo(ErrorCode.STORE_EXISTS);
            assertThat(e).hasMessageContaining("cart").hasMessageContaining("" + incarnation);
            assertThat(recover("cart").store().incarnation()).isEqualTo(incarnation);
        }

        @Test
        void keepsAnyWellFormedName() {
            var names = List.of("a", "ü/💾 ?%#'\"\\", "x".repeat(Entry.STORE_NAME_LENGTH_MAX));
            names.forEach(name -> create(name));
            reopen();

            assertThat(journal.stores().stream().map(StoreEntry::name)).containsExactlyInAnyOrderElementsOf(names);
            assertThat(recover(names.get(1)).store().name()).isEqualTo(names.get(1));
        }

        @Test
        void refusesANameThatCouldNotBeReadBack() {
            for (String name : new String[] {"", "x".repeat(513), "half \ud83d pair", "\udcbe", "nul \0"}) {
                assertThatIllegalArgumentException()
                        .as(name)
                        .isThrownBy(() -> journal.create(name))
                        .withMessageContaining("store name");
            }
        }
    }

    @Nested
    class Append {
        @Test
        void isThereAfterReopening() {
            long incarnation = create("cart");
            journal.append(batch("cart", incarnation, 1, "ada", 7)).join();
            journal.append(batch("cart", incarnation, 2)).join();
            reopen();

            var recovery = recover("cart");
            assertThat(recovery.store()).isEqualTo(new StoreEntry("cart", incarnation, 2));
            assertThat(revisions(recovery)).containsExactly(1L, 2L);
            assertThat(recovery.batches().get(0).payload()).isEqualTo(payload(1));
            assertThat(recovery.batches().get(0).origin()).isEqualTo(new Entry.Origin("ada", 7));
            assertThat(recovery.batches().get(1).origin()).isNull();
            assertThat(recovery.lastSequences()).containsOnlyKeys("ada").containsEntry("ada", 7L);
        }

        @Test
        void keepsAnEmptyPayload() {
            long incarnation = create("cart");
            journal.append(new Entry.Batch("cart", incarnation, 1, new byte[0], null))
                    .join();

            assertThat(recover("cart").batches().get(0).payload()).isEmpty();
        }

        @Test
        void ofManyWithoutWaitingKeepsTheirOrder() {
            long incarnation = create("cart");
            var told = Collections.synchronizedList(new ArrayList<Long>());
            var all = new ArrayList<CompletableFuture<?>>();
            for (long revision = 1; revision <= 5000; revision++) {
                long told1 = revision;
                all.add(journal.append(batch("cart", incarnation, revision, "client " + revision % 7, revision))
                        .thenRun(() -> told.add(told1)));
            }
            all.forEach(CompletableFuture::join);

            assertThat(told).isSorted().hasSize(5000);
            assertThat(recover("cart").store().revision()).isEqualTo(5000);
            var statistics = journal.statistics();
            assertThat(statistics.entries()).isEqualTo(5001);
            assertThat(statistics.transactions()).isLessThan(statistics.entries());
            assertThat(statistics.queuedEntries()).isZero();
            assertThat(statistics.queuedBytes()).isZero();
        }

        @Test
        void toMoreStoresThanAreRememberedFollowsEachOfThem() {
            var created = new ArrayList<CompletableFuture<StoreEntry>>();
            for (int i = 0; i < 5000; i++) {
                created.add(journal.create("store " + i));
            }
            for (int revision = 1; revision <= 2; revision++) {
                var all = new ArrayList<CompletableFuture<?>>();
                for (var store : created) {
                    var entry = store.join();
                    all.add(journal.append(batch(entry.name(), entry.incarnation(), revision, "ada", revision)));
                }
                all.forEach(CompletableFuture::join);
            }

            assertThat(journal.stores()).hasSize(5000).allMatch(store -> store.revision() == 2);
        }

        @Test
        void ofARevisionThatDoesNotFollowIsRefusedAndTheRestOfTheGroupIsWritten() {
            long cart = create("cart");
            long other = create("other");
            var gap = journal.append(batch("cart", cart, 2, "ada", 1));
            var good = journal.append(batch("other", other, 1));
            var next = journal.append(batch("cart", cart, 1, "ada", 1));
            var again = journal.append(batch("cart", cart, 1));

            var e = failure(gap);
            assertThat(e.code()).isEqualTo(ErrorCode.REVISION_GAP);
            assertThat(e).hasMessageContaining("cart").hasMessageContaining("revision 1, got 2");
            good.join();
            next.join();
            assertThat(failure(again).code()).isEqualTo(ErrorCode.REVISION_GAP);
            assertThat(recover("cart").store().revision()).isEqualTo(1);
        }

        @Test
        void toALifeThatEndedIsRefused() {
            long first = create("cart");
            journal.delete("cart", first).join();
            assertThat(failure(journal.append(batch("cart", first, 1))).code()).isEqualTo(ErrorCode.UNKNOWN_STORE);
            long second = create("cart");

            var e = failure(journal.append(batch("cart", first, 1)));

            assertThat(e.code()).isEqualTo(ErrorCode.UNKNOWN_STORE);
            assertThat(e).hasMessageContaining("" + first).hasMessageContaining("" + second);
            assertThat(recover("cart").store()).isEqualTo(new StoreEntry("cart", second, 0));
        }

        @Test
        void ofTooLargeAPayloadIsRefused() {
            long incarnation = create("cart");

            var e = failure(journal.append(new Entry.Batch("cart", incarnation, 1, new byte[4097], null)));

            assertThat(e.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED);
            assertThat(e).hasMessageContaining("4097").hasMessageContaining("4096");
            journal.append(new Entry.Batch("cart", incarnation, 1, new byte[4096], null))
                    .join();
        }

        @Test
        void beyondTheQueueIsRefusedAtOnceAndCanBeTriedAgain() throws Exception {
            long incarnation = create("cart");
            journal.close();
            journal = open(SMALL.withQueue(2, 1 << 20), () -> now);
            var writerWaits = new CountDownLatch(1);
            var goOn = new CountDownLatch(1);
            // Completing on the writer's thread is promised: a dependent action that is registered in time holds it up.
            long revision = 0;
            boolean held = false;
            while (!held) {
                var first = journal.append(batch("cart", incarnation, ++revision));
                var caller = Thread.currentThread();
                var onWriter = first.thenApply(_ -> {
                    if (Thread.currentThread() == caller) {
                        return false;
                    }
                    writerWaits.countDown();
                    awaitQuietly(goOn);
                    return true;
                });
                held = !onWriter.isDone();
            }
            writerWaits.await();
            var second = journal.append(batch("cart", incarnation, revision + 1));
            var third = journal.append(batch("cart", incarnation, revision + 2));
            var fourth = journal.append(batch("cart", incarnation, revision + 3));

            assertThat(fourth).isDone();
            var e = failure(fourth);
            assertThat(e.code()).isEqualTo(ErrorCode.BUSY);
            assertThat(e).hasMessageContaining("revision " + (revision + 3)).hasMessageContaining("2 writes");
            assertThat(journal.statistics().refused()).isEqualTo(1);
            goOn.countDown();
            second.join();
            third.join();
            journal.append(batch("cart", incarnation, revision + 3)).join();
            assertThat(recover("cart").store().revision()).isEqualTo(revision + 3);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Nested
    class Delete {
        @Test
        void removesEverythingOfThatStoreOnly() {
            long cart = create("cart");
            long other = create("other");
            journal.append(batch("cart", cart, 1, "ada", 1)).join();
            journal.append(rejection("cart", cart, "ada", 2)).join();
            journal.append(batch("other", other, 1, "ada", 1)).join();
            journal.checkpoint("cart", cart, 1, payload(1)).join();
            journal.delete("cart", cart).join();
            reopen();

            assertThat(journal.recover("cart")).isNull();
            assertThat(journal.stores()).containsExactly(new StoreEntry("other", other, 1));
            assertThat(journal.lookup("other", other, "ada", 1)).isEqualTo(new Decision.Applied(1));
            long again = create("cart");
            assertThat(recover("cart").lastSequences()).isEmpty();
            journal.append(batch("cart", again, 1, "ada", 1)).join();
        }

        @Test
        void ofAnotherLifeIsRefused() {
            long cart = create("cart");

            assertThat(failure(journal.delete("cart", cart + 1)).code()).isEqualTo(ErrorCode.UNKNOWN_STORE);
            assertThat(failure(journal.delete("none", cart)).code()).isEqualTo(ErrorCode.UNKNOWN_STORE);
            assertThat(recover("cart").store().incarnation()).isEqualTo(cart);
        }

        @Test
        void inOneGroupWithItsAppendsAndANewLifeGoesInOrder() {
            long first = create("cart");
            var all = new ArrayList<CompletableFuture<?>>();
            for (int revision = 1; revision <= 50; revision++) {
                all.add(journal.append(batch("cart", first, revision, "ada", revision)));
            }
            all.add(journal.checkpoint("cart", first, 25, payload(25)));
            all.add(journal.delete("cart", first));
            var created = journal.create("cart");
            all.forEach(CompletableFuture::join);
            long second = created.join().incarnation();

            assertThat(recover("cart").store()).isEqualTo(new StoreEntry("cart", second, 0));
        }
    }

    @Nested
    class Epoch {
        @Test
        void eachOpeningTakesTheNext() {
            long first = journal.epoch();
            reopen();

            assertThat(journal.epoch()).isEqualTo(first + 1);
        }

        @Test
        void anOlderOneMayWriteNoMore() throws Exception {
            long incarnation = create("cart");
            journal.append(batch("cart", incarnation, 1)).join();
            raiseEpoch();

            var e = failure(journal.append(batch("cart", incarnation, 2)));
            assertThat(e.code()).isEqualTo(ErrorCode.FENCED);
            assertThat(e)
                    .hasMessageContaining("epoch " + journal.epoch())
                    .hasMessageContaining("" + (journal.epoch() + 1));
            assertThat(failure(journal.create("other")).code()).isEqualTo(ErrorCode.FENCED);
            assertThat(Objects.requireNonNull(journal.failure()).code()).isEqualTo(ErrorCode.FENCED);
            assertThat(recover("cart").store().revision()).isEqualTo(1);
        }
    }

    @Nested
    class Close {
        @Test
        void writesWhatIsQueuedFirst() {
            long incarnation = create("cart");
            var all = new ArrayList<CompletableFuture<?>>();
            for (int revision = 1; revision <= 3000; revision++) {
                all.add(journal.append(batch("cart", incarnation, revision)));
            }
            reopen();

            assertThat(all).allMatch(future -> future.isDone() && !future.isCompletedExceptionally());
            assertThat(recover("cart").store().revision()).isEqualTo(3000);
        }

        @Test
        void refusesLaterCalls() {
            long incarnation = create("cart");
            journal.close();
            journal.close();

            assertThat(failure(journal.append(batch("cart", incarnation, 1))).code())
                    .isEqualTo(ErrorCode.CLOSED);
            var e = catchThrowableOfType(StateException.class, () -> journal.recover("cart"));
            assertThat(e.code()).isEqualTo(ErrorCode.CLOSED);
        }
    }
}
