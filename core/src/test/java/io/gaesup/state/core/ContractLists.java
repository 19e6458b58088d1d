package io.gaesup.state.core;

import static io.gaesup.state.core.ContractOperations.batch;
import static io.gaesup.state.core.ContractOperations.of;
import static io.gaesup.state.core.ErrorCode.BAD_PATH;
import static io.gaesup.state.core.ErrorCode.INDEX_OUT_OF_RANGE;
import static io.gaesup.state.core.ErrorCode.NOT_FOUND;
import static io.gaesup.state.core.ErrorCode.WRONG_TYPE;

import java.util.ArrayList;
import java.util.List;

/** Operations on lists, short and long. */
final class ContractLists {

    private ContractLists() {}

    static void addTo(ContractCases cases) {
        elements(cases);
        insert(cases);
        move(cases);
        longLists(cases);
    }

    private static void elements(ContractCases cases) {
        cases.does("set replaces an element", "[1,2,3]", batch().set("/1", of("'x'")), "[1,'x',3]");
        cases.does("set replaces the last element", "[1,2,3]", batch().set("/2", of("[]")), "[1,2,[]]");
        cases.does("delete removes an element", "[1,2,3]", batch().delete("/1"), "[1,3]");
        cases.does("delete removes the only element", "{'l':[1]}", batch().delete("/l/0"), "{'l':[]}");
        cases.does(
                "delete again and again",
                "[1,2,3,4]",
                batch().delete("/0").delete("/2").delete("/0"),
                "[3]");
        cases.refuses("set beyond the end", "[1]", batch().set("/1", of("2")), INDEX_OUT_OF_RANGE);
        cases.refuses("set at the end", "[1]", batch().set("/-", of("2")), INDEX_OUT_OF_RANGE);
        cases.refuses("set at a key of a list", "[1]", batch().set("/a", of("2")), INDEX_OUT_OF_RANGE);
        cases.refuses(
                "set at a position with a leading zero", "[1,2]", batch().set("/01", of("2")), INDEX_OUT_OF_RANGE);
        cases.refuses("set below a missing element", "[[1]]", batch().set("/1/0", of("2")), INDEX_OUT_OF_RANGE);
        cases.refuses("set below the end", "[[1]]", batch().set("/-/0", of("2")), INDEX_OUT_OF_RANGE);
        cases.refuses("delete beyond the end", "[1]", batch().delete("/1"), INDEX_OUT_OF_RANGE);
        cases.refuses("delete at the end", "[1]", batch().delete("/-"), INDEX_OUT_OF_RANGE);
        cases.refuses("delete from an empty list", "[]", batch().delete("/0"), INDEX_OUT_OF_RANGE);
        cases.refuses("a position is not negative", "[1]", batch().delete("/-1"), INDEX_OUT_OF_RANGE);
        cases.refuses("a position fits in an int", "[1]", batch().delete("/4294967296"), INDEX_OUT_OF_RANGE);
    }

    private static void insert(ContractCases cases) {
        cases.does("insert at the front", "[1,2]", batch().insert("/0", of("0")), "[0,1,2]");
        cases.does("insert in the middle", "[1,3]", batch().insert("/1", of("2")), "[1,2,3]");
        cases.does("insert at the size", "[1,2]", batch().insert("/2", of("3")), "[1,2,3]");
        cases.does("insert at the end", "[1,2]", batch().insert("/-", of("3")), "[1,2,3]");
        cases.does("insert into an empty list", "{'l':[]}", batch().insert("/l/-", of("{'a':1}")), "{'l':[{'a':1}]}");
        cases.does(
                "insert many at one place",
                "[9]",
                batch().insert("/0", of("1")).insert("/0", of("2")).insert("/0", of("3")),
                "[3,2,1,9]");
        cases.refuses("insert beyond the end", "[1]", batch().insert("/2", of("2")), INDEX_OUT_OF_RANGE);
        cases.refuses("insert at a key", "[1]", batch().insert("/a", of("2")), INDEX_OUT_OF_RANGE);
        cases.refuses("insert into a map", "{'a':1}", batch().insert("/0", of("2")), WRONG_TYPE);
        cases.refuses("insert at the end of a map", "{'a':1}", batch().insert("/-", of("2")), WRONG_TYPE);
        cases.refuses("insert into a string", "{'a':'x'}", batch().insert("/a/0", of("2")), WRONG_TYPE);
        cases.refuses("insert into nothing", "{}", batch().insert("/a/0", of("2")), NOT_FOUND);
        cases.that(
                "insert refuses the whole document",
                stores -> ContractCases.refused(
                        BAD_PATH,
                        () -> stores.create(of("[]"))
                                .apply(batch().insert("", of("1")).build())));
    }

