package io.gaesup.state.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class BatchQueueTest {

    private final VirtualScheduler clock = new VirtualScheduler();
    private final LocalStore store =
            LocalStore.create("queued", Notation.read("{'n':0,'m':{'x':1,'y':2},'l':[1,2,3]}"));
    private final DiskStore disk = new DiskStore(store, clock, 10);
    private final List<Change> heard = new ArrayList<>();

    BatchQueueTest() {
        store.subscribe(Path.ROOT, heard::add);
    }

    private static Update add(String path, long by) {
        return Update.of(Batch.builder().increment(path, by).build());
    }

    private static Update set(String path, String value) {
        return Update.of(Batch.builder().set(path, Notation.read(value)).build());
    }

    private static @Nullable ErrorCode code(Committed committed) {
        StateException failure = committed.failure();
        return failure == null ? null : failure.code();
    }

    private String document() {
        return Notation.write(store.snapshot().root());
    }

    @Nested
    class Cutting {

        @Test
        void anIdleWriterLetsNothingWait() {
            try (BatchQueue queue = BatchQueue.open(store, clock)) {
                assertThat(queue.submit(add("/n", 1).withPriority(Priority.LOW)).revision())
                        .isEqualTo(1);
                assertThat(queue.submit(add("/n", 1)).revision()).isEqualTo(2);
            }
            assertThat(clock.waiting()).isZero();
        }

        @Test
        void aBatchFormsWhileTheWriterIsBusy() {
            try (BatchQueue queue = BatchQueue.open(disk, clock)) {
                List<Committed> all = new ArrayList<>();
                for (int i = 0; i < 5; i++) {
                    all.add(queue.submit(add("/n", i).from("maker " + i % 2)));
                }
                assertThat(queue.waiting()).isEqualTo(4);
                clock.advanceMillis(9);
                assertThat(all).noneMatch(Committed::isDone);
                clock.advanceMillis(1);
                assertThat(all.getFirst().revision()).isEqualTo(1);
                assertThat(queue.waiting()).isZero();
                clock.advanceMillis(10);
                assertThat(all.subList(1, 5)).allMatch(each -> each.revision() == 2);
                assertThat(queue.pending()).isZero();
            }
            assertThat(heard).hasSize(2);
            assertThat(heard.get(1).operations()).containsExactly(new Operation.Increment(Path.of("/n"), Value.of(10)));
            assertThat(heard.get(1).origin()).isEqualTo(new Origin(10_000_000, List.of("maker 1", "maker 0")));
        }

        @Test
        void aPriorityEndsTheWaitOfAllThatCameBeforeIt() {
            DiskStore slow = new DiskStore(store, clock, 1000);
            try (BatchQueue queue = BatchQueue.open(slow, clock)) {
                queue.submit(add("/n", 1));
                queue.submit(add("/n", 10).withPriority(Priority.LOW));
                clock.advanceMillis(50);
                queue.submit(add("/n", 100).withPriority(Priority.HIGH));
                queue.submit(add("/n", 1000).withPriority(Priority.LOW));
                clock.advanceMillis(3);
                assertThat(store.get(Path.of("/n"))).isEqualTo(Value.of(1));
                clock.advanceMillis(1);
                assertThat(store.get(Path.of("/n"))).isEqualTo(Value.of(1111));
                queue.submit(add("/n", 10_000));
                queue.submit(add("/n", 1).withPriority(Priority.IMMEDIATE));
                assertThat(store.get(Path.of("/n"))).isEqualTo(Value.of(11_112));
            }
        }

        @Test
        void whatKeepsComingDoesNotPushTheCutBack() {
            DiskStore slow = new DiskStore(store, clock, 1_000_000);
            try (BatchQueue queue = BatchQueue.open(slow, clock)) {
                queue.submit(add("/n", 0));
                for (int milli = 0; milli < 100; milli++) {
                    queue.submit(add("/n", 1));
                    clock.advanceMillis(1);
                }
            }
            assertThat(heard.stream().map(change -> change.origin().nanoTime() / 1_000_000))
                    .startsWith(0L, 16L, 32L, 48L)
                    .hasSize(7);
        }

        @Test
        void theWaitsAndTheSizeOfABatchAreConfigured() {
            QueueConfig config = QueueConfig.defaults().withWaits(1, 2, 3).withCutOperationsMax(2);
            DiskStore slow = new DiskStore(store, clock, 1000);
            try (BatchQueue queue = BatchQueue.open(slow, clock, config)) {
                queue.submit(add("/n", 1));
                for (int i = 0; i < 5; i++) {
                    queue.submit(add("/n", 1));
                }
                clock.advanceNanos(2);
                assertThat(heard.stream().map(Change::revision)).containsExactly(1L, 2L, 3L, 4L);
                assertThat(heard.stream().map(change -> change.origin().nanoTime()))
                        .containsExactly(0L, 2L, 2L, 2L);
            }
        }

        @Test
        void whatListenersSubmitIsTheNextBatch() {
            try (BatchQueue queue = BatchQueue.open(store, clock)) {
                store.subscribe(Path.of("/n"), change -> {
                    queue.submit(add("/m/x", 1));
                    queue.submit(add("/m/y", 1));
                });
                queue.submit(add("/n", 1));
            }
            assertThat(heard).hasSize(2);
            assertThat(document()).isEqualTo("{'n':1,'m':{'x':2,'y':3},'l':[1,2,3]}");
        }

        @Test
        void aListenerThatAlwaysSubmitsDoesNotKeepTheThread() {
            try (BatchQueue queue = BatchQueue.open(store, clock)) {
                store.subscribe(Path.of("/n"), change -> queue.submit(add("/n", 1)));
                queue.submit(add("/n", 1));
                assertThat(store.revision()).isEqualTo(BatchQueue.CUTS_IN_A_ROW_MAX);
                assertThat(queue.waiting()).isEqualTo(1);
                assertThat(clock.waiting()).isEqualTo(1);
            }
            assertThat(clock.waiting()).isZero();
        }
    }

    @Nested
    class Failing {

        @Test
        void anUpdateFailsAloneAndSaysWhere() {
            try (BatchQueue queue = BatchQueue.open(disk, clock)) {
                queue.submit(add("/n", 1));
                Committed before = queue.submit(add("/n", 10));
                Committed bad = queue.submit(Update.of(
                        Batch.builder().increment("/n", 100).increment("/m", 1).build()));
                Committed after = queue.submit(add("/n", 1000));
                clock.advanceMillis(20);
                assertThat(before.revision()).isEqualTo(2);
                assertThat(after.revision()).isEqualTo(2);
                assertThat(bad.failure())
                        .hasMessage("NOT_A_NUMBER: increment at /m: expected a number, found map map(2 entries)"
                                + " (operation 1 of 2)");
            }
            assertThat(store.get(Path.of("/n"))).isEqualTo(Value.of(1011));
            assertThat(heard).hasSize(2);
        }

        @Test
        void aBatchOfFailuresOnlyIsNoRevision() {
            try (BatchQueue queue = BatchQueue.open(disk, clock)) {
                assertThat(code(queue.submit(add("/x/y", 1)))).isEqualTo(ErrorCode.NOT_FOUND);
                assertThat(store.revision()).isZero();
                assertThat(queue.submit(add("/n", 1)).isDone()).isFalse();
                assertThat(store.revision()).isEqualTo(1);
            }
        }

        @Test
        void aCommitThatFailsFailsAllItsUpdates() {
            try (BatchQueue queue = BatchQueue.open(disk, clock)) {
                Committed first = queue.submit(add("/n", 1));
                disk.broken = new StateException(ErrorCode.DISK_FULL, "no room");
                Committed second = queue.submit(add("/n", 1));
                clock.advanceMillis(20);
                assertThat(code(first)).isEqualTo(ErrorCode.DISK_FULL);
                assertThat(code(second)).isEqualTo(ErrorCode.DISK_FULL);
                assertThat(queue.pending()).isZero();
            }
        }

        @Test
        void aClosedStoreFailsWhatIsSubmitted() {
            try (BatchQueue queue = BatchQueue.open(store, clock)) {
                store.close();
                assertThat(code(queue.submit(add("/n", 1)))).isEqualTo(ErrorCode.CLOSED);
            }
        }

        @Test
        void aFullQueueRefuses() {
            QueueConfig config = QueueConfig.defaults().withPendingMax(3, 6);
            try (BatchQueue queue = BatchQueue.open(disk, clock, config)) {
                Batch four = Batch.builder()
                        .increment("/n", 1)
                        .increment("/n", 1)
                        .increment("/n", 1)
                        .increment("/n", 1)
                        .build();
                queue.submit(four);
                assertThat(queue.submit(four).failure())
                        .hasMessage("BUSY: 1 updates of 4 operations wait for store 'queued'; at most 3 of 6 may;"
                                + " try again later");
                queue.submit(add("/n", 1));
                queue.submit(add("/n", 1));
                assertThat(code(queue.submit(add("/n", 1)))).isEqualTo(ErrorCode.BUSY);
                clock.advanceMillis(10);
                assertThat(code(queue.submit(add("/n", 1)))).isNull();
            }
        }

        @Test
        void closingFailsWhatWaitsAndLetsTheRestArrive() {
            BatchQueue queue = BatchQueue.open(disk, clock);
            Committed first = queue.submit(add("/n", 1));
            Committed second = queue.submit(add("/n", 1));
            queue.close();
            assertThat(code(second)).isEqualTo(ErrorCode.CLOSED);
            assertThat(code(queue.submit(add("/n", 1)))).isEqualTo(ErrorCode.CLOSED);
            clock.advanceMillis(100);
            assertThat(first.revision()).isEqualTo(1);
            assertThat(store.get(Path.of("/n"))).isEqualTo(Value.of(1));
            queue.close();
        }

        @Test
        void aCallbackThatThrowsStopsNobody() {
            try (BatchQueue queue = BatchQueue.open(disk, clock)) {
                Committed first = queue.submit(add("/n", 1));
                Committed second = queue.submit(add("/n", 1));
                Committed.Callback throwing = new Committed.Callback() {
                    @Override
                    public void confirmed(long revision) {
                        throw new IllegalStateException("of the callback");
                    }

                    @Override
                    public void failed(StateException reason) {
                        throw reason;
                    }
                };
                first.whenDone(throwing);
                assertThatThrownBy(() -> clock.advanceMillis(10)).hasMessage("of the callback");
                assertThat(first.revision()).isEqualTo(1);
                assertThat(store.revision()).isEqualTo(2);
                clock.advanceMillis(10);
                assertThat(second.revision()).isEqualTo(2);
            }
        }

        @Test
        void nonsenseIsRefused() {
            assertThatThrownBy(() -> QueueConfig.defaults().withCutOperationsMax(0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("cut-operations-max is from 1 to 1000000, but this is 0");
            assertThatThrownBy(() -> QueueConfig.defaults().withWaits(-1, 0, 0))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> QueueConfig.defaults().withPendingMax(0, 1))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> QueueConfig.defaults().withMemory(-1, 0))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> add("/n", 1).madeOn(-2, Conflicts.REJECT_STALE))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("a basis is a revision or -1, but this is -2");
        }
    }

    @Nested
    class Conflicting {

        @Test
        void theLastWriteWinsUnlessAskedOtherwise() {
            try (BatchQueue queue = BatchQueue.open(store, clock)) {
                store.set(Path.of("/n"), Value.of(5));
                assertThat(queue.submit(set("/n", "7").madeOn(0, Conflicts.LAST_WRITE_WINS))
                                .revision())
                        .isEqualTo(2);
            }
        }

        @Test
        void aStaleUpdateIsRejected() {
            try (BatchQueue queue = BatchQueue.open(store, clock)) {
                store.set(Path.of("/m/x"), Value.of(5));
                store.set(Path.of("/m/x"), Value.of(6));
                assertThat(queue.submit(set("/m", "7").madeOn(0, Conflicts.REJECT_STALE))
                                .failure())
                        .hasMessage(
                                "CONFLICT: an update made from revision 0 of store 'queued', now at 2: /m has changed"
                                        + " since, last in revision 2");
                assertThat(code(queue.submit(set("/m/x/z", "7").madeOn(1, Conflicts.REJECT_STALE))))
                        .isEqualTo(ErrorCode.CONFLICT);
                assertThat(code(queue.submit(set("/m/y", "7").madeOn(0, Conflicts.REJECT_STALE))))
                        .isNull();
                assertThat(code(queue.submit(set("/m/x", "7").madeOn(2, Conflicts.REJECT_STALE))))
                        .isNull();
                assertThat(code(queue.submit(set("/m/x", "7").madeOn(9, Conflicts.REJECT_STALE))))
                        .isEqualTo(ErrorCode.BAD_REQUEST);
            }
        }

        @Test
        void whatShiftedInAListConflictsFromThereOn() {
            try (BatchQueue queue = BatchQueue.open(store, clock)) {
                store.delete(Path.of("/l/1"));
                assertThat(code(queue.submit(add("/l/0", 1).madeOn(0, Conflicts.REJECT_STALE))))
                        .isNull();
                assertThat(code(queue.submit(add("/l/1", 1).madeOn(0, Conflicts.REJECT_STALE))))
                        .isEqualTo(ErrorCode.CONFLICT);
            }
        }

        @Test
        void updatesOfOneBatchConflictWithThoseBeforeThem() {
            try (BatchQueue queue = BatchQueue.open(disk, clock)) {
                queue.submit(add("/n", 1));
                Committed failing = queue.submit(Update.of(
                        Batch.builder().set("/m/x", Value.of(1)).delete("/none").build()));
                Committed first = queue.submit(set("/m/x", "8").madeOn(1, Conflicts.REJECT_STALE));
                Committed second = queue.submit(set("/m/x", "9").madeOn(1, Conflicts.REJECT_STALE));
                clock.advanceMillis(20);
                assertThat(code(failing)).isEqualTo(ErrorCode.NOT_FOUND);
                assertThat(first.revision()).isEqualTo(2);
                assertThat(code(second)).isEqualTo(ErrorCode.CONFLICT);
                assertThat(store.get(Path.of("/m/x"))).isEqualTo(Value.of(8));
            }
        }

        @Test
        void aResolverSeesBothSidesAndDecides() {
            Conflicts larger = Conflicts.resolvedBy(conflict -> {
                Path path = conflict.touched().getFirst();
                Value mine = ((Operation.Set) conflict.update().operations().getFirst()).value();
                Value theirs = conflict.currentAt(path);
                if (mine instanceof Value.Int a && theirs instanceof Value.Int b) {
                    return new Conflicts.Resolution.Apply(
                            List.of(new Operation.Set(path, a.value() > b.value() ? mine : theirs)));
                }
                return new Conflicts.Resolution.Refuse("was " + conflict.baseAt(path) + ", is " + theirs);
            });
            try (BatchQueue queue = BatchQueue.open(store, clock)) {
                Snapshot base = store.snapshot();
                store.set(Path.of("/n"), Value.of(5));
                queue.submit(set("/n", "3").madeOn(base, larger));
                assertThat(store.get(Path.of("/n"))).isEqualTo(Value.of(5));
                queue.submit(set("/n", "9").madeOn(1, larger));
                assertThat(store.get(Path.of("/n"))).isEqualTo(Value.of(9));
                assertThat(queue.submit(set("/n", "'a'").madeOn(base, larger)).failure())
                        .hasMessage(
                                "CONFLICT: an update made from revision 0 of store 'queued', now at 3: was 0, is 9");
            }
        }

        @Test
        void aResolverThatThrowsRefuses() {
            Conflicts broken = Conflicts.resolvedBy(conflict -> {
                throw new IllegalStateException("no idea");
            });
            try (BatchQueue queue = BatchQueue.open(store, clock)) {
                store.set(Path.of("/n"), Value.of(5));
                assertThat(queue.submit(set("/n", "3").madeOn(0, broken)).failure())
                        .hasMessageEndingWith("its resolver threw java.lang.IllegalStateException: no idea");
                assertThat(code(queue.submit(set("/m", "3").madeOn(0, broken)))).isNull();
            }
        }

        @Test
        void snapshotsAreKeptForResolversIfConfigured() {
            List<@Nullable Value> bases = new ArrayList<>();
            Conflicts noting = Conflicts.resolvedBy(conflict -> {
                bases.add(conflict.baseAt(Path.of("/n")));
                return new Conflicts.Resolution.Refuse("");
            });
            QueueConfig config = QueueConfig.defaults().withMemory(100, 2);
            try (BatchQueue queue = BatchQueue.open(store, clock, config)) {
                for (int i = 1; i <= 3; i++) {
                    store.set(Path.of("/n"), Value.of(i * 10));
                }
                queue.submit(set("/n", "3").madeOn(1, noting));
                queue.submit(set("/n", "3").madeOn(2, noting));
            }
            assertThat(bases).containsExactly(null, Value.of(20));
        }

        @Test
        void aBasisOlderThanTheMemoryIsRefused() {
            try (BatchQueue queue =
                    BatchQueue.open(store, clock, QueueConfig.defaults().withMemory(4, 0))) {
                Snapshot base = store.snapshot();
                for (int i = 0; i < 10; i++) {
                    store.set(Path.of("/k" + i), Value.of(i));
                }
                assertThat(queue.submit(set("/n", "3").madeOn(0, Conflicts.REJECT_STALE))
                                .failure())
                        .hasMessageStartingWith(
                                "STALE_REVISION: what has changed in store 'queued' since revision 0 is not"
                                        + " known any more; it is since revision ");
                assertThat(code(queue.submit(set("/n", "3").madeOn(9, Conflicts.REJECT_STALE))))
                        .isNull();
                Conflicts any = Conflicts.resolvedBy(conflict ->
                        new Conflicts.Resolution.Apply(conflict.update().operations()));
                assertThat(code(queue.submit(set("/n", "4").madeOn(0, any)))).isEqualTo(ErrorCode.STALE_REVISION);
                assertThat(code(queue.submit(set("/n", "4").madeOn(base, any)))).isNull();
            }
        }

        @Test
        void aChangeThatIsStillBeingToldIsWaitedFor() {
            List<Committed> submitted = new ArrayList<>();
            BatchQueue[] queue = new BatchQueue[1];
            store.subscribe(Path.of("/n"), change -> {
                store.set(Path.of("/m/x"), Value.of(99));
                submitted.add(queue[0].submit(set("/m/x", "7").madeOn(0, Conflicts.REJECT_STALE)));
                assertThat(submitted.getFirst().isDone()).isFalse();
            });
            queue[0] = BatchQueue.open(store, clock);
            store.set(Path.of("/n"), Value.of(1));
            clock.advanceMillis(0);
            assertThat(code(submitted.getFirst())).isEqualTo(ErrorCode.CONFLICT);
            store.apply(new Batch(List.of()));
            Committed behindEmpty = queue[0].submit(set("/l", "7").madeOn(0, Conflicts.REJECT_STALE));
            clock.advanceMillis(0);
            assertThat(behindEmpty.revision()).isEqualTo(4);
            queue[0].close();
        }
    }

    @Nested
    class WhatAStoreThrowsWhenItHasApplied {

        private final RuntimeException fault = new IllegalStateException("a listener's fault");

        @Test
        void isNoRefusal() {
            store.onListenerFailure((_, failure) -> {
                throw failure;
            });
            Subscription thrower = store.subscribe(Path.of("/n"), change -> {
                throw fault;
            });
            expectAppliedOnce(fault);
            thrower.close();
            store.subscribe(Path.of("/n"), change -> change.store().set(Path.of("/no/such"), Value.NULL));
            try (BatchQueue queue = BatchQueue.open(store, clock)) {
                assertThatThrownBy(() -> queue.submit(add("/n", 1))).isInstanceOf(IllegalStateException.class);
                assertThat(queue.pending()).isZero();
            }
            assertThat(store.get(Path.of("/n"))).isEqualTo(Value.of(2));
        }

        @Test
        void mayBeAnError() {
            AssertionError error = new AssertionError("an error");
            store.subscribe(Path.of("/n"), change -> {
                throw error;
            });
            expectAppliedOnce(error);
        }

        private void expectAppliedOnce(Throwable thrown) {
            try (BatchQueue queue = BatchQueue.open(store, clock)) {
                long before = store.revision();
                assertThatThrownBy(() -> queue.submit(add("/n", 1))).isSameAs(thrown);
                assertThat(store.revision()).isEqualTo(before + 1);
                assertThat(store.get(Path.of("/n"))).isEqualTo(Value.of(1));
                assertThat(queue.pending()).isZero();
            }
        }

        @Test
        void confirmsTheRevisionOfTheBatchThoughListenersWrote() {
            store.subscribe(Path.of("/n"), change -> store.set(Path.of("/l"), Value.NULL));
            try (BatchQueue queue = BatchQueue.open(store, clock)) {
                assertThat(queue.submit(add("/n", 1)).revision()).isEqualTo(1);
            }
            assertThat(store.revision()).isEqualTo(2);
        }
    }
}
