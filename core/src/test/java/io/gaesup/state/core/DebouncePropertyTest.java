package io.gaesup.state.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Every change is told once, in order, neither late nor early; and exactly when a plain model tells it. */
@Label("debounced listeners")
final class DebouncePropertyTest {

    private static final Path A = Path.of("/a");
    private static final long MILLI = 1_000_000;
    private static final long SLICE = 100 * MILLI;

    /** @param changes their numbers, in the order of the updates */
    private record Told(long at, List<Integer> changes) {}

    @Provide
    Arbitrary<List<Long>> scripts() {
        return Scripts.ofSteps(60);
    }

    private static Debounce debounce(VirtualScheduler time, SplittableRandom random) {
        Debounce debounce = Debounce.adaptive(time);
        if (random.nextInt(3) == 0) {
            debounce = debounce.withWindowMillis(1 + random.nextInt(300));
        }
        if (random.nextInt(3) == 0) {
            debounce = debounce.withBatchSize(1 + random.nextInt(20));
        }
        return random.nextInt(3) == 0 ? debounce.withLongestWaitMillis(1 + random.nextInt(200)) : debounce;
    }

    /** Lets as much time pass as between updates of some frequency. */
    private static void pause(VirtualScheduler time, SplittableRandom random) {
        switch (random.nextInt(6)) {
            case 0 -> time.advanceMillis(random.nextInt(1_500));
            case 1 -> time.advanceMillis(10L * random.nextInt(12));
            case 2 -> {}
            default -> time.advanceNanos(random.nextInt((int) (20 * MILLI)));
        }
    }

    private static int updates(SplittableRandom random) {
        return random.nextInt(12) == 0 ? random.nextInt(60) : 1 + random.nextInt(3);
    }

    @Property
    void changesAreToldAsTheModelTellsThem(@ForAll long seed, @ForAll("scripts") List<Long> steps) {
        VirtualScheduler time = new VirtualScheduler();
        SplittableRandom start = new SplittableRandom(seed);
        Debounce debounce = debounce(time, start);
        LocalStore store = LocalStore.create("store", Notation.read("{'a':0}"));
        List<Told> told = new ArrayList<>();
        Listener listener = change -> {
            assertThat(change.revision()).isEqualTo(number(change.operations().getLast()) + 1L);
            told.add(new Told(
                    time.nanoTime(),
                    change.operations().stream()
                            .map(DebouncePropertyTest::number)
                            .toList()));
        };
        if (start.nextBoolean()) {
            store.subscribe(A, debounce, listener);
        } else {
            store.subscribe(PathPattern.of("/*"), debounce, listener);
        }
        List<Long> times = new ArrayList<>();
        for (long step : steps) {
            SplittableRandom random = new SplittableRandom(step);
            pause(time, random);
            for (int left = updates(random); left > 0; left--) {
                times.add(time.nanoTime());
                store.set(A, Value.of(times.size() - 1));
            }
        }
        time.advanceMillis(Debounce.LONGEST_WAIT_MILLIS);
        assertThat(time.waiting()).isZero();
        checkLaws(debounce, times, told);
        assertThat(told).as("%s at %s", debounce, times).isEqualTo(model(debounce, times));
    }

    private static int number(Operation operation) {
        return (int) ((Value.Int) ((Operation.Set) operation).value()).value();
    }

    private static void checkLaws(Debounce debounce, List<Long> times, List<Told> told) {
        boolean isAdaptive = debounce.windowMillis() == Debounce.ADAPTIVE;
        long slowest = isAdaptive ? 100 : debounce.windowMillis();
        long fastest = isAdaptive ? 16 : debounce.windowMillis();
        int fewest = debounce.batchSize() == Debounce.ADAPTIVE ? Debounce.BATCH_MIN : debounce.batchSize();
        int most = debounce.batchSize() == Debounce.ADAPTIVE ? Debounce.BATCH_MAX : debounce.batchSize();
        int next = 0;
        long last = Long.MIN_VALUE / 2;
        for (Told each : told) {
            for (int change : each.changes) {
                assertThat(change).as("the next one told").isEqualTo(next++);
                assertThat(each.at - times.get(change))
                        .as("the wait of change %s", change)
                        .isBetween(0L, Math.min(slowest, debounce.longestWaitMillis()) * MILLI);
            }
            boolean isFull = each.changes.size() >= fewest;
            assertThat(isFull || each.at - last >= Math.min(fastest, debounce.longestWaitMillis()) * MILLI)
                    .as("%s told %s ns after the one before", each, each.at - last)
                    .isTrue();
            assertThat(each.changes).hasSizeBetween(1, most);
            last = each.at;
        }
        assertThat(next).as("how many were told").isEqualTo(times.size());
    }

