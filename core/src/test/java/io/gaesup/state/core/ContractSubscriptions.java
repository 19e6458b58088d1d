package io.gaesup.state.core;

import static io.gaesup.state.core.ContractOperations.batch;
import static io.gaesup.state.core.ContractOperations.found;
import static io.gaesup.state.core.ContractOperations.of;
import static io.gaesup.state.core.ErrorCode.LIMIT_EXCEEDED;
import static io.gaesup.state.core.ErrorCode.NOT_FOUND;

import java.util.ArrayList;
import java.util.List;

/** Who is told of which commit, when, and in which order. */
final class ContractSubscriptions {

    private static final String DOCUMENT = "{'a':{'b':1,'c':{'d':2}},'l':[{'n':0},{'n':1},{'n':2},{'n':3}],'x':0}";

    private ContractSubscriptions() {}

    static void addTo(ContractCases cases) {
        woken(cases);
        order(cases);
        listeners(cases);
    }

    private static void woken(ContractCases cases) {
        wakes(cases, "set wakes above, at and below", batch().set("/a/c", of("{}")), " /a /a/c /a/c/d");
        wakes(cases, "set of a new entry wakes above and at", batch().set("/new", of("1")), " /new");
        wakes(
                cases,
                "set of the document wakes all",
                batch().set("", of("[]")),
                " /a /a/b /a/c /a/c/d /l /l/0 /l/1 /l/1/n /l/2 /l/3 /l/4 /l/- /x /x/0 /new");
        wakes(cases, "increment wakes above and at", batch().increment("/a/b", 1), " /a /a/b");
        wakes(cases, "delete of an entry", batch().delete("/a"), " /a /a/b /a/c /a/c/d");
        wakes(cases, "set of an element", batch().set("/l/1", of("5")), " /l /l/1 /l/1/n");
        wakes(cases, "set in an element", batch().set("/l/1/n", of("5")), " /l /l/1 /l/1/n");
        wakes(cases, "insert wakes all positions from there on", batch().insert("/l/2", of("5")), " /l /l/2 /l/3 /l/4");
        wakes(
                cases,
                "insert at the front wakes all positions",
                batch().insert("/l/0", of("5")),
                " /l /l/0 /l/1 /l/1/n /l/2 /l/3 /l/4");
        wakes(cases, "insert at the end wakes what follows", batch().insert("/l/-", of("5")), " /l /l/4");
        wakes(cases, "delete of an element", batch().delete("/l/1"), " /l /l/1 /l/1/n /l/2 /l/3 /l/4");
        wakes(cases, "move between places", batch().move("/l/3", "/a/c/d"), " /a /a/c /a/c/d /l /l/3 /l/4");
        wakes(cases, "move within a list", batch().move("/l/2", "/l/1"), " /l /l/1 /l/1/n /l/2 /l/3 /l/4");
        wakes(cases, "merge wakes what it names", batch().merge("/a", of("{'b':5,'z':1}")), " /a /a/b");
        wakes(cases, "merge goes down", batch().merge("", of("{'a':{'c':{'d':null}}}")), " /a /a/c /a/c/d");
        wakes(cases, "merge of a scalar wakes below", batch().merge("/a", of("5")), " /a /a/b /a/c /a/c/d");
        wakes(
                cases,
                "merge of a map over a list wakes its positions",
                batch().merge("/l", of("{'n':5}")),
                " /l /l/0 /l/1 /l/1/n /l/2 /l/3 /l/4");
        wakes(
                cases,
                "many operations wake once",
                batch().set("/x", of("1")).set("/x", of("2")).increment("/x", 1),
                " /x /x/0");
        cases.that("test wakes nobody", stores -> {
            List<String> log = new ArrayList<>();
            Store store = stores.create(of(DOCUMENT));
            store.subscribe(Path.ROOT, change -> log.add("told"));
            store.apply(batch().test("/x", of("0")).build());
            ContractCases.same("who was told", List.of(), log);
        });
        cases.that("a failed batch wakes nobody", stores -> {
            List<String> log = new ArrayList<>();
            Store store = stores.create(of(DOCUMENT));
            store.subscribe(Path.ROOT, change -> log.add("told"));
            ContractCases.refused(
                    NOT_FOUND,
                    () -> store.apply(batch().set("/x", of("1")).delete("/y").build()));
            ContractCases.same("who was told", List.of(), log);
        });
    }

    /** The batch wakes exactly {@code woken} of some subscriptions, besides that to the whole document. */
    private static void wakes(ContractCases cases, String name, Batch.Builder batch, String woken) {
        cases.that("subscription: " + name, stores -> {
            String[] pointers = {
                "", "/a", "/a/b", "/a/c", "/a/c/d", "/l", "/l/0", "/l/1", "/l/1/n", "/l/2", "/l/3", "/l/4", "/l/-",
                "/x", "/x/0", "/new"
            };
            Store store = stores.create(of(DOCUMENT));
            List<String> told = new ArrayList<>();
            for (String pointer : pointers) {
                store.subscribe(Path.of(pointer), change -> told.add(pointer));
            }
            store.apply(batch.build());
            ContractCases.same("who was told", woken, String.join(" ", told));
        });
    }

