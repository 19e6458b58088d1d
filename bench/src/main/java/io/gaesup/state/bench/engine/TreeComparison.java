package io.gaesup.state.bench.engine;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The plain way to a delta: walks two trees side by side and notes where they differ. Lists are compared by position. */
final class TreeComparison {

    private final List<Difference> differences = new ArrayList<>();
    private final ArrayList<Object> path = new ArrayList<>();

    /**
     * One place that differs.
     *
     * @param pointer a JSON Pointer
     * @param after what is there now; missing where nothing is
     */
    record Difference(String pointer, JsonNode after) {}

    private TreeComparison() {}

    static List<Difference> of(JsonNode before, JsonNode after) {
        var comparison = new TreeComparison();
        comparison.compare(before, after);
        return comparison.differences;
    }

    private void compare(JsonNode before, JsonNode after) {
        if (before instanceof ObjectNode && after instanceof ObjectNode) {
            compareObjects(before, after);
        } else if (before.isArray() && after.isArray()) {
            int size = Math.max(before.size(), after.size());
            for (int index = 0; index < size; index++) {
                descend(index, before.path(index), after.path(index));
            }
        } else if (!before.equals(after)) {
            differences.add(new Difference(pointer(), after));
        }
    }

    private void compareObjects(JsonNode before, JsonNode after) {
        for (var entry : after.properties()) {
            descend(entry.getKey(), before.path(entry.getKey()), entry.getValue());
        }
        for (var entry : before.properties()) {
            if (!after.has(entry.getKey())) {
                descend(entry.getKey(), entry.getValue(), after.path(entry.getKey()));
            }
        }
    }

    private void descend(Object step, JsonNode before, JsonNode after) {
        path.add(step);
        compare(before, after);
        path.removeLast();
    }

    private String pointer() {
        var pointer = new StringBuilder();
        for (var step : path) {
            pointer.append('/').append(step.toString().replace("~", "~0").replace("/", "~1"));
        }
        return pointer.toString();
    }
}
