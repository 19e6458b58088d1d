package io.gaesup.state.core;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a document for a selector and notes nothing; other selectors are evaluated anew each time. */
final class ModelReader implements Selector.Reader {

    private final Value root;
    private final List<Selector<?>> evaluating;

    ModelReader(Value root) {
        this(root, List.of());
    }

    private ModelReader(Value root, List<Selector<?>> evaluating) {
        this.root = root;
        this.evaluating = evaluating;
    }

    static <T extends @Nullable Object> T evaluate(Selector<T> selector, Value root) {
        return new ModelReader(root).get(selector);
    }

    @Override
    public @Nullable Value get(Path path) {
        return Tree.find(root, path);
    }

    @Override
    public boolean has(Path path) {
        return get(path) != null;
    }

    @Override
    public int size(Path path) {
        return get(path) instanceof Container container ? container.size() : 0;
    }

    @Override
    public List<String> keys(Path path) {
        List<String> keys = new ArrayList<>();
        if (get(path) instanceof MapValue map) {
            map.forEach((key, _) -> keys.add(key));
        }
        return keys;
    }

    /** Looks at every place there is. */
    @Override
    public void forEach(PathPattern pattern, PathPattern.Visitor visitor) {
        visit(Path.ROOT, root, pattern, visitor);
    }

    private static void visit(Path path, Value value, PathPattern pattern, PathPattern.Visitor visitor) {
        if (pattern.matches(path)) {
            visitor.found(path, value);
        }
        if (value instanceof MapValue map) {
            map.forEach((key, entry) -> visit(path.child(key), entry, pattern, visitor));
        }
        if (value instanceof ListValue list) {
            for (int i = 0; i < list.size(); i++) {
                visit(path.child(i), list.get(i), pattern, visitor);
            }
        }
    }

    @Override
    public <S extends @Nullable Object> S get(Selector<S> selector) {
        if (evaluating.contains(selector)) {
            throw new IllegalStateException(selector + " reads itself");
        }
        List<Selector<?>> deeper = new ArrayList<>(evaluating);
        deeper.add(selector);
        return selector.evaluate(new ModelReader(root, deeper));
    }
}
