package io.gaesup.state.bench.subscriptions;

import io.gaesup.state.core.ListValue;
import io.gaesup.state.core.LocalStore;
import io.gaesup.state.core.MapValue;
import io.gaesup.state.core.Path;
import io.gaesup.state.core.PathPattern;
import io.gaesup.state.core.Selector;
import io.gaesup.state.core.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A table of rows whose first row changes; one listens to that row, many to others. */
final class Audience {

    /** What the others use. */
    enum Kind {
        PATHS,
        PATTERNS,
        SELECTORS
    }

    static final Path CHANGED = Path.of("/rows/0/price");

    final LocalStore store;

    /** How often the one who listens to the changing row was told. */
    long told;

    /** How often anybody else was. */
    long toldInVain;

    private Audience(int rows) {
        ListValue.Builder table = ListValue.builder();
        for (int i = 0; i < rows; i++) {
            table.add(MapValue.of("price", Value.of(i), "stock", Value.of(1)));
        }
        store = LocalStore.create("shop", MapValue.of("rows", table.build()));
        store.subscribe(CHANGED, change -> told++);
    }

    /** {@code others} who listen to a row each, of {@code rows} besides the one that changes. */
    static Audience of(Kind kind, int others, int rows) {
        var audience = new Audience(rows + 1);
        for (int i = 1; i <= others; i++) {
            audience.join(kind, i);
        }
        return audience;
    }

    private void join(Kind kind, int row) {
        var price = price(row);
        switch (kind) {
            case PATHS -> store.subscribe(price, change -> toldInVain++);
            case PATTERNS -> store.subscribe(PathPattern.of("/rows/" + row + "/*"), change -> toldInVain++);
            case SELECTORS -> {
                Selector<@Nullable Value> selector = Selector.of("price", reader -> reader.get(price));
                store.subscribe(selector, selection -> toldInVain++);
            }
        }
    }

    static Path price(int row) {
        return Path.ROOT.child("rows").child(row).child("price");
    }

    void commit(int times) {
        for (int i = 0; i < times; i++) {
            store.increment(CHANGED, 1);
        }
    }

    /** {@code count} selectors, each of one row, or all of the first one. */
    static List<Selector<Value>> selectors(int count) {
        var selectors = new ArrayList<Selector<Value>>();
        for (int i = 0; i < count; i++) {
            var path = price(i);
            selectors.add(Selector.of("row" + i, reader -> {
                var found = reader.get(path);
                return found == null ? Value.NULL : found;
            }));
        }
        return selectors;
    }
}
