package io.gaesup.state.browser;

import io.gaesup.state.core.Container;
import io.gaesup.state.core.Operation;
import io.gaesup.state.core.Path;
import io.gaesup.state.core.Snapshot;
import io.gaesup.state.core.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers "what is there?" in the way {@code reading.ts} reads it: at best with what changed since the last time. */
final class Answers {
    private static final int MISSING = 0;
    private static final int NULL = 1;
    private static final int FALSE = 2;
    private static final int TRUE = 3;
    private static final int NUMBER = 4;
    private static final int WHOLE = 5;
    private static final int UNCHANGED = 6;
    private static final int CHANGES = 7;

    private static final int SET = 0;
    private static final int DELETE = 1;
    private static final int INSERT = 2;

    /** JavaScript's numbers are exact up to here. */
    private static final long SAFE_MAX = (1L << 53) - 1;

    private final Output output;

    Answers(Output output) {
        this.output = output;
    }

    /** Writes what {@code target} is to JavaScript now and returns the kind of the answer. */
    int read(Target target) {
        Value now = target.room.store().get(target.path);
        Container before = target.shown;
        if (now instanceof Container container) {
            int kind = container(before, container);
            target.shown = container;
            return kind;
        }
        target.shown = null;
        return scalar(now);
    }

    private int scalar(@Nullable Value value) {
        return switch (value) {
            case null -> MISSING;
            case Value.Null _ -> NULL;
            case Value.Bool bool -> bool.value() ? TRUE : FALSE;
            case Value.Int number
            when Math.abs(number.value()) <= SAFE_MAX && number.value() != Long.MIN_VALUE -> {
                output.number(number.value());
                yield NUMBER;
            }
            case Value.Float number -> {
                output.number(number.value());
                yield NUMBER;
            }
            default -> {
                output.start();
                output.value(value);
                output.finish(1);
                yield WHOLE;
            }
        };
    }

    private int container(@Nullable Container before, Container now) {
        if (before == now) {
            return UNCHANGED;
        }
        if (before == null) {
            output.start();
            output.value(now);
            output.finish(1);
            return WHOLE;
        }
        // A snapshot is a value with a name and a revision; only the value counts for the difference.
        List<Operation> operations =
                new Snapshot("", 1, now).since(new Snapshot("", 0, before)).operations();
        output.start();
        for (Operation operation : operations) {
            switch (operation) {
                case Operation.Set set -> change(SET, set.path(), set.value());
                case Operation.Delete delete -> change(DELETE, delete.path(), null);
                case Operation.Insert insert -> change(INSERT, insert.path(), insert.value());
                default -> throw new AssertionError("a difference has no " + operation.name());
            }
        }
        output.finish(operations.size());
        return operations.isEmpty() ? UNCHANGED : CHANGES;
    }

    private void change(int kind, Path path, @Nullable Value value) {
        output.change(kind, path, value);
    }
}
