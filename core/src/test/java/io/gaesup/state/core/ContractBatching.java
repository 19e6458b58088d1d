package io.gaesup.state.core;

import static io.gaesup.state.core.ContractOperations.of;

import java.util.ArrayList;
import java.util.List;

/** Batches that are built merge without a trace, and a queue keeps the order of what it is given. */
final class ContractBatching {

    private ContractBatching() {}

    static void addTo(ContractCases cases) {
        merging(cases);
        queues(cases);
    }

    private static void merging(ContractCases cases) {
        cases.does(
                "increments of one place add up",
                "{'a':9223372036854775800,'b':0.1}",
                Batch.builder()
                        .increment("/a", 3)
                        .increment("/b", 1)
                        .increment("/a", -9)
                        .increment("/b", 1)
                        .increment("/c", 2)
                        .increment("/a", 9)
                        .increment("/c", -2),
                "{'a':9223372036854775803,'b':2.1,'c':0}");
        cases.does(
                "a key that is deleted and put again goes to the end",
                "{'a':1,'b':2}",
                Batch.builder()
                        .set("/a", of("3"))
                        .delete("/a")
                        .set("/c", of("4"))
                        .increment("/a", 5)
                        .increment("/a", 6),
                "{'b':2,'c':4,'a':11}");
        cases.does(
                "operations on what the batch itself put there",
                "{'l':[1,2,3]}",
                Batch.builder()
                        .set("/m", of("{'x':[1,2],'y':{}}"))
                        .insert("/m/x/1", of("9"))
                        .merge("/m", of("{'y':{'z':1},'x':null}"))
                        .increment("/m/y/z", 41)
                        .insert("/l/1", of("{'n':1}"))
                        .increment("/l/1/n", 1)
                        .increment("/l/2", 5)
                        .delete("/l/0")
                        .test("/m/y", of("{'z':42}")),
                "{'l':[{'n':2},7,3],'m':{'y':{'z':42}}}");
        cases.refuses(
                "a sum that overflows on the way",
                "{'a':9223372036854775800}",
                Batch.builder().increment("/a", 8).increment("/a", -8),
                ErrorCode.OVERFLOW);
        cases.refuses(
                "a failure that a later set would hide",
                "{'a':'x'}",
                Batch.builder().increment("/a", 1).set("/a", of("1")),
                ErrorCode.NOT_A_NUMBER);
        cases.that("a thousand increments of kept paths", stores -> {
            Store store = stores.create(of("{'f':0.5}"));
            List<Path> paths = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                paths.add(Path.ROOT.child("c" + i));
            }
            int[] calls = {0};
            store.subscribe(Path.ROOT, change -> calls[0]++);
            for (int round = 1; round <= 3; round++) {
                store.batch(batch -> {
                    for (int i = 0; i < 1000; i++) {
                        batch.increment(paths.get(i % 50), i % 2 == 0 ? 2 : 5_000_000_000L);
                    }
                    batch.increment(Path.of("/f"), 1).increment(Path.of("/f"), 1);
                });
                ContractCases.same("the calls", round, calls[0]);
                ContractCases.same("an even counter", of("" + 40 * round), store.get(Path.of("/c8")));
                ContractCases.same("an odd counter", of("" + 100_000_000_000L * round), store.get(Path.of("/c9")));
            }
            ContractCases.same("the float", of("6.5"), store.get(Path.of("/f")));
        });
    }

    private static void queues(ContractCases cases) {
        cases.that("a queue keeps the order and fails one update alone", stores -> {
            Store store = stores.create(of("{'n':1}"));
            VirtualScheduler clock = new VirtualScheduler();
            BatchQueue queue = BatchQueue.open(store, clock);
            List<Committed> all = new ArrayList<>();
            all.add(queue.submit(Batch.builder().increment("/n", 1).build()));
            all.add(queue.submit(
                    Batch.builder().set("/n", of("7")).increment("/x/y", 1).build()));
            all.add(queue.submit(Update.of(Batch.builder().set("/m", of("3")).build())
                    .withPriority(Priority.LOW)
                    .from("page")));
            clock.advanceMillis(QueueConfig.LOW_MILLIS);
            ContractCases.same(
                    "the document", of("{'n':2,'m':3}"), store.snapshot().root());
            ContractCases.same("the first is confirmed", true, all.get(0).revision() >= 0);
            StateException failure = all.get(1).failure();
            ContractCases.same("the second failed", true, failure != null && failure.code() == ErrorCode.NOT_FOUND);
            ContractCases.same("the third is confirmed", true, all.get(2).revision() >= 0);
            queue.close();
            StateException closed = queue.submit(Batch.of()).failure();
            ContractCases.same("closed", true, closed != null && closed.code() == ErrorCode.CLOSED);
            ContractCases.same("nothing waits for time", 0, clock.waiting());
        });
        cases.that("a queue gathers what comes while listeners are told", stores -> {
            Store store = stores.create(of("{'n':0,'m':0}"));
            BatchQueue queue = BatchQueue.open(store, new VirtualScheduler());
            int[] calls = {0};
            store.subscribe(Path.of("/n"), change -> {
                for (int i = 0; i < 10; i++) {
                    queue.submit(Batch.builder().increment("/m", 1).build());
                }
            });
            store.subscribe(Path.of("/m"), change -> calls[0]++);
            queue.submit(Batch.builder().increment("/n", 1).build());
            ContractCases.same(
                    "the document", of("{'n':1,'m':10}"), store.snapshot().root());
            ContractCases.same("the calls", 1, calls[0]);
            queue.close();
        });
    }
}
