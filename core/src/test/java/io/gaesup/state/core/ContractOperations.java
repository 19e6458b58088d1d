package io.gaesup.state.core;

import static io.gaesup.state.core.ErrorCode.BAD_PATH;
import static io.gaesup.state.core.ErrorCode.INDEX_OUT_OF_RANGE;
import static io.gaesup.state.core.ErrorCode.NOT_A_NUMBER;
import static io.gaesup.state.core.ErrorCode.NOT_FOUND;
import static io.gaesup.state.core.ErrorCode.OVERFLOW;
import static io.gaesup.state.core.ErrorCode.TEST_FAILED;
import static io.gaesup.state.core.ErrorCode.WRONG_TYPE;

/** Set, merge, delete, increment, move and test on maps and on the whole document. */
final class ContractOperations {

    private static final Path A = Path.of("/a");
    private static final String ESCAPED_KEYS = "{'':0,'a/b':1,'m~n':2,'~1':3,'/':4,'-':5,'01':6}";

    private ContractOperations() {}

    static void addTo(ContractCases cases) {
        set(cases);
        paths(cases);
        merge(cases);
        mergeAsInTheRfc(cases);
        delete(cases);
        increment(cases);
        move(cases);
        test(cases);
    }

    private static void set(ContractCases cases) {
        cases.does("set adds an entry at the end", "{'a':1}", batch().set("/b", of("2")), "{'a':1,'b':2}");
        cases.does("set replaces an entry in its place", "{'a':1,'b':2}", batch().set("/a", of("3")), "{'a':3,'b':2}");
        cases.does("set replaces an entry by its like", "{'a':1}", batch().set("/a", of("1")), "{'a':1}");
        cases.does("set replaces a map by a scalar", "{'a':{'b':1}}", batch().set("/a", of("null")), "{'a':null}");
        cases.does(
                "set goes through maps and lists",
                "{'a':[{'b':1}]}",
                batch().set("/a/0/b", of("2")),
                "{'a':[{'b':2}]}");
        cases.does("set replaces the whole document", "{'a':1}", batch().set("", of("[1,2]")), "[1,2]");
        cases.does("set replaces a scalar document", "5", batch().set("", of("{}")), "{}");
        cases.refuses("set needs the map above", "{}", batch().set("/a/b", of("1")), NOT_FOUND);
        cases.refuses("set needs all maps above", "{'a':{}}", batch().set("/a/b/c", of("1")), NOT_FOUND);
        cases.refuses("set does not go below a string", "{'a':'x'}", batch().set("/a/b", of("1")), WRONG_TYPE);
        cases.refuses("set does not go far below a number", "{'a':1}", batch().set("/a/b/c", of("1")), WRONG_TYPE);
        cases.refuses("set does not go below null", "{'a':null}", batch().set("/a/b", of("1")), WRONG_TYPE);
        cases.refuses("set does not go below a scalar document", "7", batch().set("/a", of("1")), WRONG_TYPE);
    }

    private static void paths(ContractCases cases) {
        cases.that("paths read escaped keys", stores -> {
            Store store = stores.create(of(ESCAPED_KEYS));
            String[] pointers = {"/", "/a~1b", "/m~0n", "/~01", "/~1", "/-", "/01"};
            for (int i = 0; i < pointers.length; i++) {
                ContractCases.same(pointers[i], Value.of(i), found(store, pointers[i]));
            }
        });
        cases.does(
                "paths write escaped keys",
                "{}",
                batch().set("/a~1b", of("1")).set("/m~0n", of("2")).set("/~01", of("3")),
                "{'a/b':1,'m~n':2,'~1':3}");
        cases.does(
                "digits are keys in a map",
                "{}",
                batch().set("/0", of("1")).set("/01", of("2")).set("/-", of("3")),
                "{'0':1,'01':2,'-':3}");
        cases.does("the empty key is a key", "{'':{'':1}}", batch().set("//", of("2")), "{'':{'':2}}");
        cases.that("reading finds nothing where nothing is", stores -> {
            Store store = stores.create(of("{'a':[1,{'b':null}],'s':'x'}"));
            String[] missing = {
                "/b",
                "/a/2",
                "/a/-",
                "/a/00",
                "/a/-1",
                "/a/+1",
                "/a/0x0",
                "/a/b",
                "/a/0/b",
                "/s/0",
                "/a/1/b/c",
                "/a/4294967296",
                "/a/1/c",
                "/"
            };
            for (String pointer : missing) {
                ContractCases.same(pointer, true, store.get(Path.of(pointer)) == null);
                ContractCases.same(pointer, true, store.snapshot().get(Path.of(pointer)) == null);
            }
            ContractCases.same("null is there", Value.NULL, found(store, "/a/1/b"));
        });
        cases.that("a read container does not change any more", stores -> {
            Store store = stores.create(of("{'a':{'b':[1]}}"));
            Value map = found(store, "/a");
            Value list = found(store, "/a/b");
            store.apply(batch().set("/a/b/0", of("2")).build());
            ContractCases.same("the map", of("{'b':[1]}"), map);
            ContractCases.same("the list", of("[1]"), list);
            Value root = found(store, "");
            store.apply(batch().set("/a/b/0", of("3")).build());
            ContractCases.same("the document", of("{'a':{'b':[2]}}"), root);
        });
    }

