package io.gaesup.state.core;

import static org.assertj.core.api.Assertions.assertThat;

/** What holds for the nodes of every document, however it came to be. */
final class Structure {

    private Structure() {}

    /** Fails unless all nodes of {@code value} are as they must be. */
    static void check(Value value) {
        switch (value) {
            case ListValue list -> {
                checkList(list);
                list.forEach(Structure::check);
            }
            case MapValue map -> {
                checkMap(map);
                map.forEach((key, entry) -> check(entry));
            }
            default -> {}
        }
    }

    static void checkList(ListValue list) {
        ListNode root = list.root();
        if (root instanceof InnerNode) {
            assertThat(root.width()).as("children of a root").isGreaterThan(1);
        }
        int leaves = checkNode(root);
        assertThat(leaves).as("leaves for %s values", list.size()).isLessThanOrEqualTo(list.size() / 3 + 2);
    }

    /** How many leaves there are. */
    private static int checkNode(ListNode node) {
        assertThat(node.size()).isNotNegative();
        if (!(node instanceof InnerNode inner)) {
            assertThat(node.width()).as("width").isEqualTo(node.size()).isBetween(0, ListNode.LEAF_WIDTH);
            assertThat(node.height()).isZero();
            return 1;
        }
        assertThat(node.width()).as("width").isBetween(1, InnerNode.WIDTH);
        int leaves = 0;
        int end = 0;
        for (int i = 0; i < inner.width(); i++) {
            ListNode child = inner.child(i);
            assertThat(child.height()).as("height below %s", inner.height()).isEqualTo(inner.height() - 1);
            assertThat(child.width()).as("width of a child").isPositive();
            assertThat(inner.start(i)).as("values before child %s", i).isEqualTo(end);
            assertThat(inner.childOf(end)).as("child of %s", end).isEqualTo(i);
            end += child.size();
            assertThat(inner.childOf(end - 1)).as("child of %s", end - 1).isEqualTo(i);
            leaves += checkNode(child);
        }
        assertThat(inner.size()).as("values").isEqualTo(end);
        return leaves;
    }

    private static void checkMap(MapValue map) {
        int[] entries = {0};
        map.forEach((key, value) -> {
            entries[0]++;
            assertThat(map.get(key)).as("value under %s", key).isEqualTo(value);
            assertThat(map.child(Path.ROOT.child(key), 0)).isEqualTo(value);
        });
        assertThat(map.size()).isEqualTo(entries[0]);
        if (map instanceof LargeMap large) {
            assertThat(large.places()).as("places").isBetween(large.size(), 2 * large.size() + 33);
            checkList(large.values());
        }
    }
}
