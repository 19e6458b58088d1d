package io.gaesup.state.bench.subscriptions;

import io.gaesup.state.bench.Bar;
import io.gaesup.state.bench.Part;
import io.gaesup.state.bench.Report;
import io.gaesup.state.bench.Row;
import io.gaesup.state.bench.Settings;
import io.gaesup.state.bench.Spread;
import io.gaesup.state.bench.subscriptions.Audience.Kind;
import io.gaesup.state.core.LocalStore;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * {@code ./gaesup bench subscriptions}: does a commit cost the same however many listen to something else, is a shared
 * selector evaluated once, and what is that worth beside running all selectors again?
 *
 * <p>Back of the envelope: a commit walks three places of the trie, one of them among as many as there are listeners: two
 * steps of a radix tree for 1,000, four for 100,000, so a few nanoseconds more of some hundred. Both tables have as many
 * rows. Time is that of the thread.
 */
public final class SubscriptionsPart implements Part {

    private static final int FEW = 1_000;
    private static final int MANY = 100_000;
    private static final int SHARING = 1_000;
    private static final int SELECTORS = 1_000;
    private static final int ROUNDS = 7;
    private static final double ALLOWED_GROWTH = 1.2;

    @Override
    public String name() {
        return "subscriptions";
    }

    @Override
    public String question() {
        return "a commit beside 1,000 and 100,000 who listen to something else; shared selectors, all run again";
    }

    @Override
    public Report run(Settings settings) {
        int commits = settings.quick() ? 100_000 : 1_000_000;
        var rows = new ArrayList<Row>();
        var bars = new ArrayList<Bar>();
        for (var kind : Kind.values()) {
            growth(kind, commits, rows, bars);
        }
        sharing(rows, bars);
        againstRerun(settings.quick() ? 2_000 : 10_000, rows);
        return new Report(name(), settings.quick(), ROUNDS, rows, bars, Map.of("commits", commits));
    }

    private static void growth(Kind kind, int commits, List<Row> rows, List<Bar> bars) {
        var word = kind.name().toLowerCase(Locale.ROOT);
        System.out.println(ROUNDS + " rounds: a commit beside " + word);
        var few = Audience.of(kind, FEW, MANY);
        long before = usedBytes();
        var many = Audience.of(kind, MANY, MANY);
        double bytes = (usedBytes() - before) / (double) MANY;
        var nanos = new LinkedHashMap<Audience, List<Double>>();
        nanos.put(few, new ArrayList<>());
        nanos.put(many, new ArrayList<>());
        few.commit(commits);
        many.commit(commits);
        for (int round = 0; round < ROUNDS; round++) {
            nanos.forEach((audience, times) -> {
                long start = cpuNanos();
                audience.commit(commits);
                times.add((cpuNanos() - start) / (double) commits);
            });
        }
        long expected = (ROUNDS + 1L) * commits;
        nanos.keySet().forEach(audience -> check(audience, expected));
        var fewNanos = new Spread(nanos.get(few));
        var manyNanos = new Spread(nanos.get(many));
        rows.add(Row.of("a commit beside 1,000 " + word, "ns", fewNanos));
        rows.add(Row.of("a commit beside 100,000 " + word, "ns", manyNanos));
        var growth = manyNanos.dividedBy(fewNanos);
        var bar = "subscriptions.growth-" + word;
        rows.add(new Row(bar, "x", growth, "100,000 to 1,000 others"));
        rows.add(new Row("one of 100,000 " + word, "B", Spread.of(bytes), "heap, with its row of two numbers"));
        if (kind == Kind.PATHS) {
            bars.add(Bar.atMost(bar, ALLOWED_GROWTH, growth));
        }
    }

    private static void check(Audience audience, long expected) {
        if (audience.told != expected || audience.toldInVain != 0) {
            throw new IllegalStateException("told " + audience.told + " times of " + expected + " commits, and others "
                    + audience.toldInVain + " times");
        }
    }

    private static void sharing(List<Row> rows, List<Bar> bars) {
        var audience = Audience.of(Kind.PATHS, 1, 1);
        var selector = Audience.selectors(1).getFirst();
        for (int i = 0; i < SHARING; i++) {
            audience.store.subscribe(selector, selection -> audience.told++);
        }
        long before = audience.store.subscriptions().metrics().evaluations();
        audience.commit(FEW);
        double perCommit = (audience.store.subscriptions().metrics().evaluations() - before) / (double) FEW;
        var bar = "subscriptions.shared-evaluations";
        rows.add(new Row(bar, "", Spread.of(perCommit), "evaluations a commit for 1,000 listeners of one selector"));
        bars.add(Bar.atMost(bar, 1, Spread.of(perCommit)));
    }

    private static void againstRerun(int commits, List<Row> rows) {
        System.out.println(ROUNDS + " rounds: 1,000 selectors, each of its row, and all run again");
        var ours = Audience.of(Kind.PATHS, 1, SELECTORS);
        var told = new long[1];
        var selectors = Audience.selectors(SELECTORS);
        selectors.forEach(selector -> ours.store.subscribe(selector, selection -> told[0]++));
        var naive = new Rerun(LocalStore.of(ours.store.snapshot()), SELECTORS);
        var times = List.of(new ArrayList<Double>(), new ArrayList<Double>());
        for (int round = -1; round < ROUNDS; round++) {
            long start = cpuNanos();
            ours.commit(commits);
            long middle = cpuNanos();
            naive.commit(commits);
            long end = cpuNanos();
            if (round >= 0) {
                times.get(0).add((middle - start) / (double) commits);
                times.get(1).add((end - middle) / (double) commits);
            }
        }
        for (int i = 0; i < SELECTORS; i++) {
            if (!ours.store.select(selectors.get(i)).equals(naive.results().get(i)) || told[0] != naive.told) {
                throw new IllegalStateException(
                        "row " + i + " differs, or " + told[0] + " were told, not " + naive.told);
            }
        }
        var oursNanos = new Spread(times.get(0));
        var naiveNanos = new Spread(times.get(1));
        rows.add(Row.of("a commit, 1,000 selectors: ours", "ns", oursNanos));
        rows.add(Row.of("a commit, 1,000 selectors: all run again", "ns", naiveNanos));
        rows.add(new Row("subscriptions.rerun-to-ours", "x", naiveNanos.dividedBy(oursNanos), "same results, checked"));
    }

    /** This thread's own time: others on the machine do not count. */
    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static long usedBytes() {
        var runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            System.gc();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }
}
