package io.gaesup.state.core;

import static io.gaesup.state.core.ContractCases.same;
import static io.gaesup.state.core.ContractOperations.batch;
import static io.gaesup.state.core.ContractOperations.of;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Undo, redo and restore, alone and while others write, here and behind a server. */
final class ContractHistory {

    private ContractHistory() {}

    static void addTo(ContractCases cases) {
        alone(cases);
        whileOthersWrite(cases);
        onReplicas(cases);
    }

    private static void alone(ContractCases cases) {
        undoes(cases, "set", "{'a':1,'b':2}", batch().set("/a", of("3")).set("/c", of("4")));
        undoes(
                cases,
                "merge",
                "{'a':{'x':1,'y':{'z':2}},'b':0}",
                batch().merge("/a", of("{'x':null,'y':{'w':3},'v':4}")));
        undoes(
                cases,
                "delete",
                "{'a':1,'b':{'x':1,'y':2},'c':[1,2,3]}",
                batch().delete("/a").delete("/b/x").delete("/c/1"));
        undoes(
                cases,
                "increment",
                "{'a':1,'b':0.1}",
                batch().increment("/a", 4).increment("/b", 2).increment("/c", 3));
        undoes(cases, "insert", "{'l':[1,2]}", batch().insert("/l/0", of("0")).insert("/l/-", of("9")));
        undoes(
                cases,
                "move",
                "{'a':1,'l':[1,{'x':[2]}],'b':3}",
                batch().move("/l/0", "/l/1").move("/l/0/x/0", "/l/1").move("/a", "/b"));
        undoes(
                cases,
                "the whole document",
                "[1,2]",
                batch().set("", of("{'a':1}")).set("/b", of("2")));
        cases.that("an edit forgets what could be redone", _ -> {
            History history = History.of(LocalStore.create("contract", of("{'a':1}")));
            history.set(Path.of("/a"), Value.of(2));
            history.undo();
            history.set(Path.of("/a"), Value.of(3));
            same("what can be redone", 0, history.redoCount());
            same("what can be undone", 1, history.undoCount());
        });
        cases.that("a group is undone as one revision", _ -> {
            History history = History.of(LocalStore.create("contract", of("{'l':[1,2,3]}")));
            try (History.Group group = history.group("tidy")) {
                history.delete(Path.of("/l/0"));
                history.delete(Path.of("/l/1"));
            }
            history.undo();
            same("the document", of("{'l':[1,2,3]}"), history.snapshot().root());
            same("the revision", 3L, history.revision());
            same("the label", "tidy", String.valueOf(history.redoLabel()));
        });
        cases.that("a saved snapshot is restored as one revision", _ -> {
            History history = History.of(LocalStore.create("contract", of("{'a':1,'l':[1,2,3]}")));
            history.save("first");
            history.apply(batch().delete("/a").delete("/l/1").set("/b", of("1")).build());
            history.restore("first");
            same("the document", of("{'a':1,'l':[1,2,3]}"), history.snapshot().root());
            same("the revision", 2L, history.revision());
            history.undo();
            same(
                    "the document before",
                    of("{'l':[1,3],'b':1}"),
                    history.snapshot().root());
            ContractCases.refused(ErrorCode.NOT_FOUND, () -> history.restore("second"));
        });
    }

    /** Undo gives the very document before, and redo the one after, again and again. */
    private static void undoes(ContractCases cases, String name, String before, Batch.Builder batch) {
        cases.that("undo and redo: " + name, _ -> {
            History history = History.of(LocalStore.create("contract", of(before)));
            history.apply(batch.build());
            Value after = history.snapshot().root();
            for (int i = 0; i < 3; i++) {
                same("whether the undo is whole", true, done(history.undo()).isWhole());
                same("the document before", of(before), history.snapshot().root());
                same("whether the redo is whole", true, done(history.redo()).isWhole());
                same("the document after", after, history.snapshot().root());
            }
            same("the revision", 7L, history.revision());
        });
    }

    private static Undone done(@Nullable Undone undone) {
        if (undone == null) {
            throw new AssertionError("there was nothing to undo or redo");
        }
        return undone;
    }

