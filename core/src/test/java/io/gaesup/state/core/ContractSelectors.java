package io.gaesup.state.core;

import static io.gaesup.state.core.ContractOperations.batch;
import static io.gaesup.state.core.ContractOperations.of;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Subscriptions to patterns and to selectors, and debounced ones. */
final class ContractSelectors {

    private static final String DOCUMENT =
            "{'rows':[{'price':1,'name':'a'},{'price':2,'name':'b'}],'by':{'x':{'price':3},'*':{'price':4}},'tax':5}";

    private static final Path TAX = Path.of("/tax");
    private static final Path ROWS = Path.of("/rows");
    private static final PathPattern PRICES = PathPattern.of("/rows/*/price");

    private static final Selector<Long> SUM = Selector.of("sum", reader -> {
        long[] sum = {0};
        reader.forEach(PRICES, (_, price) -> sum[0] += price instanceof Value.Int number ? number.value() : 0);
        return sum[0];
    });
    private static final Selector<Boolean> MANY = Selector.of("many", reader -> reader.size(ROWS) > 2);
    private static final Selector<@Nullable Value> TAXES = Selector.of("tax", reader -> reader.get(TAX));
    private static final Selector<String> LABEL = Selector.of(
            "label", reader -> reader.get(SUM) + (reader.get(MANY) ? " many " : " few ") + reader.get(TAXES));

    private ContractSelectors() {}

    static void addTo(ContractCases cases) {
        patterns(cases);
        results(cases);
        debounced(cases);
    }

    private static void patterns(ContractCases cases) {
        wakes(
                cases,
                "a value meant",
                batch().set("/rows/1/price", of("7")),
                " /rows/*/price /**/price /rows/1/* /rows/**");
        wakes(cases, "a value beside it", batch().set("/rows/1/name", of("'c'")), " /rows/1/* /rows/**");
        wakes(cases, "a row", batch().set("/rows/0", of("{'price':1}")), " /rows/*/price /**/price /rows/**");
        wakes(cases, "a scalar far above", batch().set("/tax", of("6")), "");
        wakes(cases, "a container far above", batch().set("/tax", of("{}")), " /**/price");
        wakes(cases, "a new row", batch().insert("/rows/1", of("{}")), " /rows/*/price /**/price /rows/1/* /rows/**");
        wakes(cases, "a row that goes", batch().delete("/rows/0"), " /rows/*/price /**/price /rows/1/* /rows/**");
        wakes(cases, "the key of a star", batch().set("/by/*/price", of("9")), " /by/~2/price /**/price /by/*/*");
        wakes(cases, "a key like any other", batch().set("/by/x/price", of("9")), " /**/price /by/*/*");
        wakes(cases, "a merge", batch().merge("/by", of("{'x':{'price':null}}")), " /**/price /by/*/*");
        wakes(cases, "a move", batch().move("/by/x", "/rows/0"), " /rows/*/price /**/price /rows/1/* /by/*/* /rows/**");
        cases.that("a pattern visits what matches, in order", stores -> {
            List<String> found = new ArrayList<>();
            Selector<Boolean> all = Selector.of("all", reader -> {
                reader.forEach(PathPattern.of("/**/price"), (path, value) -> found.add(path + "=" + value));
                return true;
            });
            stores.create(of(DOCUMENT)).select(all);
            List<String> prices = List.of("/rows/0/price=1", "/rows/1/price=2", "/by/x/price=3", "/by/*/price=4");
            ContractCases.same("what it found", prices, found);
        });
    }

    /** The batch wakes exactly {@code woken} of some patterns. */
    private static void wakes(ContractCases cases, String name, Batch.Builder batch, String woken) {
        cases.that("pattern: " + name, stores -> {
            String[] patterns = {
                "/rows/*/price", "/by/~2/price", "/**/price", "/rows/1/*", "/by/*/*", "/rows/**", "/none/**/x"
            };
            Store store = stores.create(of(DOCUMENT));
            StringBuilder told = new StringBuilder();
            for (String pattern : patterns) {
                store.subscribe(
                        PathPattern.of(pattern), change -> told.append(' ').append(pattern));
            }
            store.apply(batch.build());
            ContractCases.same("who was told", woken, told.toString());
        });
    }