    private static void merge(ContractCases cases) {
        cases.does(
                "merge adds, replaces and removes",
                "{'a':1,'b':2,'c':3}",
                batch().merge("", of("{'b':null,'a':9,'d':4}")),
                "{'a':9,'c':3,'d':4}");
        cases.does(
                "merge goes into maps",
                "{'a':{'b':{'c':1,'d':2}}}",
                batch().merge("/a", of("{'b':{'c':null,'e':3}}")),
                "{'a':{'b':{'d':2,'e':3}}}");
        cases.does(
                "merge creates the entry at its path",
                "{}",
                batch().merge("/a", of("{'b':{'c':1,'d':null}}")),
                "{'a':{'b':{'c':1}}}");
        cases.does(
                "merge replaces a list by a map", "{'a':[1,2]}", batch().merge("/a", of("{'b':1}")), "{'a':{'b':1}}");
        cases.does(
                "merge into a list element",
                "[{'a':1},{'a':2}]",
                batch().merge("/1", of("{'b':3}")),
                "[{'a':1},{'a':2,'b':3}]");
        cases.does("merge of a scalar replaces", "{'a':{'b':1}}", batch().merge("/a", of("5")), "{'a':5}");
        cases.does(
                "merge of null at its path leaves null there",
                "{'a':1}",
                batch().merge("/a", of("null")),
                "{'a':null}");
        cases.does("merge of nothing changes nothing", "{'a':1}", batch().merge("", of("{}")), "{'a':1}");
        cases.does(
                "merge keeps nulls inside lists",
                "{}",
                batch().merge("", of("{'a':[null,{'b':null}]}")),
                "{'a':[null,{'b':null}]}");
        cases.does(
                "merge of many entries makes a large map",
                wide(0, 20),
                batch().merge("", of(wide(20, 80))),
                wide(0, 80));
        cases.refuses("merge needs the map above", "{}", batch().merge("/a/b", of("{}")), NOT_FOUND);
        cases.refuses("merge needs the element", "[1]", batch().merge("/1", of("{}")), INDEX_OUT_OF_RANGE);
    }

    /** The examples of RFC 7396, appendix A. */
    private static void mergeAsInTheRfc(ContractCases cases) {
        String[][] examples = {
            {"{'a':'b'}", "{'a':'c'}", "{'a':'c'}"},
            {"{'a':'b'}", "{'b':'c'}", "{'a':'b','b':'c'}"},
            {"{'a':'b'}", "{'a':null}", "{}"},
            {"{'a':'b','b':'c'}", "{'a':null}", "{'b':'c'}"},
            {"{'a':['b']}", "{'a':'c'}", "{'a':'c'}"},
            {"{'a':'c'}", "{'a':['b']}", "{'a':['b']}"},
            {"{'a':{'b':'c'}}", "{'a':{'b':'d','c':null}}", "{'a':{'b':'d'}}"},
            {"{'a':[{'b':'c'}]}", "{'a':[1]}", "{'a':[1]}"},
            {"['a','b']", "['c','d']", "['c','d']"},
            {"{'a':'b'}", "['c']", "['c']"},
            {"{'a':'foo'}", "null", "null"},
            {"{'a':'foo'}", "'bar'", "'bar'"},
            {"{'e':null}", "{'a':1}", "{'e':null,'a':1}"},
            {"[1,2]", "{'a':'b','c':null}", "{'a':'b'}"},
            {"{}", "{'a':{'bb':{'ccc':null}}}", "{'a':{'bb':{}}}"},
        };
        for (int i = 0; i < examples.length; i++) {
            cases.does(
                    "merge, RFC 7396 example " + (i + 1),
                    examples[i][0],
                    batch().merge("", of(examples[i][1])),
                    examples[i][2]);
        }
    }