    private static void move(ContractCases cases) {
        cases.does("move towards the end", "[1,2,3,4]", batch().move("/0", "/2"), "[2,3,1,4]");
        cases.does("move towards the front", "[1,2,3,4]", batch().move("/3", "/1"), "[1,4,2,3]");
        cases.does("move to the last position", "[1,2,3]", batch().move("/0", "/2"), "[2,3,1]");
        cases.does("move to the end", "[1,2,3]", batch().move("/0", "/-"), "[2,3,1]");
        cases.does("move an element to where it is", "[1,2,3]", batch().move("/1", "/1"), "[1,2,3]");
        cases.does("move the only element", "[1]", batch().move("/0", "/0"), "[1]");
        cases.does("move between lists", "{'a':[1,2],'b':[3]}", batch().move("/a/0", "/b/1"), "{'a':[2],'b':[3,1]}");
        cases.does(
                "move from a list into a map",
                "{'a':[1,2],'m':{}}",
                batch().move("/a/0", "/m/x"),
                "{'a':[2],'m':{'x':1}}");
        cases.does(
                "move from a map into a list",
                "{'a':[1],'m':{'x':2}}",
                batch().move("/m/x", "/a/0"),
                "{'a':[2,1],'m':{}}");
        cases.does(
                "move into an element, counted after the removal",
                "[0,{'x':1},{'a':1}]",
                batch().move("/0", "/1/b"),
                "[{'x':1},{'a':1,'b':0}]");
        cases.does("move out of an element into its list", "[{'a':1}]", batch().move("/0/a", "/1"), "[{},1]");
        cases.does("move into the element that follows", "[1,{'a':2}]", batch().move("/0", "/0/b"), "[{'a':2,'b':1}]");
        cases.refuses("move into what does not follow", "[{'a':2}]", batch().move("/0", "/0/b"), INDEX_OUT_OF_RANGE);
        cases.refuses("move from beyond the end", "[1]", batch().move("/1", "/0"), INDEX_OUT_OF_RANGE);
        cases.refuses("move from the end", "[1]", batch().move("/-", "/0"), INDEX_OUT_OF_RANGE);
        cases.refuses(
                "move beyond the end, counted after the removal",
                "[1,2]",
                batch().move("/0", "/2"),
                INDEX_OUT_OF_RANGE);
        cases.refuses("move to a key of a list", "[1,2]", batch().move("/0", "/a"), INDEX_OUT_OF_RANGE);
        cases.refuses(
                "move into a neighbour that is no longer there",
                "[1,{}]",
                batch().move("/0", "/1/a"),
                INDEX_OUT_OF_RANGE);
    }

    /** Long enough for a tree of three levels. */
    private static void longLists(ContractCases cases) {
        cases.that("a long list grows and shrinks at the front", stores -> edited(stores, 0, 1500, (i, size) -> 0));
        cases.that(
                "a long list grows and shrinks at the end", stores -> edited(stores, 0, 1500, (i, size) -> size - 1));
        cases.that(
                "a long list grows and shrinks in the middle",
                stores -> edited(stores, 0, 1500, (i, size) -> size / 2));
        cases.that(
                "a long list grows and shrinks all over",
                stores -> edited(stores, 3000, 1500, (i, size) -> i * 7919 % size));
    }

    private interface Place {
        int at(int step, int size);
    }

    /** Inserts, then moves and replaces, then deletes, and compares with a plain list. */
    private static void edited(ContractCases.Stores stores, int start, int steps, Place place) {
        List<Value> model = new ArrayList<>();
        for (int i = 0; i < start; i++) {
            model.add(Value.of(i));
        }
        Store store = stores.create(ListValue.of(model));
        Snapshot first = store.snapshot();
        List<Value> atFirst = List.copyOf(model);
        for (int i = 0; i < steps; i++) {
            int at = place.at(i, model.size() + 1);
            model.add(at, Value.of(10_000 + i));
            store.apply(new Operation.Insert(Path.ROOT.child(at), Value.of(10_000 + i)));
        }
        check("after inserts", model, store);
        Snapshot second = store.snapshot();
        List<Value> inserted = List.copyOf(model);
        for (int i = 0; i < steps / 4; i++) {
            int from = place.at(i, model.size());
            int to = i * 31 % model.size();
            model.add(to, model.remove(from));
            model.set(from, Value.of(-i));
            store.apply(Batch.of(
                    new Operation.Move(Path.ROOT.child(from), Path.ROOT.child(to)),
                    new Operation.Set(Path.ROOT.child(from), Value.of(-i))));
        }
        check("after moves", model, store);
        for (int i = 0; i < steps; i++) {
            int at = place.at(i, model.size());
            model.remove(at);
            store.apply(new Operation.Delete(Path.ROOT.child(at)));
        }
        check("after deletes", model, store);
        ContractCases.same("the first snapshot", ListValue.of(atFirst), first.root());
        ContractCases.same("the second snapshot", ListValue.of(inserted), second.root());
    }

    private static void check(String when, List<Value> model, Store store) {
        ContractCases.same(when, ListValue.of(model), store.snapshot().root());
        for (int i = 0; i < model.size(); i += 97) {
            ContractCases.same(when + " at " + i, model.get(i), ContractOperations.found(store, "/" + i));
        }
        ContractCases.same(when + " beyond the end", true, store.get(Path.ROOT.child(model.size())) == null);
    }
}