    private static void results(ContractCases cases) {
        cases.that("a selector is told of other results only", stores -> {
            Store store = stores.create(of(DOCUMENT));
            List<String> log = new ArrayList<>();
            store.subscribe(SUM, selection -> log.add(selection.previous() + "->" + selection.value()));
            store.set(Path.of("/rows/0/price"), of("5"));
            store.set(Path.of("/rows/0/name"), of("'z'"));
            store.apply(batch().increment("/rows/0/price", 1)
                    .increment("/rows/1/price", -1)
                    .build());
            store.set(ROWS, of("[]"));
            store.set(TAX, of("1"));
            ContractCases.same("what it was told", List.of("3->7", "7->0"), log);
        });
        cases.that("a selector of selectors sees one state", stores -> {
            Store store = stores.create(of(DOCUMENT));
            List<String> log = new ArrayList<>();
            store.subscribe(LABEL, selection -> log.add(selection.value()));
            ContractCases.same("the first", "3 few 5", store.select(LABEL));
            store.apply(batch().insert("/rows/0", of("{'price':10}"))
                    .set("/tax", of("6"))
                    .build());
            store.apply(batch().insert("/rows/0", of("{}")).increment("/tax", 1).build());
            store.apply(batch().set("/by", of("1")).build());
            ContractCases.same("what it was told", List.of("13 many 6", "13 many 7"), log);
            ContractCases.same("the last", "13 many 7", store.select(LABEL));
        });
        cases.that("all selectors see a commit before the first listener", stores -> {
            Store store = stores.create(of(DOCUMENT));
            List<Object> seen = new ArrayList<>();
            store.subscribe(TAX, change -> seen.add(store.select(LABEL)));
            store.subscribe(LABEL, selection -> seen.add(selection.value()));
            store.set(TAX, of("0"));
            ContractCases.same("what they saw", List.of("3 few 0", "3 few 0"), seen);
        });
        cases.that("a selector goes back and forth", stores -> {
            Store store = stores.create(of(DOCUMENT));
            List<Object> seen = new ArrayList<>();
            store.subscribe(SUM, selection -> seen.add(selection.value()));
            for (int i = 0; i < 3; i++) {
                store.increment(Path.of("/rows/0/price"), 1);
                store.increment(Path.of("/rows/0/price"), -1);
            }
            ContractCases.same("what it saw", List.of(4L, 3L, 4L, 3L, 4L, 3L), seen);
        });
        cases.that("results may be null, and sizes and keys are read alone", stores -> {
            Store store = stores.create(of(DOCUMENT));
            List<String> log = new ArrayList<>();
            Selector<String> keys = Selector.of("keys", reader -> String.join(",", reader.keys(Path.of("/by"))));
            Selector<Boolean> has = Selector.of("has", reader -> reader.has(Path.of("/by/x/price")));
            store.subscribe(TAXES, selection -> log.add("tax " + selection.value()));
            store.subscribe(keys, selection -> log.add("keys " + selection.value()));
            store.subscribe(has, selection -> log.add("has " + selection.value()));
            store.set(Path.of("/by/x/price"), of("0"));
            store.delete(TAX);
            store.set(Path.of("/by/y"), of("0"));
            store.set(Path.of("/by/x"), of("0"));
            store.set(TAX, of("{}"));
            List<String> expected = List.of("tax null", "keys x,*,y", "has false", "tax map(0 entries)");
            ContractCases.same("what they were told", expected, log);
        });
        cases.that("a selector that throws is told again when it no longer does", stores -> {
            Store store = stores.create(of(DOCUMENT));
            List<Object> seen = new ArrayList<>();
            Selector<Long> strict = Selector.of("strict", reader -> ((Value.Int) reader.get(TAX)).value());
            store.subscribe(strict, selection -> seen.add(selection.value()));
            store.set(TAX, of("'free'"));
            store.set(TAX, of("5"));
            store.set(TAX, of("'free'"));
            store.set(TAX, of("7"));
            ContractCases.same("what it saw", List.of(7L), seen);
        });
        cases.that("listeners of selectors write, close and subscribe as others do", stores -> {
            Store store = stores.create(of(DOCUMENT));
            List<String> log = new ArrayList<>();
            Subscription[] second = new Subscription[1];
            store.subscribe(TAXES, selection -> {
                log.add("first " + selection.value());
                if (selection.value().equals(of("6"))) {
                    second[0].close();
                    store.increment(TAX, 1);
                    store.subscribe(TAXES, later -> log.add("new " + later.value()));
                }
            });
            second[0] = store.subscribe(TAXES, selection -> log.add("second " + selection.value()));
            store.subscribe(TAXES, selection -> log.add("third " + selection.value()));
            store.increment(TAX, 1);
            store.increment(TAX, 1);
            List<String> expected = List.of("first 6", "third 6", "first 7", "third 7", "first 8", "third 8", "new 8");
            ContractCases.same("who was told", expected, log);
        });
        cases.that("selectors that read each other are refused", stores -> {
            Store store = stores.create(of(DOCUMENT));
            List<Selector<Integer>> both = new ArrayList<>();
            both.add(Selector.of("one", reader -> reader.get(both.get(1)) + 1));
            both.add(Selector.of("two", reader -> reader.get(both.get(0)) + 1));
            boolean refused = false;
            try {
                store.subscribe(both.get(0), selection -> {});
            } catch (IllegalStateException e) {
                refused = true;
            }
            ContractCases.same("refused", true, refused);
            store.set(TAX, of("1"));
        });
    }

