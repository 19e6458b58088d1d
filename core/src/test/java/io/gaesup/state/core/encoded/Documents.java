package io.gaesup.state.core.encoded;

import io.gaesup.state.core.ListValue;
import io.gaesup.state.core.MapValue;
import io.gaesup.state.core.Path;
import io.gaesup.state.core.Snapshot;
import io.gaesup.state.core.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Documents to encode, and all that can be asked of one. */
final class Documents {

    private Documents() {}

    /** {@code {"title": …, "rows": […], "totals": {…}}} with {@code count} rows. */
    static Value table(int count) {
        ListValue.Builder rows = ListValue.builder();
        MapValue.Builder totals = MapValue.builder();
        for (int i = 0; i < count; i++) {
            rows.add(row(i));
            totals.put("t" + i, Value.of(i * 31L));
        }
        return MapValue.of("title", Value.of("orders"), "rows", rows.build(), "totals", totals.build());
    }

    static Value row(int i) {
        return MapValue.builder()
                .put("id", Value.of(i))
                .put("name", Value.of("customer " + (i * 7919 % 1000)))
                .put("price", Value.of(i * 0.25))
                .put("tags", ListValue.of(Value.of("a" + i % 3), Value.NULL))
                .build();
    }

    static @Nullable Value find(Value document, Path path) {
        return new Snapshot("any", 0, document).get(path);
    }

    /** The path of every value in {@code document}, and beside each some where nothing is. */
    static List<Path> paths(Value document) {
        List<Path> paths = new ArrayList<>();
        collect(Path.ROOT, document, paths);
        return paths;
    }

    private static void collect(Path path, Value value, List<Path> paths) {
        paths.add(path);
        switch (value) {
            case ListValue list -> {
                for (int i = 0; i < list.size(); i++) {
                    collect(path.child(i), list.get(i), paths);
                }
                paths.add(path.child(list.size()));
                paths.add(path.child(list.size() + 1000));
                paths.add(path.child("-"));
                paths.add(path.child("00"));
            }
            case MapValue map -> {
                map.forEach((key, entry) -> collect(path.child(key), entry, paths));
                paths.add(path.child("no such key"));
                paths.add(path.child("é no such key"));
                paths.add(path.child("\ud800"));
            }
            default -> paths.add(path.child("0"));
        }
    }
}