    private static void delete(ContractCases cases) {
        cases.does("delete removes an entry", "{'a':1,'b':2,'c':3}", batch().delete("/b"), "{'a':1,'c':3}");
        cases.does("delete removes a null", "{'a':null}", batch().delete("/a"), "{}");
        cases.does("delete removes deep down", "{'a':[{'b':1,'c':2}]}", batch().delete("/a/0/b"), "{'a':[{'c':2}]}");
        cases.does(
                "an entry put again goes to the end",
                "{'a':1,'b':2}",
                batch().delete("/a").set("/a", of("3")),
                "{'b':2,'a':3}");
        cases.does("delete in a large map", wide(0, 40), batch().delete("/k0"), wide(1, 40));
        cases.refuses("delete needs the entry", "{'a':1}", batch().delete("/b"), NOT_FOUND);
        cases.refuses("delete needs the entry of a large map", wide(0, 40), batch().delete("/b"), NOT_FOUND);
        cases.refuses("delete needs the map above", "{'a':1}", batch().delete("/b/c"), NOT_FOUND);
        cases.refuses("delete does not go below a scalar", "{'a':1}", batch().delete("/a/b"), WRONG_TYPE);
        cases.that(
                "delete refuses the whole document",
                stores -> ContractCases.refused(
                        BAD_PATH, () -> stores.create(of("{}")).delete(Path.ROOT)));
    }

    private static void increment(ContractCases cases) {
        cases.does("increment adds ints", "{'a':40}", batch().increment("/a", 2), "{'a':42}");
        cases.does("increment adds a negative", "{'a':40}", batch().increment("/a", -50), "{'a':-10}");
        cases.does("increment of a missing entry starts from zero", "{}", batch().increment("/a", 7), "{'a':7}");
        cases.does("increment in a list", "[1,2]", batch().increment("/1", 5), "[1,7]");
        cases.does("increment of a scalar document", "1", batch().increment("", 1), "2");
        cases.does("increment of a float by an int", "{'a':0.5}", batch().increment("/a", 1), "{'a':1.5}");
        cases.does("increment of an int by a float", "{'a':1}", batch().add(by(0.25)), "{'a':1.25}");
        cases.does("increment of an int by a float stays a float", "{'a':1}", batch().add(by(1.0)), "{'a':2.0}");
        cases.does("increment of a missing entry by a float", "{}", batch().add(by(0.5)), "{'a':0.5}");
        cases.does(
                "increment reaches the largest int",
                "{'a':9223372036854775806}",
                batch().increment("/a", 1),
                "{'a':9223372036854775807}");
        cases.does(
                "increment spans all ints",
                "{'a':-9223372036854775808}",
                batch().increment("/a", Long.MAX_VALUE),
                "{'a':-1}");
        cases.refuses(
                "increment beyond the largest int", "{'a':9223372036854775807}", batch().increment("/a", 1), OVERFLOW);
        cases.refuses(
                "increment beyond the smallest int",
                "{'a':-9223372036854775808}",
                batch().increment("/a", -1),
                OVERFLOW);
        cases.refuses(
                "increment beyond the largest float", "{'a':1.7976931348623157e308}", batch().add(by(1e308)), OVERFLOW);
        cases.refuses("increment of a string", "{'a':'1'}", batch().increment("/a", 1), NOT_A_NUMBER);
        cases.refuses("increment of null", "{'a':null}", batch().increment("/a", 1), NOT_A_NUMBER);
        cases.refuses("increment of a bool", "{'a':true}", batch().increment("/a", 1), NOT_A_NUMBER);
        cases.refuses("increment of a map", "{'a':{}}", batch().increment("/a", 1), NOT_A_NUMBER);
        cases.refuses("increment needs the map above", "{}", batch().increment("/a/b", 1), NOT_FOUND);
        cases.refuses("increment needs the element", "[1]", batch().increment("/1", 1), INDEX_OUT_OF_RANGE);
        cases.refuses("increment at the end of a list", "[1]", batch().increment("/-", 1), INDEX_OUT_OF_RANGE);
    }

