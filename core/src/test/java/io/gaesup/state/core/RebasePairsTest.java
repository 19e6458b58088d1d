package io.gaesup.state.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every operation on a small board, carried over every other one: all kinds, and all ways in which their positions can
 * stand to each other (before, at, behind, inside, around, in another list). Each edit hits the element it was made for,
 * and both orders lead to the same places.
 */
final class RebasePairsTest {

    /** The element that the confirmed operation brings, and the one that the carried one brings. */
    private static final long THEIRS = 89;

    private static final long MINE = 99;

    /** Two rows with two and one cards; every element has a number of its own. */
    private static final Value BASE =
            Notation.read("[{'id':1,'n':0,'in':[{'id':11,'n':0,'in':[]},{'id':12,'n':0,'in':[]}]},"
                    + "{'id':2,'n':0,'in':[{'id':21,'n':0,'in':[]}]},{'id':3,'n':0,'in':[]}]");

    private static final Map<String, List<Operation>> CONFIRMED = all(THEIRS);
    private static final Map<String, List<Operation>> PENDING = all(MINE);

    /** By kind, every operation that can be done on the board; {@code whose} is what it writes. */
    private static Map<String, List<Operation>> all(long whose) {
        Map<String, List<Operation>> all = new HashMap<>();
        Map<Long, Path> elements = elements(BASE);
        for (Path element : elements.values()) {
            Value id = Objects.requireNonNull(Tree.find(BASE, element.child("id")));
            add(all, new Operation.Set(element, node(whose)));
            add(all, new Operation.Set(element.child("edit"), Value.of(whose)));
            add(all, new Operation.Set(element.child("in"), ListValue.of(node(whose))));
            add(all, new Operation.Merge(element, MapValue.of("edit", Value.of(whose))));
            add(all, new Operation.Merge(element, MapValue.of("in", Value.NULL)));
            add(all, new Operation.Increment(element.child("n"), Value.of(1)));
            add(all, new Operation.Delete(element));
            add(all, new Operation.Delete(element.child("in")));
            add(all, new Operation.Test(element.child("id"), id));
            Value without = Tree.apply(BASE, List.of(new Operation.Delete(element)));
            gaps(without).forEach(gap -> add(all, new Operation.Move(element, gap)));
        }
        gaps(BASE).forEach(gap -> add(all, new Operation.Insert(gap, node(whose))));
        return all;
    }

    private static void add(Map<String, List<Operation>> all, Operation operation) {
        all.computeIfAbsent(operation.name(), _ -> new ArrayList<>()).add(Resolve.in(BASE, operation));
    }

    @TestFactory
    Collection<DynamicTest> everyKindOverEveryKind() {
        List<DynamicTest> tests = new ArrayList<>();
        for (String mine : new TreeSet<>(PENDING.keySet())) {
            for (String theirs : new TreeSet<>(PENDING.keySet())) {
                tests.add(DynamicTest.dynamicTest(mine + " over " + theirs, () -> {
                    for (Operation pending : PENDING.getOrDefault(mine, List.of())) {
                        for (Operation confirmed : CONFIRMED.getOrDefault(theirs, List.of())) {
                            check(pending, confirmed);
                        }
                    }
                }));
            }
        }
        assertThat(tests).as("kinds over kinds").hasSize(7 * 7);
        return tests;
    }

    private static void check(Operation mine, Operation theirs) {
        Value there = Tree.apply(BASE, List.of(theirs));
        List<List<Operation>> carried = new ArrayList<>(List.of(List.of(mine)));
        List<Operation> moved = new ArrayList<>(Rebase.over(List.of(theirs), carried));
        moved.removeIf(Operation.Test.class::isInstance);
        List<Operation> left = carried.getFirst();
        String what = mine + " over " + theirs + " is " + left;

        assertThat(left.size()).as(what).isLessThanOrEqualTo(1);
        if (mine instanceof Operation.Test test) {
            Value id = Tree.find(BASE, test.path());
            boolean isThere = elements(there).containsKey(((Value.Int) Objects.requireNonNull(id)).value());
            assertThat(StorePropertyTest.refusal(() -> Tree.apply(there, left)))
                    .as(what)
                    .isEqualTo(isThere ? null : ErrorCode.TEST_FAILED);
            return;
        }
        Value after = Tree.apply(there, left);
        Value mineFirst = RebasePropertyTest.appliedForPlaces(Tree.apply(BASE, List.of(mine)), moved);
        if (!(replacesAList(mine) || replacesAList(theirs))) {
            assertThat(RebasePropertyTest.samePlaces(after, mineFirst))
                    .as("%s%n%s%n%s", what, Notation.write(after), Notation.write(mineFirst))
                    .isTrue();
        }
        Map<Long, Path> present = elements(there);
        Map<Long, Path> result = elements(after);
        if (theirs instanceof Operation.Set set && isElement(set.path())) {
            // the same element with other content: keys in it mean what they did
            rename(present, id(set.path()));
            rename(result, id(set.path()));
        }
        hits(what, mine, there, present, after, result);
    }

