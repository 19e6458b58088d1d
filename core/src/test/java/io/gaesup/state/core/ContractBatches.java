package io.gaesup.state.core;

import static io.gaesup.state.core.ContractOperations.batch;
import static io.gaesup.state.core.ContractOperations.found;
import static io.gaesup.state.core.ContractOperations.of;
import static io.gaesup.state.core.ErrorCode.CLOSED;
import static io.gaesup.state.core.ErrorCode.INDEX_OUT_OF_RANGE;
import static io.gaesup.state.core.ErrorCode.NOT_FOUND;
import static io.gaesup.state.core.ErrorCode.OVERFLOW;
import static io.gaesup.state.core.ErrorCode.TEST_FAILED;

import java.util.ArrayList;
import java.util.List;

/** Batches are all or nothing, snapshots stay as they are, and deltas lead from one to the next. */
final class ContractBatches {

    private ContractBatches() {}

    static void addTo(ContractCases cases) {
        batches(cases);
        snapshots(cases);
        deltas(cases);
        closing(cases);
    }

    private static void batches(ContractCases cases) {
        cases.does(
                "a batch applies in order",
                "{}",
                batch().set("/a", of("[]"))
                        .insert("/a/0", of("1"))
                        .increment("/a/0", 4)
                        .move("/a/0", "/b"),
                "{'a':[],'b':5}");
        cases.does("a batch may be empty", "{'a':1}", batch(), "{'a':1}");
        cases.does(
                "a test in a batch sees what came before it",
                "{'a':1}",
                batch().increment("/a", 1).test("/a", of("2")).set("/b", of("3")),
                "{'a':2,'b':3}");
        cases.does(
                "a batch with a map that was removed and put again",
                "{'a':{'x':1},'b':2}",
                batch().delete("/a").set("/a", of("{'y':1}")).set("/a/z", of("2")),
                "{'b':2,'a':{'y':1,'z':2}}");
        cases.refuses(
                "a batch fails whole at its end",
                "{'a':1,'l':[1,2]}",
                batch().set("/a", of("2"))
                        .delete("/l/0")
                        .insert("/l/0", of("9"))
                        .merge("", of("{'a':null}"))
                        .move("/l", "/m")
                        .delete("/x"),
                NOT_FOUND);
        cases.refuses(
                "a batch fails whole at its start",
                "{'a':1}",
                batch().delete("/x").set("/a", of("2")),
                NOT_FOUND);
        cases.refuses(
                "a batch fails whole by a test",
                "{'a':1}",
                batch().set("/a", of("2")).test("/a", of("1")),
                TEST_FAILED);
        cases.refuses(
                "a batch fails whole by an overflow",
                "{'a':[1]}",
                batch().insert("/a/-", of("2")).increment("/a/1", Long.MAX_VALUE),
                OVERFLOW);
        cases.refuses(
                "a move that fails halfway changes nothing",
                "{'a':[1,2],'b':{}}",
                batch().move("/a/0", "/a/5"),
                INDEX_OUT_OF_RANGE);
        cases.that("a store goes on after a failed batch", stores -> {
            Store store = stores.create(of("{'l':[1,2,3]}"));
            ContractCases.refused(
                    NOT_FOUND,
                    () -> store.apply(batch().delete("/l/0").delete("/x").build()));
            store.apply(batch().delete("/l/1").build());
            ContractCases.refused(INDEX_OUT_OF_RANGE, () -> store.delete(Path.of("/l/2")));
            store.apply(batch().insert("/l/-", of("4")).build());
            ContractCases.same(
                    "the document", of("{'l':[1,3,4]}"), store.snapshot().root());
        });
        cases.that("each batch is one revision, and committed", stores -> {
            Store store = stores.create(of("{}"));
            long start = store.revision();
            long[] confirmed = {-1};
            for (int i = 1; i <= 5; i++) {
                Commit commit = store.apply(
                        batch().increment("/a", 1).increment("/a", 1).build());
                commit.committed().whenDone(new Committed.Callback() {
                    @Override
                    public void confirmed(long revision) {
                        confirmed[0] = revision;
                    }

                    @Override
                    public void failed(StateException reason) {
                        throw reason;
                    }
                });
                ContractCases.same("the revision", start + i, store.revision());
                ContractCases.same("the confirmed revision", start + i, confirmed[0]);
            }
            ContractCases.same("the counter", of("10"), found(store, "/a"));
        });
        cases.that("single operations are batches too", stores -> {
            Store store = stores.create(of("{}"));
            store.set(Path.of("/a"), of("[1]"));
            store.increment(Path.of("/a/0"), 2);
            store.increment(Path.of("/b"), 3);
            store.delete(Path.of("/b"));
            ContractCases.same("the document", of("{'a':[3]}"), store.snapshot().root());
        });
    }

