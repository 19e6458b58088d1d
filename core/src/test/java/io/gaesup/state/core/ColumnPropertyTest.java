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
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** A column gives back exactly what was put into it, whatever kind it is and becomes. */
@Label("columns")
final class ColumnPropertyTest {

    @Provide
    Arbitrary<List<Value>> cells() {
        return Values.scalars().list().ofMinSize(1).ofMaxSize(ListNode.LEAF_WIDTH);
    }

    @Property
    void cellsComeBackAsTheyWere(@ForAll("cells") List<Value> cells) {
        assertHolds(Column.of(cells.toArray(new Value[0]), cells.size()), cells);
    }

    @Property
    void aTableComesBackAsItWas(@ForAll long seed, @ForAll @IntRange(min = 1, max = 200) int rows) {
        ListValue table = Values.table(new SplittableRandom(seed), rows);
        List<Value> settled = new ArrayList<>();
        table.forEach(row -> settled.add(row instanceof Row view ? view.settled() : row));
        assertThat(ListValue.of(settled)).isEqualTo(table).hasSameHashCodeAs(table);
        for (int i = 0; i < rows; i++) {
            assertThat(table.get(i)).isEqualTo(settled.get(i)).hasSameHashCodeAs(settled.get(i));
        }
    }

    @Property
    void editsLeaveTheColumnTheyCameFrom(@ForAll("cells") List<Value> cells, @ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Column column = Column.of(cells.toArray(new Value[0]), cells.size());
        List<Value> model = new ArrayList<>(cells);
        for (int i = 0; i < 30; i++) {
            Column before = column;
            List<Value> modelBefore = List.copyOf(model);
            int count = model.size();
            Value value = Values.random(random, 1 + random.nextInt(2));
            int at = random.nextInt(count + 1);
            if (at < count && random.nextBoolean()) {
                column = column.set(count, at, value, false);
                model.set(at, value);
            } else if (count < ListNode.LEAF_WIDTH && (count == 1 || random.nextBoolean())) {
                column = column.insert(count, at, value);
                model.add(at, value);
            } else if (count > 1) {
                column = column.remove(count, Math.min(at, count - 1));
                model.remove(Math.min(at, count - 1));
            }
            assertHolds(column, model);
            assertHolds(before, modelBefore);
            int half = model.size() / 2;
            Column front = column.slice(0, half);
            Column back = column.slice(half, model.size());
            assertHolds(front, model.subList(0, half));
            assertHolds(front.join(half, back, model.size() - half), model);
        }
    }

    @Test
    void kindsAreAsNarrowAsTheirValues() {
        assertThat(kind(Value.of(7), Value.of(7))).isEqualTo(Column.Constant.class);
        assertThat(kind(Value.of(-127), Value.of(127), Value.NULL)).isEqualTo(NumberColumns.Bytes.class);
        assertThat(kind(Value.of(-128), Value.of(0))).isEqualTo(NumberColumns.Ints.class);
        assertThat(kind(Value.of(Integer.MAX_VALUE), Value.NULL)).isEqualTo(NumberColumns.Ints.class);
        assertThat(kind(Value.of(Integer.MIN_VALUE), Value.NULL)).isEqualTo(NumberColumns.Longs.class);
        assertThat(kind(Value.of(Long.MIN_VALUE), Value.of(1))).isEqualTo(Column.Anything.class);
        assertThat(kind(Value.of(0.5), Value.of(-0.0), Value.NULL)).isEqualTo(NumberColumns.Floats.class);
        assertThat(kind(Value.of(0.5), Value.of(3), Value.NULL)).isEqualTo(NumberColumns.Mixed.class);
        assertThat(kind(Value.of(0.5), Value.of((1L << 53) + 1))).isEqualTo(Column.Anything.class);
        assertThat(kind(Value.of("a"), Value.NULL)).isEqualTo(Column.Texts.class);
        assertThat(kind(Value.of(true), Value.of(false))).isEqualTo(Column.Bools.class);
        assertThat(kind(Value.of(true), Value.NULL)).isEqualTo(Column.Anything.class);
    }

    @Test
    void equalStringsOfALongListAreOne() {
        ListValue.Builder list = ListValue.builder();
        for (int i = 0; i < 100; i++) {
            list.add(MapValue.of("city", Value.of("town" + i % 3)));
        }
        ListValue built = list.build();
        String first = ((Value.Text) ((MapValue) built.get(0)).get("city")).value();
        assertThat(((Value.Text) ((MapValue) built.get(99)).get("city")).value())
                .isSameAs(first);
    }

    @Test
    void aRowThatLosesOrGainsAKeyLeavesItsColumnsAndComesBack() {
        LocalStore store = LocalStore.create("s", Values.table(new SplittableRandom(1), 3 * ListNode.LEAF_WIDTH));
        Value before = Plain.value(Plain.of(store.snapshot().root()));
        Path cell = Path.of("/20/new");
        store.set(cell, Value.of(1));
        Structure.check(store.snapshot().root());
        store.delete(cell);
        assertThat(store.snapshot().root()).isEqualTo(before);
        ListNode leaf = ((InnerNode) ((ListValue) store.snapshot().root()).root()).child(20 / ListNode.LEAF_WIDTH);
        assertThat(leaf).isInstanceOf(RowLeaf.class);
    }

    private static Class<?> kind(Value... cells) {
        return Column.of(cells, cells.length).getClass();
    }

    private static void assertHolds(Column column, List<Value> cells) {
        for (int i = 0; i < cells.size(); i++) {
            assertThat(column.get(i)).isEqualTo(cells.get(i));
        }
    }
}
