package io.gaesup.state.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Elements are found again in a document that shares nothing with the old one but its content. */
@Label("finding places again")
final class ResyncPropertyTest {

    @Property
    void rowsAreFoundByTheirIds(@ForAll @IntRange(max = 300) int size, @ForAll @Size(max = 30) List<Long> edits) {
        List<Value> rows = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            rows.add(row(i, 0));
        }
        Value from = ListValue.of(rows);
        int next = size;
        for (long edit : edits) {
            SplittableRandom random = new SplittableRandom(edit);
            int at = random.nextInt(rows.size() + 1);
            if (at == rows.size() || random.nextInt(4) == 0) {
                rows.add(at, row(next++, 0));
            } else if (random.nextInt(3) == 0) {
                rows.remove(at);
            } else if (random.nextBoolean()) {
                rows.set(at, row(id(rows.get(at)), random.nextInt()));
            } else {
                Value moved = rows.remove(at);
                rows.add(random.nextInt(rows.size() + 1), moved);
            }
        }
        List<Operation> found = Resync.operations(from, ListValue.of(rows));
        assertThat(found).hasSizeLessThanOrEqualTo(2 * edits.size());
        ListValue arranged = (ListValue) Tree.apply(from, found);
        assertThat(arranged.size()).isEqualTo(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            Value row = arranged.get(i);
            boolean isNew = id(rows.get(i)) >= size;
            assertThat(isNew ? Value.NULL : Value.of(id(row))).isEqualTo(isNew ? row : Value.of(id(rows.get(i))));
        }
    }

    @Test
    void elementsWithoutIdsAreFoundByWhatTheyHold() {
        assertFound("['a','b','c']", "['c','x','a','b']", "[Move /2 to /0, Insert /1]");
        assertFound("[1,1,2]", "[1,2,1]", "[Move /2 to /1]");
        assertFound("[{'a':1},{'b':2}]", "[{'b':2}]", "[Delete /0]");
    }

    @Test
    void whatChangedALittleInItsPlaceIsTheSame() {
        assertFound("[{'a':1,'b':2},{'a':3,'b':4}]", "[{'a':1,'b':5},{'a':3,'b':4}]", "[]");
        assertFound("[1,2,3]", "[1,9,3]", "[]");
        assertFound("[{'a':1,'b':2}]", "[{'a':5,'b':6}]", "[Delete /0, Insert /0]");
        assertFound("[{'id':1,'b':2}]", "[{'id':2,'b':2}]", "[Delete /0, Insert /0]");
    }

    @Test
    void mapsAreComparedKeyByKey() {
        assertFound("{'a':1,'b':{'c':[1]},'d':[1]}", "{'b':{'c':[2,1]},'d':{}}", "[Delete /a, Insert /b/c/0, Set /d]");
        assertFound("{'a':1}", "{'a':2,'b':[3]}", "[]");
    }

    @Test
    void listsInRowsThatMovedAreComparedWhereTheyAre() {
        assertFound(
                "[{'id':1,'in':[5]},{'id':2,'in':[6]}]",
                "[{'id':2,'in':[0,6]},{'id':1,'in':[]}]",
                "[Move /1 to /0, Insert /0/in/0, Delete /1/in/0]");
    }

    private static void assertFound(String from, String to, String expected) {
        List<String> found = new ArrayList<>();
        for (Operation operation : Resync.operations(Notation.read(from), Notation.read(to))) {
            String target = operation instanceof Operation.Move move
                    ? move.from() + " to " + move.path()
                    : "" + operation.path();
            found.add(operation.getClass().getSimpleName() + " " + target);
        }
        assertThat(found).hasToString(expected);
    }

    private static Value row(long id, int content) {
        return MapValue.of("id", Value.of(id), "content", Value.of(content));
    }

    private static long id(Value row) {
        return ((Value.Int) ((MapValue) row).get("id")).value();
    }
}
