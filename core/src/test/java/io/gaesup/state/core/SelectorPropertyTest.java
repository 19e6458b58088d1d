package io.gaesup.state.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/**
 * After every commit each selector's result is what its function gives anew, and its listeners were told exactly if that
 * is another result: on random graphs of selectors, while listeners come and go and documents go back and forth.
 */
@Label("selectors")
final class SelectorPropertyTest {

    private static final int SELECTORS = 24;
    private static final int REVISIONS_KEPT = 6;

    /** One listener, and what it must know. */
    private static final class Watched {
        private final Selector<?> selector;
        private @Nullable Object known;
        private @Nullable Subscription subscription;
        private int told;

        private Watched(Selector<?> selector) {
            this.selector = selector;
        }
    }

    private final List<Selector<@Nullable Object>> selectors = new ArrayList<>();
    private final List<Watched> watched = new ArrayList<>();
    private final List<Value> earlier = new ArrayList<>();

    @Provide
    Arbitrary<List<Long>> scripts() {
        return Scripts.ofSteps(40);
    }

    @Property
    void aResultIsWhatTheFunctionGivesAnew(@ForAll long document, @ForAll("scripts") List<Long> steps) {
        Value start = Values.random(new SplittableRandom(document), 100);
        check(LocalStore.create("store", start), steps, document);
    }

    @Property
    void soItIsOnAReplica(@ForAll long document, @ForAll("scripts") List<Long> steps) {
        Value start = Values.random(new SplittableRandom(document), 60);
        check(ServedReplica.create("store", start), steps, document);
    }

    private void check(Store store, List<Long> steps, long seed) {
        selectors.clear();
        watched.clear();
        earlier.clear();
        makeSelectors(new SplittableRandom(seed), Plain.of(store.snapshot().root()));
        for (long step : steps) {
            SplittableRandom random = new SplittableRandom(step);
            comeAndGo(store, random);
            watched.forEach(each -> each.told = 0);
            commit(store, random);
            Value root = store.snapshot().root();
            watched.forEach(each -> checkTold(each, root));
            for (Selector<@Nullable Object> selector : selectors) {
                if (random.nextInt(4) == 0) {
                    assertThat(store.select(selector))
                            .as("%s anew", selector)
                            .isEqualTo(ModelReader.evaluate(selector, root));
                }
            }
        }
    }

    /** What a random batch does, or a document as it was some commits ago. */
    private void commit(Store store, SplittableRandom random) {
        Value before = store.snapshot().root();
        if (!earlier.isEmpty() && random.nextInt(4) == 0) {
            store.set(Path.ROOT, earlier.get(random.nextInt(earlier.size())));
        } else {
            RandomEdits edits = new RandomEdits(random, List.of());
            List<Operation> batch = edits.batch(Plain.of(before));
            StorePropertyTest.refusal(() -> store.apply(new Batch(batch)));
        }
        earlier.add(before);
        if (earlier.size() > REVISIONS_KEPT) {
            earlier.removeFirst();
        }
    }

    private static void checkTold(Watched each, Value root) {
        if (each.subscription == null) {
            assertThat(each.told).as("%s was closed", each.selector).isZero();
            return;
        }
        Object anew = ModelReader.evaluate(each.selector, root);
        assertThat(each.told).as("%s told", each.selector).isLessThanOrEqualTo(1);
        assertThat(each.known).as("%s as told", each.selector).isEqualTo(anew);
    }

    private void comeAndGo(Store store, SplittableRandom random) {
        for (Watched each : watched) {
            if (each.subscription != null && random.nextInt(8) == 0) {
                each.subscription.close();
                each.subscription = null;
            }
        }
        for (int i = 0; i < 3; i++) {
            Selector<@Nullable Object> selector = selectors.get(random.nextInt(selectors.size()));
            Watched each = new Watched(selector);
            each.known = store.select(selector);
            each.subscription = store.subscribe(selector, selection -> {
                assertThat(selection.previous()).isEqualTo(each.known);
                assertThat(Objects.equals(selection.value(), each.known)).isFalse();
                each.known = selection.value();
                each.told++;
            });
            watched.add(each);
        }
        watched.removeIf(each -> each.subscription == null && random.nextBoolean());
    }

    /** Each reads the document and selectors made before it, some of them only now and then. */
    private void makeSelectors(SplittableRandom random, Object plain) {
        RandomEdits edits = new RandomEdits(random, List.of());
        for (int i = 0; i < SELECTORS; i++) {
            Path path = edits.place(plain);
            Path other = edits.neighbour(plain);
            int kind = random.nextInt(8);
            Selector<@Nullable Object> one = i == 0 ? null : selectors.get(random.nextInt(i));
            Selector<@Nullable Object> two = i == 0 ? null : selectors.get(random.nextInt(i));
            Selector<@Nullable Object> made = Selector.of("s" + i, reader -> read(reader, kind, path, other, one, two));
            boolean shared = random.nextInt(6) != 0;
            selectors.add(made.withEquality(Equality.deep()).allowSharing(shared));
        }
    }

    private static @Nullable Object read(
            Selector.Reader reader,
            int kind,
            Path path,
            Path other,
            @Nullable Selector<@Nullable Object> one,
            @Nullable Selector<@Nullable Object> two) {
        return switch (one == null || two == null ? kind % 4 : kind) {
            case 0 -> reader.get(path);
            case 1 -> reader.size(path) + " " + reader.has(other);
            case 2 -> reader.keys(path) + " " + reader.get(other);
            case 3 -> {
                StringBuilder found = new StringBuilder();
                PathPattern pattern = PathPattern.of(PathPattern.of(path.isRoot() ? path : path.parent()) + "/**/k1");
                reader.forEach(pattern, (at, value) -> found.append(at).append(digest(value)));
                yield found.toString();
            }
            case 4 -> reader.get(one) + "+" + reader.get(two);
            case 5 -> reader.has(path) ? reader.get(one) : reader.get(two);
            case 6 -> digest(reader.get(one)) % 2 == 0 ? reader.get(two) : reader.get(path);
            default ->
                digest(reader.get(path)) % 3 == 0 ? "few" : digest(reader.get(one)) * 31 + digest(reader.get(two));
        };
    }

    /** The same for maps of other order, because they are equal; and on every machine. */
    private static int digest(@Nullable Object read) {
        String text = read instanceof Value value ? Notation.write(value) : String.valueOf(read);
        int[] letters = text.chars().sorted().toArray();
        return Arrays.hashCode(letters);
    }
}