    private static void debounced(ContractCases cases) {
        cases.that("a debounced listener is told at once, then together", stores -> {
            VirtualScheduler time = new VirtualScheduler();
            Store store = stores.create(of(DOCUMENT));
            List<String> log = new ArrayList<>();
            store.subscribe(
                    TAX,
                    Debounce.adaptive(time).withWindowMillis(20),
                    change -> log.add(time.nanoTime() / 1_000_000 + ": "
                            + change.operations().size()));
            for (int i = 0; i < 9; i++) {
                store.increment(TAX, 1);
                time.advanceMillis(5);
            }
            time.advanceMillis(100);
            store.increment(TAX, 1);
            ContractCases.same("when, and how many", List.of("0: 1", "20: 3", "40: 4", "60: 1", "145: 1"), log);
        });
        cases.that("a debounced listener of a selector sees the last result", stores -> {
            VirtualScheduler time = new VirtualScheduler();
            Store store = stores.create(of(DOCUMENT));
            List<String> log = new ArrayList<>();
            store.subscribe(
                    TAXES,
                    Debounce.adaptive(time),
                    selection -> log.add(selection.previous() + "->" + selection.value()));
            for (int i = 0; i < 4; i++) {
                store.increment(TAX, 1);
            }
            time.advanceMillis(100);
            ContractCases.same("what it saw", List.of("5->6", "6->9"), log);
        });
        cases.that("a debounced listener that is closed is not told what is pending", stores -> {
            VirtualScheduler time = new VirtualScheduler();
            Store store = stores.create(of(DOCUMENT));
            List<String> log = new ArrayList<>();
            Subscription closed = store.subscribe(TAX, Debounce.adaptive(time), change -> log.add("told"));
            store.increment(TAX, 1);
            store.increment(TAX, 1);
            closed.close();
            time.advanceMillis(1_000);
            ContractCases.same("what it was told", List.of("told"), log);
            ContractCases.same("tasks that wait", 0, time.waiting());
        });
        cases.that("a debounced listener that writes is not called within itself", stores -> {
            VirtualScheduler time = new VirtualScheduler();
            Store store = stores.create(of(DOCUMENT));
            List<String> log = new ArrayList<>();
            store.subscribe(TAX, Debounce.adaptive(time).withBatchSize(2), change -> {
                boolean isSecond = log.size() == 2;
                log.add("begin " + change.operations().size());
                if (isSecond) {
                    store.increment(TAX, 1);
                    store.increment(TAX, 1);
                }
                log.add("end");
            });
            store.increment(TAX, 1);
            store.increment(TAX, 1);
            time.advanceMillis(100);
            ContractCases.same("what it was told", List.of("begin 1", "end", "begin 1", "end", "begin 2", "end"), log);
        });
    }
}
