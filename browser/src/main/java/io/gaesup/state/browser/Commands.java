package io.gaesup.state.browser;

import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.Operation;
import io.gaesup.state.core.Path;
import io.gaesup.state.core.StateException;
import io.gaesup.state.core.Value;
import io.gaesup.state.core.codec.MessagePack;
import java.util.ArrayList;
import java.util.List;

/** Reads the operations that {@code commands.ts} writes; the layout is described there. */
final class Commands {
    private static final int SET = 1;
    private static final int DELETE = 2;
    private static final int ADD = 3;
    private static final int INSERT = 4;
    private static final int MOVE = 5;
    private static final int MERGE = 6;
    private static final int TEST = 7;
    private static final int KIND = 0x0f;
    private static final int INT = 0x10;
    private static final int FLOAT = 0x20;
    private static final int HEAD_BYTES = 16;

    private final Lanes lanes;
    private final List<Target> targets;
    private int at;

    Commands(Lanes lanes, List<Target> targets) {
        this.lanes = lanes;
        this.targets = targets;
    }

    /** The operations in the first {@code length} bytes. */
    List<Operation> read(int length) {
        List<Operation> operations = new ArrayList<>();
        at = 0;
        while (at < length) {
            operations.add(next());
        }
        return operations;
    }

    private Operation next() {
        int kind = lanes.intAt(at);
        Path path = targets.get(lanes.intAt(at + 4)).path;
        int body = at + 8;
        at += HEAD_BYTES;
        return switch (kind & KIND) {
            case SET -> new Operation.Set(path, value(kind, body));
            case DELETE -> new Operation.Delete(path);
            case ADD -> new Operation.Increment(path, number(kind, body, path));
            case INSERT -> {
                int index = lanes.intAt(body);
                yield new Operation.Insert(index < 0 ? path.child("-") : path.child(index), value(kind, body));
            }
            case MOVE -> new Operation.Move(path.child(lanes.intAt(body)), path.child(lanes.intAt(body + 4)));
            case MERGE -> new Operation.Merge(path, value(kind, body));
            case TEST ->
                new Operation.Test(path, kind == TEST && lanes.intAt(body + 4) == 0 ? null : value(kind, body));
            default -> throw new StateException(ErrorCode.BAD_REQUEST, "there is no command of kind " + kind);
        };
    }

    private Value value(int kind, int body) {
        if ((kind & INT) != 0) {
            return Value.of((long) lanes.doubleAt(body));
        }
        if ((kind & FLOAT) != 0) {
            return Value.of(lanes.doubleAt(body));
        }
        int length = lanes.intAt(body + 4);
        byte[] bytes = lanes.bytesAt(at, length);
        at += (length + 7) & -8;
        return MessagePack.decode(bytes);
    }

    private Value.Number number(int kind, int body, Path path) {
        if (value(kind, body) instanceof Value.Number number) {
            return number;
        }
        throw new StateException(ErrorCode.NOT_A_NUMBER, "add at " + path + ": expected a number");
    }
}