    private static void order(ContractCases cases) {
        cases.that("listeners are told in the order of their subscription", stores -> {
            Store store = stores.create(of(DOCUMENT));
            List<String> log = new ArrayList<>();
            String[] pointers = {"/a/c/d", "", "/l/2", "/a", "/l", "/a/c/d", "/a/b"};
            for (int i = 0; i < pointers.length; i++) {
                int number = i;
                store.subscribe(Path.of(pointers[i]), change -> log.add(number + pointers[number]));
            }
            store.apply(batch().set("/l/0", of("1"))
                    .set("/a/c/d", of("1"))
                    .delete("/l/1")
                    .build());
            ContractCases.same("who was told", List.of("0/a/c/d", "1", "2/l/2", "3/a", "4/l", "5/a/c/d"), log);
        });
        cases.that("a change tells store, revision and operations", stores -> {
            Store store = stores.create(of("{'a':1}"));
            List<Change> changes = new ArrayList<>();
            store.subscribe(Path.of("/a"), change -> {
                changes.add(change);
                ContractCases.same("the revision", store.revision(), change.revision());
            });
            store.set(Path.of("/a"), of("2"));
            ContractCases.same("how many", 1, changes.size());
            ContractCases.same(
                    "the name", store.name(), changes.getFirst().store().name());
            Operation done = new Operation.Set(Path.of("/a"), of("2"));
            ContractCases.same(
                    "the operations", List.of(done), changes.getFirst().operations());
        });
        cases.that("a listener sees the new state", stores -> {
            Store store = stores.create(of("{'a':1}"));
            List<Value> seen = new ArrayList<>();
            store.subscribe(Path.of("/a"), change -> seen.add(found(store, "/a")));
            store.increment(Path.of("/a"), 1);
            store.increment(Path.of("/a"), 1);
            ContractCases.same("what it saw", List.of(of("2"), of("3")), seen);
        });
    }

    private static void listeners(ContractCases cases) {
        cases.that("a closed subscription is told no more", stores -> {
            Store store = stores.create(of("{'a':1}"));
            List<String> log = new ArrayList<>();
            Subscription first = store.subscribe(Path.of("/a"), change -> log.add("first"));
            store.subscribe(Path.of("/a"), change -> log.add("second"));
            first.close();
            first.close();
            store.increment(Path.of("/a"), 1);
            ContractCases.same("who was told", List.of("second"), log);
        });
        cases.that("a subscription closed by a notification under way is not told", stores -> {
            Store store = stores.create(of("{'a':1}"));
            List<String> log = new ArrayList<>();
            List<Subscription> all = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                int number = i;
                all.add(store.subscribe(Path.of("/a"), change -> {
                    log.add("told " + number);
                    all.get(0).close();
                    all.get(1).close();
                }));
            }
            store.increment(Path.of("/a"), 1);
            store.increment(Path.of("/a"), 1);
            ContractCases.same("who was told", List.of("told 0", "told 2", "told 2"), log);
        });
        cases.that("a subscription made by a listener is told from the next change on", stores -> {
            Store store = stores.create(of("{'a':1}"));
            List<String> log = new ArrayList<>();
            store.subscribe(Path.of("/a"), change -> {
                if (log.isEmpty()) {
                    store.subscribe(Path.of("/a"), later -> log.add("new"));
                }
                log.add("old");
            });
            store.increment(Path.of("/a"), 1);
            store.increment(Path.of("/a"), 1);
            ContractCases.same("who was told", List.of("old", "old", "new"), log);
        });
        cases.that("a listener that throws stops nobody", stores -> {
            Store store = stores.create(of("{'a':1}"));
            List<String> log = new ArrayList<>();
            store.subscribe(Path.of("/a"), change -> {
                log.add("throws");
                throw new IllegalStateException("a listener's fault");
            });
            store.subscribe(Path.of("/a"), change -> log.add("told"));
            store.increment(Path.of("/a"), 1);
            store.increment(Path.of("/a"), 1);
            ContractCases.same("who was told", List.of("throws", "told", "throws", "told"), log);
        });
        cases.that("a listener's change comes after the present one was told to all", stores -> {
            Store store = stores.create(of("{'a':0,'b':0}"));
            List<String> log = new ArrayList<>();
            store.subscribe(Path.of("/a"), change -> {
                store.increment(Path.of("/b"), 1);
                log.add("first " + told(change));
            });
            store.subscribe(Path.ROOT, change -> log.add("second " + told(change)));
            store.subscribe(Path.of("/b"), change -> log.add("third " + told(change)));
            store.increment(Path.of("/a"), 1);
            ContractCases.same("who was told", List.of("first /a", "second /a", "second /b", "third /b"), log);
            ContractCases.same(
                    "the document", of("{'a':1,'b':1}"), store.snapshot().root());
        });
        cases.that("listeners that change again and again are stopped", stores -> {
            Store store = stores.create(of("{'a':0}"));
            List<StateException> refusals = new ArrayList<>();
            store.subscribe(Path.of("/a"), change -> {
                try {
                    store.increment(Path.of("/a"), 1);
                } catch (StateException e) {
                    refusals.add(e);
                }
            });
            store.increment(Path.of("/a"), 1);
            ContractCases.same("the counter", of("101"), found(store, "/a"));
            ContractCases.same("how many were refused", 1, refusals.size());
            ContractCases.same("the code", LIMIT_EXCEEDED, refusals.getFirst().code());
            store.increment(Path.of("/a"), 1);
            ContractCases.same("the counter after the next", of("202"), found(store, "/a"));
        });
        cases.that("a listener that closes the store ends it all", stores -> {
            Store store = stores.create(of("{'a':0}"));
            List<String> log = new ArrayList<>();
            store.subscribe(Path.of("/a"), change -> {
                log.add("told");
                store.close();
            });
            store.subscribe(Path.of("/a"), change -> log.add("told too late"));
            store.increment(Path.of("/a"), 1);
            ContractCases.same("who was told", List.of("told"), log);
        });
    }

    private static String told(Change change) {
        return change.operations().getFirst().path().toString();
    }
}