    private static void snapshots(ContractCases cases) {
        cases.that("snapshots stay as they are", stores -> {
            Store store = stores.create(of("{'l':[{'n':0}],'m':{}}"));
            List<Snapshot> taken = new ArrayList<>();
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                store.apply(batch().increment("/l/0/n", 1)
                        .insert("/l/" + i / 2, of("{'n':" + i + "}"))
                        .set("/m/k" + i, of("[" + i + "]"))
                        .build());
                store.apply(batch().increment("/l/" + i / 2 + "/n", 100).build());
                if (i % 3 == 0) {
                    taken.add(store.snapshot());
                    texts.add(Notation.write(store.snapshot().root()));
                }
            }
            for (int i = 0; i < taken.size(); i++) {
                ContractCases.same(
                        "snapshot " + i,
                        texts.get(i),
                        Notation.write(taken.get(i).root()));
            }
        });
        cases.that("a snapshot knows its store and its revision", stores -> {
            Store store = stores.create(of("{'a':1}"));
            store.set(Path.of("/a"), of("2"));
            Snapshot snapshot = store.snapshot();
            store.set(Path.of("/a"), of("3"));
            ContractCases.same("the name", store.name(), snapshot.store());
            ContractCases.same("the revision", store.revision() - 1, snapshot.revision());
            Value found = snapshot.get(Path.of("/a"));
            ContractCases.same("the value", true, of("2").equals(found));
        });
        cases.that("a value may be put into stores again and again", stores -> {
            Store one = stores.create(of("{}"));
            Store two = stores.create(of("{}"));
            one.set(Path.of("/a"), of("{'l':[1,2]}"));
            Value shared = found(one, "/a");
            one.set(Path.of("/b"), shared);
            two.set(Path.of("/a"), shared);
            two.set(Path.of("/b"), shared);
            one.apply(batch().set("/a/l/0", of("'one'")).build());
            two.apply(batch().delete("/b/l/1").build());
            one.apply(batch().insert("/b/l/0", of("0")).build());
            ContractCases.same(
                    "the first store",
                    of("{'a':{'l':['one',2]},'b':{'l':[0,1,2]}}"),
                    one.snapshot().root());
            ContractCases.same(
                    "the second store",
                    of("{'a':{'l':[1,2]},'b':{'l':[1]}}"),
                    two.snapshot().root());
            ContractCases.same("the value", of("{'l':[1,2]}"), shared);
        });
        cases.that("a value in an operation is not changed by the store", stores -> {
            Store store = stores.create(of("{}"));
            Value value = of("{'l':[1]}");
            store.apply(batch().set("/a", value)
                    .set("/a/l/0", of("2"))
                    .set("/b", value)
                    .insert("/b/l/0", of("0"))
                    .build());
            ContractCases.same("the value", of("{'l':[1]}"), value);
            ContractCases.same(
                    "the document",
                    of("{'a':{'l':[2]},'b':{'l':[0,1]}}"),
                    store.snapshot().root());
        });
    }

    private static void deltas(ContractCases cases) {
        String[] documents = {
            "{}",
            "[]",
            "1",
            "null",
            "{'a':1}",
            "{'b':1,'a':2}",
            "{'a':2,'b':1}",
            "{'a':{'b':[1,2,3]}}",
            "{'a':{'b':[1,3]}}",
            "{'a':{'b':[3,2,1]}}",
            "[1,2,3,4,5,6,7,8,9,10,11,12]",
            "[2,3,4,5,6,7,8,9,10,11,12,1]",
            "[{'i':1},{'i':2}]",
            "[{'i':2},{'i':1}]",
            "[{'i':2}]",
            "[[1],[2],[3]]",
            "[[],[2],[3],[]]",
            "{'c':3,'a':1,'b':2}",
            "{'a':1,'b':2,'c':3}",
            "{'a':1.0}",
            "{'a':<>}",
            "{'a':null}",
            ContractOperations.wide(0, 33),
            ContractOperations.wide(10, 45),
            ContractOperations.wide(0, 32),
        };
        for (int i = 0; i < documents.length; i++) {
            String from = documents[i];
            cases.that("deltas from document " + (i + 1), stores -> {
                for (String to : documents) {
                    Store store = stores.create(of(from));
                    Snapshot earlier = store.snapshot();
                    store.set(Path.ROOT, of(to));
                    Delta delta = store.snapshot().since(earlier);
                    ContractCases.same("the state it leads to", of(to), delta.applyTo(earlier.root()));
                    ContractCases.same("whether it is empty", from.equals(to), delta.isEmpty());
                }
            });
        }
        cases.that("a delta spans many revisions", stores -> {
            Store store = stores.create(of("{'rows':[],'n':0}"));
            Snapshot start = store.snapshot();
            for (int i = 0; i < 100; i++) {
                store.apply(batch().insert("/rows/" + i * 7 % (i + 1), of("{'id':" + i + "}"))
                        .increment("/n", 1)
                        .build());
                if (i % 5 == 4) {
                    store.apply(batch().delete("/rows/" + i * 3 % (i / 2))
                            .insert("/rows/0", of("'x'"))
                            .build());
                }
            }
            Snapshot end = store.snapshot();
            ContractCases.same("forth", end.root(), end.since(start).applyTo(start.root()));
            ContractCases.same("back", start.root(), start.since(end).applyTo(end.root()));
            ContractCases.same("to itself", true, end.since(end).isEmpty());
        });
    }

    private static void closing(ContractCases cases) {
        cases.that("a closed store refuses everything", stores -> {
            Store store = stores.create(of("{'a':1}"));
            Snapshot snapshot = store.snapshot();
            store.close();
            store.close();
            ContractCases.refused(CLOSED, () -> store.set(Path.of("/a"), of("2")));
            ContractCases.refused(CLOSED, () -> store.apply(batch().build()));
            ContractCases.refused(CLOSED, () -> store.subscribe(Path.ROOT, change -> {}));
            ContractCases.refused(CLOSED, store::snapshot);
            ContractCases.refused(CLOSED, () -> store.get(Path.of("/a")));
            ContractCases.same("the snapshot", of("{'a':1}"), snapshot.root());
        });
    }
}