    private static void rename(Map<Long, Path> elements, long id) {
        Path path = elements.remove(THEIRS);
        if (path != null) {
            elements.put(id, path);
        }
    }

    private static boolean replacesAList(Operation operation) {
        return operation instanceof Operation.Merge
                || (!isElement(operation.path()) && lastKey(operation).equals("in"));
    }

    private static boolean isElement(Path path) {
        return path.isPosition(path.depth() - 1);
    }

    private static String lastKey(Operation operation) {
        return operation.path().segment(operation.path().depth() - 1);
    }

    /** What {@code mine} did to each element, told from the numbers they have. */
    private static void hits(
            String what, Operation mine, Value there, Map<Long, Path> present, Value after, Map<Long, Path> result) {
        switch (mine) {
            case Operation.Insert insert -> {
                Path list = insert.path().parent();
                boolean hasList = list.isRoot() || present.containsKey(id(list.parent()));
                assertThat(result.keySet()).as(what).containsAll(present.keySet());
                if (!hasList) {
                    assertThat(after).as(what).isEqualTo(there);
                }
            }
            case Operation.Move _ -> {
                assertThat(result.keySet()).as(what).isEqualTo(present.keySet());
                present.forEach((id, path) ->
                        assertThat(field(after, result.get(id), "n")).as(what).isEqualTo(field(there, path, "n")));
            }
            case Operation.Delete delete
            when isElement(delete.path()) -> {
                long id = id(delete.path());
                assertThat(result).as(what).doesNotContainKey(id);
                if (!present.containsKey(id)) {
                    assertThat(after).as(what).isEqualTo(there);
                }
            }
            default -> edits(what, mine, there, present, after, result);
        }
    }

    /** Whatever changes the inside of one element, or replaces it. */
    private static void edits(
            String what, Operation mine, Value there, Map<Long, Path> present, Value after, Map<Long, Path> result) {
        Path element = mine.path();
        while (!isElement(element)) {
            element = element.parent();
        }
        long id = id(element);
        if (!present.containsKey(id)) {
            assertThat(after).as(what).isEqualTo(there);
            return;
        }
        Path place = present.get(id);
        present.forEach((each, path) -> {
            if (!path.isPrefixOf(place) && !place.isPrefixOf(path)) {
                assertThat(Tree.find(after, result.get(each))).as(what).isEqualTo(Tree.find(there, path));
            }
        });
        switch (mine) {
            case Operation.Set set
            when isElement(set.path()) -> assertThat(result).as(what).containsKey(MINE);
            case Operation.Set set ->
                assertThat(field(after, result.get(id), lastKey(set))).as(what).isEqualTo(set.value());
            case Operation.Increment _ ->
                assertThat(field(after, result.get(id), "n"))
                        .as(what)
                        .isEqualTo(Value.of(1 + ((Value.Int) field(there, place, "n")).value()));
            case Operation.Merge merge ->
                ((MapValue) merge.value())
                        .forEach((key, value) -> assertThat(field(after, result.get(id), key))
                                .as(what)
                                .isEqualTo(value));
            default ->
                assertThat(field(after, result.get(id), lastKey(mine))).as(what).isEqualTo(Value.NULL);
        }
    }

    /** What an element has under {@code key}; null in place of nothing. */
    private static Value field(Value root, Path element, String key) {
        Value found = Tree.find(root, element.child(key));
        return found == null ? Value.NULL : found;
    }

    private static long id(Path element) {
        return ((Value.Int) Objects.requireNonNull(Tree.find(BASE, element.child("id")))).value();
    }

    private static Value node(long id) {
        return MapValue.of("id", Value.of(id), "n", Value.of(0), "in", ListValue.EMPTY);
    }

    /** Where the elements are, by their numbers. */
    private static Map<Long, Path> elements(Value list) {
        Map<Long, Path> elements = new HashMap<>();
        collect(list, Path.ROOT, elements, new ArrayList<>());
        return elements;
    }

    private static List<Path> gaps(Value list) {
        List<Path> gaps = new ArrayList<>();
        collect(list, Path.ROOT, new HashMap<>(), gaps);
        return gaps;
    }

    private static void collect(Value list, Path path, Map<Long, Path> elements, List<Path> gaps) {
        int i = 0;
        for (Value each : (ListValue) list) {
            Path at = path.child(i++);
            elements.put(((Value.Int) Objects.requireNonNull(((MapValue) each).get("id"))).value(), at);
            gaps.add(at);
            Value below = ((MapValue) each).get("in");
            if (below != null) {
                collect(below, at.child("in"), elements, gaps);
            }
        }
        gaps.add(path.child(i));
    }
}