    /** What is told of updates at {@code times}, worked out afterwards. */
    private static List<Told> model(Debounce debounce, List<Long> times) {
        List<Told> told = new ArrayList<>();
        List<Integer> waiting = new ArrayList<>();
        long end = -1;
        for (int i = 0; i <= times.size(); i++) {
            long now = i < times.size() ? times.get(i) : Long.MAX_VALUE;
            while (end >= 0 && end <= now) {
                long at = end;
                end = waiting.isEmpty() ? -1 : at + window(debounce, rate(times, i, at));
                tell(told, at, waiting);
            }
            if (i < times.size()) {
                waiting.add(i);
                long rate = rate(times, i + 1, now);
                if (end < 0 || waiting.size() >= batchSize(debounce, rate)) {
                    end = now + window(debounce, rate);
                    tell(told, now, waiting);
                }
            }
        }
        return told;
    }

    private static void tell(List<Told> told, long at, List<Integer> waiting) {
        if (!waiting.isEmpty()) {
            told.add(new Told(at, List.copyOf(waiting)));
            waiting.clear();
        }
    }

    /** How many of the first {@code count} updates were in the last second, to a tenth of it. */
    private static long rate(List<Long> times, int count, long now) {
        long first = (now / SLICE - 9) * SLICE;
        int from = count;
        while (from > 0 && times.get(from - 1) >= first) {
            from--;
        }
        return count - from;
    }

    private static long window(Debounce debounce, long rate) {
        long policy = rate > 100 ? 16 : rate > 10 ? 50 : 100;
        long window = debounce.windowMillis() > 0 ? debounce.windowMillis() : policy;
        return Math.min(window, debounce.longestWaitMillis()) * MILLI;
    }

    private static long batchSize(Debounce debounce, long rate) {
        long expected = Math.ceilDiv(rate * window(debounce, rate), 1_000 * MILLI);
        return debounce.batchSize() > 0 ? debounce.batchSize() : Math.clamp(expected, 16, 1_000);
    }

    @Property
    void selectorsTellTheirLastResult(@ForAll long seed, @ForAll("scripts") List<Long> steps) {
        VirtualScheduler time = new VirtualScheduler();
        Debounce debounce = debounce(time, new SplittableRandom(seed));
        long slowest = debounce.windowMillis() == Debounce.ADAPTIVE ? 100 : debounce.windowMillis();
        long longest = Math.min(slowest, debounce.longestWaitMillis()) * MILLI;
        LocalStore store = LocalStore.create("store", Notation.read("{'a':0}"));
        Selector<Long> half =
                Selector.of("half", reader -> reader.get(A) instanceof Value.Int number ? number.value() / 2 : -1L);
        List<Long> told = new ArrayList<>(List.of(store.select(half)));
        store.subscribe(half, debounce, selection -> {
            assertThat(selection.value()).isEqualTo(store.select(half)).isNotEqualTo(selection.previous());
            assertThat(selection.previous()).isEqualTo(told.getLast());
            told.add(selection.value());
        });
        long staleSince = -1;
        for (long step : steps) {
            SplittableRandom random = new SplittableRandom(step);
            pause(time, random);
            staleSince = told.getLast().equals(store.select(half)) ? -1 : staleSince;
            assertThat(staleSince < 0 || time.nanoTime() - staleSince < longest)
                    .as("%s untold since %s, at %s", store.select(half), staleSince, time.nanoTime())
                    .isTrue();
            for (int left = updates(random); left > 0; left--) {
                store.set(A, Value.of(random.nextInt(6)));
                boolean isTold = told.getLast().equals(store.select(half));
                staleSince = isTold ? -1 : staleSince < 0 ? time.nanoTime() : staleSince;
            }
        }
        time.advanceMillis(Debounce.LONGEST_WAIT_MILLIS);
        assertThat(told.getLast()).isEqualTo(store.select(half));
    }
}
