package io.gaesup.state.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/**
 * What others did, then mine carried over it, leads to the places where mine, then theirs carried over mine, leads: on a
 * board of columns of cards with tags, where everything may move everywhere.
 */
@Label("carrying operations over others")
final class RebasePropertyTest {

    private long lastId;

    @Property
    void bothOrdersLeadToTheSamePlaces(
            @ForAll @Size(min = 1, max = 4) List<Long> theirs, @ForAll @Size(min = 1, max = 4) List<Long> mine) {
        lastId = 0;
        Value base = list(3, 3);
        List<Operation> confirmed = new ArrayList<>();
        Value there = drawn(base, theirs, confirmed, true);
        List<Operation> pending = new ArrayList<>();
        Value here = drawn(base, mine, pending, true);

        List<List<Operation>> carried = new ArrayList<>(List.of(pending));
        List<Operation> moved = Rebase.over(confirmed, carried);

        Value theirsFirst = Tree.apply(there, carried.getFirst());
        Value mineFirst = appliedForPlaces(here, moved);
        assertThat(samePlaces(theirsFirst, mineFirst))
                .as(
                        "%s%ntheirs %s%nmine %s%ncarried %s%nmoved %s%ngives %s%nand %s",
                        Notation.write(base),
                        confirmed,
                        pending,
                        carried,
                        moved,
                        Notation.write(theirsFirst),
                        Notation.write(mineFirst))
                .isTrue();
    }

    @Property
    void anEditStaysWithItsElement(
            @ForAll @Size(min = 1, max = 6) List<Long> theirs,
            @ForAll @Size(max = 4) List<Long> mine,
            @ForAll long which) {
        lastId = 0;
        Value base = list(3, 3);
        List<Operation> confirmed = new ArrayList<>();
        Value there = drawn(base, theirs, confirmed, false);
        List<Operation> pending = new ArrayList<>();
        Value here = drawn(base, mine, pending, false);
        Path path = element(here, new SplittableRandom(which)).resolvedIn(here);
        Assume.that(!path.isRoot());
        Value edited = id(Tree.find(here, path));
        pending.add(new Operation.Set(path.child("edit"), edited));

        List<List<Operation>> carried = new ArrayList<>(List.of(pending));
        Rebase.over(confirmed, carried);
        Value after = Tree.apply(there, carried.getFirst());

        Map<Value, Value> edits = new HashMap<>();
        collectEdits(after, edits);
        boolean alive = edits.containsKey(edited) && pending.stream().noneMatch(Operation.Delete.class::isInstance);
        edits.forEach((element, edit) ->
                assertThat(edit).as("the edit of %s", element).isIn(Value.NULL, element));
        if (alive) {
            assertThat(edits.get(edited))
                    .as("%s, carried to %s over %s", pending, carried, confirmed)
                    .isEqualTo(edited);
        }
    }

    /** Draws valid operations one after the other, and adds them, resolved. */
    private Value drawn(Value base, List<Long> seeds, List<Operation> operations, boolean replaces) {
        Value state = base;
        for (long seed : seeds) {
            Operation operation = operation(state, new SplittableRandom(seed), replaces);
            Operation resolved = Resolve.in(state, operation);
            operations.add(resolved);
            state = Tree.apply(state, List.of(resolved));
        }
        return state;
    }

    /** What goes on inside an element of which only the place is known cannot be seen; what comes out of it can. */
    static Value appliedForPlaces(Value state, List<Operation> operations) {
        Value after = state;
        for (Operation operation : operations) {
            try {
                after = Tree.apply(after, List.of(operation));
            } catch (StateException e) {
                assertThat(e).hasMessageContaining("found null null");
                if (operation instanceof Operation.Move move && Tree.find(after, move.from()) != null) {
                    after = Tree.apply(after, List.of(new Operation.Delete(move.from())));
                } else if (operation instanceof Operation.Move move) {
                    after = appliedForPlaces(after, List.of(new Operation.Insert(move.path(), Value.NULL)));
                }
            }
        }
        return after;
    }

    private Operation operation(Value state, SplittableRandom random, boolean replaces) {
        Path element = element(state, random);
        switch (element.isRoot() ? 0 : random.nextInt(replaces ? 6 : 5)) {
            case 0 -> {
                return new Operation.Insert(gap(state, random), node(random.nextInt(2), 2));
            }
            case 1 -> {
                return new Operation.Delete(element);
            }
            case 5 -> {
                return new Operation.Set(element, node(random.nextInt(2), 2));
            }
            default -> {
                Value without = Tree.apply(state, List.of(new Operation.Delete(element)));
                Path to = gap(without, random);
                return new Operation.Move(element, to);
            }
        }
    }

    /** The path of some element, at any depth; the root if there is none. */
    private static Path element(Value state, SplittableRandom random) {
        List<Path> all = new ArrayList<>();
        collect(state, Path.ROOT, all, new ArrayList<>());
        return all.isEmpty() ? Path.ROOT : all.get(random.nextInt(all.size()));
    }

    private static Path gap(Value state, SplittableRandom random) {
        List<Path> gaps = new ArrayList<>();
        collect(state, Path.ROOT, new ArrayList<>(), gaps);
        return gaps.get(random.nextInt(gaps.size()));
    }

    private static void collect(Value list, Path path, List<Path> elements, List<Path> gaps) {
        int i = 0;
        for (Value element : (ListValue) list) {
            Path at = path.child(i++);
            elements.add(at);
            gaps.add(at);
            Value below = element instanceof MapValue map ? map.get("in") : null;
            if (below != null) {
                collect(below, at.child("in"), elements, gaps);
            }
        }
        gaps.add(path.child(i));
    }

    private Value list(int size, int depth) {
        ListValue.Builder list = ListValue.builder();
        for (int i = 0; i < size; i++) {
            list.add(node(depth == 1 ? 0 : 2, depth - 1));
        }
        return list.build();
    }

    private Value node(int children, int depth) {
        return MapValue.of("id", Value.of(++lastId), "in", depth == 0 ? ListValue.EMPTY : list(children, depth));
    }

    private static Value id(Value node) {
        return ((MapValue) node).get("id");
    }

    private static void collectEdits(Value list, Map<Value, Value> edits) {
        for (Value element : (ListValue) list) {
            Value edit = ((MapValue) element).get("edit");
            edits.put(id(element), edit == null ? Value.NULL : edit);
            collectEdits(((MapValue) element).get("in"), edits);
        }
    }

    /** Null stands for an element of which only the place is known. */
    static boolean samePlaces(Value a, Value b) {
        if (a == Value.NULL || b == Value.NULL) {
            return true;
        }
        if (a instanceof MapValue x && b instanceof MapValue y) {
            return id(x).equals(id(y)) && samePlaces(x.get("in"), y.get("in"));
        }
        ListValue x = (ListValue) a;
        ListValue y = (ListValue) b;
        boolean same = x.size() == y.size();
        for (int i = 0; same && i < x.size(); i++) {
            same = samePlaces(x.get(i), y.get(i));
        }
        return same;
    }
}
