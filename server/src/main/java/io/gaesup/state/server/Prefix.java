package io.gaesup.state.server;

import io.gaesup.state.core.Operation;
import io.gaesup.state.core.Path;
import java.util.ArrayList;
import java.util.List;

/** Makes operations on a part of a document operations on the whole. */
final class Prefix {

    private Prefix() {}

    static List<Operation> add(Path prefix, List<Operation> operations) {
        if (prefix.isRoot()) {
            return operations;
        }
        return operations.stream().map(operation -> add(prefix, operation)).toList();
    }

    private static Operation add(Path prefix, Operation operation) {
        Path path = join(prefix, operation.path());
        return switch (operation) {
            case Operation.Set set -> new Operation.Set(path, set.value());
            case Operation.Merge merge -> new Operation.Merge(path, merge.value());
            case Operation.Delete delete -> new Operation.Delete(path);
            case Operation.Increment increment -> new Operation.Increment(path, increment.by());
            case Operation.Insert insert -> new Operation.Insert(path, insert.value());
            case Operation.Move move -> new Operation.Move(join(prefix, move.from()), path);
            case Operation.Test test -> new Operation.Test(path, test.value());
        };
    }

    private static Path join(Path prefix, Path path) {
        List<String> segments = new ArrayList<>(prefix.depth() + path.depth());
        for (int i = 0; i < prefix.depth(); i++) {
            segments.add(prefix.segment(i));
        }
        for (int i = 0; i < path.depth(); i++) {
            segments.add(path.segment(i));
        }
        return Path.ofSegments(segments);
    }
}
