package io.gaesup.state.core;

/** Fixes what an operation's path means on the document it is applied to. */
final class Resolve {

    private Resolve() {}

    /**
     * {@code operation} with its list positions marked as such and "-" replaced by the position it stands for in {@code
     * root}. Cost: O(depth); the same object comes back when there was nothing to fix.
     */
    static Operation in(Value root, Operation operation) {
        return switch (operation) {
            case Operation.Set set -> {
                Path path = set.path().resolvedIn(root);
                yield path == set.path() ? set : new Operation.Set(path, set.value());
            }
            case Operation.Merge merge -> {
                Path path = merge.path().resolvedIn(root);
                yield path == merge.path() ? merge : new Operation.Merge(path, merge.value());
            }
            case Operation.Delete delete -> {
                Path path = delete.path().resolvedIn(root);
                yield path == delete.path() ? delete : new Operation.Delete(path);
            }
            case Operation.Increment add -> {
                Path path = add.path().resolvedIn(root);
                yield path == add.path() ? add : new Operation.Increment(path, add.by());
            }
            case Operation.Insert insert -> {
                Path path = place(root, insert.path());
                yield path == insert.path() ? insert : new Operation.Insert(path, insert.value());
            }
            case Operation.Move move -> {
                Path from = move.from().resolvedIn(root);
                Path path = move.path();
                if (Tree.find(root, from) != null) {
                    Value without = Tree.apply(root, java.util.List.of(new Operation.Delete(from)));
                    path = place(without, path);
                }
                yield path == move.path() && from == move.from() ? move : new Operation.Move(from, path);
            }
            case Operation.Test test -> {
                Path path = test.path().resolvedIn(root);
                yield path == test.path() ? test : new Operation.Test(path, test.value());
            }
        };
    }

    private static Path place(Value root, Path path) {
        Path resolved = path.resolvedIn(root);
        int last = path.depth() - 1;
        if (path.index(last) != Path.END || !(Tree.find(root, path.parent()) instanceof ListValue list)) {
            return resolved;
        }
        return resolved.withIndex(last, list.size());
    }
}