    private static void whileOthersWrite(ContractCases cases) {
        cases.that("an undo hits its own row", _ -> {
            LocalStore store = LocalStore.create("contract", of("{'l':[{'n':1},{'n':2},{'n':3}]}"));
            History history = History.of(store);
            history.set(Path.of("/l/2/n"), Value.of(9));
            store.apply(batch().move("/l/2", "/l/0")
                    .insert("/l/0", of("{'n':0}"))
                    .delete("/l/2")
                    .build());
            history.undo();
            same(
                    "the document",
                    of("{'l':[{'n':0},{'n':3},{'n':2}]}"),
                    store.snapshot().root());
        });
        cases.that("an undo leaves what others changed, and says so", _ -> {
            LocalStore store = LocalStore.create("contract", of("{'a':1,'b':1,'c':1}"));
            History history = History.of(store);
            history.apply(batch().set("/a", of("2"))
                    .set("/b", of("2"))
                    .set("/c", of("2"))
                    .build());
            store.apply(batch().set("/a", of("3")).delete("/b").build());
            Undone undone = done(history.undo());
            same("the document", of("{'a':3,'c':1}"), store.snapshot().root());
            same(
                    "what was left alone",
                    List.of(
                            new Undone.Skipped(Path.of("/b"), Undone.Reason.GONE),
                            new Undone.Skipped(Path.of("/a"), Undone.Reason.CHANGED)),
                    undone.skipped());
        });
        cases.that("an undo of which nothing is left is no revision", _ -> {
            LocalStore store = LocalStore.create("contract", of("{'l':[1]}"));
            History history = History.of(store);
            history.set(Path.of("/l/0"), Value.of(2));
            store.delete(Path.of("/l"));
            same("whether there is a commit", true, done(history.undo()).commit() == null);
            same("the revision", 2L, store.revision());
        });
    }

    private static void onReplicas(ContractCases cases) {
        cases.that("an undo on a replica is rebased", _ -> {
            Authority authority = authority("{'l':[{'n':1},{'n':2}]}");
            Replica replica = replica(authority);
            History history = History.of(replica);
            history.set(Path.of("/l/1/n"), Value.of(9));
            settle(authority, replica);
            history.undo();
            List<Operation> others = authority.apply(List.of(new Operation.Insert(Path.of("/l/0"), of("{'n':0}"))));
            replica.deltas(2, List.of(others));
            same(
                    "the view",
                    of("{'l':[{'n':0},{'n':1},{'n':2}]}"),
                    replica.snapshot().root());
            settle(authority, replica);
            same(
                    "the document",
                    of("{'l':[{'n':0},{'n':1},{'n':2}]}"),
                    authority.store().snapshot().root());
            history.redo();
            settle(authority, replica);
            same(
                    "the document again",
                    of("{'l':[{'n':0},{'n':1},{'n':9}]}"),
                    authority.store().snapshot().root());
        });
        cases.that("an undo on a replica brings back what others set just before", _ -> {
            Authority authority = authority("{'a':1}");
            Replica replica = replica(authority);
            History history = History.of(replica);
            history.set(Path.of("/a"), Value.of(2));
            replica.deltas(1, List.of(authority.apply(List.of(new Operation.Set(Path.of("/a"), Value.of(5))))));
            same("the view", of("{'a':2}"), replica.snapshot().root());
            history.undo();
            settle(authority, replica);
            same("the document", of("{'a':5}"), authority.store().snapshot().root());
        });
        cases.that("an undo on a replica is refused where others were first", _ -> {
            Authority authority = authority("{'a':1}");
            Replica replica = replica(authority);
            History history = History.of(replica);
            history.set(Path.of("/a"), Value.of(2));
            settle(authority, replica);
            Commit commit = done(history.undo()).commit();
            authority.apply(List.of(new Operation.Set(Path.of("/a"), Value.of(7))));
            settle(authority, replica);
            StateException failure = commit == null ? null : commit.committed().failure();
            same("the code", ErrorCode.TEST_FAILED, failure == null ? "none" : failure.code());
            same("what can be redone", 0, history.redoCount());
        });
        cases.that("an edit that is refused is no step", _ -> {
            Authority authority = authority("{'a':1}");
            Replica replica = replica(authority);
            History history = History.of(replica);
            authority.apply(List.of(new Operation.Set(Path.of("/a"), Value.of("text"))));
            history.increment(Path.of("/a"), 1);
            same("what can be undone", 1, history.undoCount());
            settle(authority, replica);
            same("what can be undone then", 0, history.undoCount());
        });
    }

    private static Authority authority(String document) {
        return new Authority(LocalStore.create("contract", of(document)), (_, _) -> null);
    }

    private static Replica replica(Authority authority) {
        Replica replica = new Replica("contract", MapValue.empty());
        replica.state(
                1, authority.store().revision(), authority.store().snapshot().root(), List.of());
        return replica;
    }

    /** Lets the authority decide what waits; nothing it did otherwise is told. */
    private static void settle(Authority authority, Replica replica) {
        for (var group = replica.nextGroup(); group != null; group = replica.nextGroup()) {
            for (Authority.Outcome outcome : authority.decide("client", group)) {
                replica.decide(outcome.decision());
                if (outcome.decision().isApplied()) {
                    replica.deltas(outcome.decision().revision(), List.of(outcome.operations()));
                }
            }
        }
    }
}