    private static void move(ContractCases cases) {
        cases.does(
                "move renames an entry, which goes to the end",
                "{'a':1,'b':2}",
                batch().move("/a", "/c"),
                "{'b':2,'c':1}");
        cases.does(
                "move replaces an entry in its place",
                "{'a':1,'b':2,'c':3}",
                batch().move("/a", "/c"),
                "{'b':2,'c':1}");
        cases.does("move to where it is goes to the end", "{'a':1,'b':2}", batch().move("/a", "/a"), "{'b':2,'a':1}");
        cases.does(
                "move between maps",
                "{'a':{'x':{'y':1}},'b':{}}",
                batch().move("/a/x", "/b/z"),
                "{'a':{},'b':{'z':{'y':1}}}");
        cases.does("move to a place above its own", "{'a':{'b':{'c':1}}}", batch().move("/a/b", "/a"), "{'a':{'c':1}}");
        cases.does(
                "a moved map can be changed",
                "{'a':{'x':1}}",
                batch().move("/a", "/b").set("/b/x", of("2")),
                "{'b':{'x':2}}");
        cases.refuses("move needs something to move", "{'b':1}", batch().move("/a", "/b"), NOT_FOUND);
        cases.refuses("move needs something below a map", "{'a':{}}", batch().move("/a/x/y", "/b"), NOT_FOUND);
        cases.refuses("move from below a scalar", "{'a':1}", batch().move("/a/x", "/b"), WRONG_TYPE);
        cases.refuses("move to below a scalar", "{'a':1,'b':2}", batch().move("/a", "/b/c"), WRONG_TYPE);
        cases.refuses("move to where no map is", "{'a':1}", batch().move("/a", "/b/c"), NOT_FOUND);
        cases.refuses("move into itself", "{'a':{}}", batch().move("/a", "/a/b"), BAD_PATH);
        cases.refuses("move of nothing into itself", "{}", batch().move("/a", "/a/b"), NOT_FOUND);
        cases.that(
                "move of the whole document is refused",
                stores -> ContractCases.refused(
                        BAD_PATH,
                        () -> stores.create(of("{'a':{}}"))
                                .apply(batch().move("", "/a").build())));
        cases.that(
                "move onto the whole document is refused",
                stores -> ContractCases.refused(
                        BAD_PATH,
                        () -> stores.create(of("{'a':{}}"))
                                .apply(batch().move("/a", "").build())));
    }

    private static void test(ContractCases cases) {
        String all = "{'a':1,'f':1.0,'z':-0.0,'s':'x','n':null,'l':[1,{'b':2.0}],'m':{'x':1,'y':2}}";
        Batch.Builder holds = batch().test("/a", of("1"))
                .test("/a", of("1.0"))
                .test("/f", of("1"))
                .test("/z", of("0"))
                .test("/z", of("0.0"))
                .test("/s", of("'x'"))
                .test("/n", of("null"))
                .test("/l", of("[1.0,{'b':2}]"))
                .test("/m", of("{'y':2,'x':1}"))
                .test("/l/1/b", of("2"))
                .test("", of(all))
                .add(new Operation.Test(A, null))
                .add(new Operation.Test(Path.of("/n"), null));
        cases.does("test passes where values are worth the same", all, holds, all);
        String[][] differing = {
            {"/a", "2"},
            {"/a", "1.5"},
            {"/a", "'1'"},
            {"/a", "true"},
            {"/f", "1.0000001"},
            {"/s", "'X'"},
            {"/n", "0"},
            {"/n", "false"},
            {"/l", "[1]"},
            {"/l", "[{'b':2.0},1]"},
            {"/m", "{'x':1}"},
            {"/m", "{'x':1,'z':2}"},
            {"/m", "{'x':1,'y':3}"},
            {"/x", "null"},
            {"/l/2", "null"},
            {"/l/-", "null"},
            {"/a/b", "null"},
            {"", "{}"},
        };
        for (String[] each : differing) {
            cases.refuses(
                    "test at " + each[0] + " of " + each[1], all, batch().test(each[0], of(each[1])), TEST_FAILED);
        }
        cases.refuses(
                "test that something is there", all, batch().add(new Operation.Test(Path.of("/x"), null)), TEST_FAILED);
        cases.refuses(
                "test of the largest int and the float beyond",
                "9223372036854775807",
                batch().test("", of("9223372036854775808.0")),
                TEST_FAILED);
        cases.refuses(
                "test of a float and the int beside it",
                "9007199254740992.0",
                batch().test("", of("9007199254740993")),
                TEST_FAILED);
        cases.does(
                "test of the smallest int and its float",
                "-9223372036854775808",
                batch().test("", of("-9223372036854775808.0")),
                "-9223372036854775808");
    }

    private static Operation by(double amount) {
        return new Operation.Increment(A, Value.of(amount));
    }

    /** A map of the keys k{from} to k{to - 1}. */
    static String wide(int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append(i == from ? "{'k" : ",'k").append(i).append("':").append(i);
        }
        return text.append('}').toString();
    }

    static Value found(Store store, String pointer) {
        Value found = store.get(Path.of(pointer));
        if (found == null) {
            throw new AssertionError("nothing is at " + pointer);
        }
        return found;
    }

    static Batch.Builder batch() {
        return Batch.builder();
    }

    static Value of(String notation) {
        return Notation.read(notation);
    }
}
