package io.gaesup.state.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** A commit wakes whom the model wakes, in order, once; and everybody who would now read another value. */
@Label("subscriptions")
final class SubscriptionsPropertyTest {

    private static final int SUBSCRIPTIONS = 40;

    /** One subscription on both sides, and what its path or pattern held before the commit. */
    private static final class Watched {
        private final PathPattern path;
        private final List<Subscription> subscriptions = new ArrayList<>();
        private @Nullable Object before;
        private boolean closed;

        private Watched(PathPattern path) {
            this.path = path;
        }

        private void close() {
            closed = true;
            subscriptions.forEach(Subscription::close);
        }
    }

    private final List<Watched> watched = new ArrayList<>();
    private final List<Integer> told = new ArrayList<>();
    private final List<Integer> toldByModel = new ArrayList<>();

    @Provide
    Arbitrary<List<Long>> scripts() {
        return Scripts.ofSteps(40);
    }

    @Property
    void aCommitWakesWhomTheModelWakes(@ForAll long document, @ForAll("scripts") List<Long> steps) {
        Value start = Values.random(new SplittableRandom(document), 100);
        LocalStore store = LocalStore.create("store", start);
        ModelStore model = ModelStore.create("model", start);
        watched.clear();
        for (long step : steps) {
            SplittableRandom random = new SplittableRandom(step);
            subscribe(store, model, random);
            watched.forEach(each -> each.before = matches(each.path, model));
            told.clear();
            toldByModel.clear();
            List<Operation> batch = new RandomEdits(random, List.of()).batch(model.plain());
            ErrorCode refused = StorePropertyTest.refusal(() -> model.apply(new Batch(batch)));
            assertThat(StorePropertyTest.refusal(() -> store.apply(new Batch(batch))))
                    .isEqualTo(refused);
            check(batch, model);
        }
    }

    private void subscribe(Store store, ModelStore model, SplittableRandom random) {
        while (watched.size() > 3 && random.nextInt(4) == 0) {
            watched.get(random.nextInt(watched.size())).close();
        }
        RandomEdits edits = new RandomEdits(random, List.of());
        for (int i = 0; i < 4 && watched.size() < SUBSCRIPTIONS; i++) {
            Path path = random.nextInt(3) == 0 ? edits.neighbour(model.plain()) : edits.place(model.plain());
            int number = watched.size();
            boolean isPattern = random.nextInt(3) == 0;
            PathPattern pattern = isPattern ? blurred(path, random) : PathPattern.of(path);
            Watched added = new Watched(pattern);
            if (isPattern) {
                added.subscriptions.add(store.subscribe(pattern, change -> told.add(number)));
                added.subscriptions.add(model.subscribe(pattern, change -> toldByModel.add(number)));
            } else {
                added.subscriptions.add(store.subscribe(path, change -> told.add(number)));
                added.subscriptions.add(model.subscribe(path, change -> toldByModel.add(number)));
            }
            watched.add(added);
        }
    }

    /** A pattern that means {@code path} and others, or at least something near it. */
    private static PathPattern blurred(Path path, SplittableRandom random) {
        StringBuilder pattern = new StringBuilder();
        for (int i = 0; i < path.depth(); i++) {
            String segment = PathPattern.of(Path.ROOT.child(path.segment(i))).toString();
            switch (random.nextInt(6)) {
                case 0, 1 -> pattern.append("/*");
                case 2 -> pattern.append("/**");
                case 3 -> pattern.append("/**").append(segment);
                default -> pattern.append(segment);
            }
        }
        return PathPattern.of(
                pattern.append(random.nextInt(6) == 0 ? "/**" : "").toString());
    }

    /** What {@code pattern} means in the model's document, by path. */
    private static Map<String, Value> matches(PathPattern pattern, ModelStore model) {
        Map<String, Value> found = new HashMap<>();
        new ModelReader(model.snapshot().root()).forEach(pattern, (path, value) -> found.put(path.toString(), value));
        return found;
    }

    private void check(List<Operation> batch, ModelStore model) {
        assertThat(told).as("told in order, once, of %s", batch).isSorted().doesNotHaveDuplicates();
        boolean single = batch.size() == 1;
        boolean exact = single || batch.stream().noneMatch(SubscriptionsPropertyTest::countsFromTheEnd);
        List<Integer> missing = new ArrayList<>(toldByModel);
        missing.removeAll(told);
        // what one operation puts there and the next one takes away wakes the model's patterns alone
        missing.removeIf(number -> !single && !watched.get(number).path.isLiteral());
        assertThat(missing)
                .as("%s told of %s, by the model %s", told, batch, toldByModel)
                .isEmpty();
        assertThat(!exact || toldByModel.containsAll(told))
                .as("%s told of %s, by the model %s", told, batch, toldByModel)
                .isTrue();
        for (int i = 0; i < watched.size(); i++) {
            Watched each = watched.get(i);
            Object before = each.before;
            Object now = matches(each.path, model);
            boolean noticed = each.closed || told.contains(i) || Objects.equals(before, now);
            assertThat(noticed)
                    .as("%s at %s became %s unnoticed by %s", before, each.path, now, batch)
                    .isTrue();
        }
    }

    /** Then a later operation of the batch may change what that place is, and more are woken to be sure. */
    private static boolean countsFromTheEnd(Operation operation) {
        return operation.path().toString().endsWith("/-");
    }
}
