package io.gaesup.state.core.codec;

import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.Extension;
import io.gaesup.state.core.Limits;
import io.gaesup.state.core.ListValue;
import io.gaesup.state.core.LocalStore;
import io.gaesup.state.core.MapValue;
import io.gaesup.state.core.Operation;
import io.gaesup.state.core.Path;
import io.gaesup.state.core.StateException;
import io.gaesup.state.core.Value;
import java.util.ArrayList;
import java.util.List;

/** JSON Patch (RFC 6902) as operations. */
public final class JsonPatch {

    /* What an "add" means depends on the container it meets, and that may be one the same patch has just made. So each
     * operation is applied, to a copy-on-write sketch of the document, before the next one is translated. */

    private final LocalStore sketch;
    private final List<Operation> operations = new ArrayList<>();
    private final int count;
    private int index;

    /** A patch can copy the whole document into itself, and again; this is what is left of what copies may amount to. */
    private long copyBytesLeft = Limits.DOCUMENT_BYTES_MAX;

    private JsonPatch(Value root, int count) {
        this.sketch = LocalStore.create("patch", root);
        this.count = count;
    }

    /**
     * The operations that do to {@code root} what {@code patch} says, to be applied as one batch:
     *
     * <pre>
     * add     → insert where the container is a list, otherwise set
     * remove  → delete
     * replace → test that something is there, and set
     * move    → move; onto the whole document: set; onto itself: test that something is there
     * copy    → insert or set of what is there now
     * test    → test
     * </pre>
     *
     * <p>The patch is tried out on the way, so what is returned applies to {@code root}. Members that RFC 6902 does not
     * define are ignored, as it demands.
     *
     * @throws StateException always with the index of the operation: {@code BAD_REQUEST} for one that is not formed as
     *     RFC 6902 says, {@code BAD_PATH} for a pointer that is none, {@code LIMIT_EXCEEDED} for too many operations or
     *     copies of more than a document in all, otherwise what applying it failed with
     */
    public static List<Operation> parse(Value patch, Value root) {
        if (!(patch instanceof ListValue steps)) {
            throw new StateException(
                    ErrorCode.BAD_REQUEST, "a JSON Patch is a list of operations, but this is " + patch.kind());
        }
        if (steps.size() > Limits.BATCH_OPERATIONS_MAX) {
            throw new StateException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "a JSON Patch has at most " + Limits.BATCH_OPERATIONS_MAX + " operations, this one has "
                            + steps.size());
        }
        JsonPatch parser = new JsonPatch(root, steps.size());
        for (Value step : steps) {
            parser.translate(step);
        }
        return parser.operations;
    }

    private void translate(Value step) {
        String name = "operation";
        try {
            if (!(step instanceof MapValue members)) {
                throw badRequest("expected an object, found " + step.kind());
            }
            name = text(members, "op");
            translate(name, members);
        } catch (StateException e) {
            throw new StateException(
                    e.code(),
                    e.detail() + " (operation " + index + " of " + count + " of the patch, " + clip(name) + ")",
                    e);
        }
        index++;
    }

    private void translate(String name, MapValue members) {
        Path path = path(members, "path");
        switch (name) {
            case "add" -> add(path, value(members));
            case "remove" -> apply(new Operation.Delete(path));
            case "replace" -> {
                Value value = value(members);
                apply(new Operation.Test(path, null));
                apply(new Operation.Set(path, value));
            }
            case "move" -> move(path(members, "from"), path);
            case "copy" -> {
                Value copy = existing(path(members, "from"));
                chargeCopy(copy);
                add(path, copy);
            }
            case "test" -> apply(new Operation.Test(path, value(members)));
            default ->
                throw badRequest(
                        "expected \"op\" to be add, remove, replace, move, copy or test, found \"" + clip(name) + '"');
        }
    }

    private void add(Path path, Value value) {
        boolean intoList = !path.isRoot() && sketch.get(path.parent()) instanceof ListValue;
        apply(intoList ? new Operation.Insert(path, value) : new Operation.Set(path, value));
    }

    private void move(Path from, Path to) {
        if (from.equals(to)) {
            apply(new Operation.Test(from, null));
        } else if (to.isRoot()) {
            apply(new Operation.Set(to, existing(from)));
        } else {
            apply(new Operation.Move(from, to));
        }
    }

    private void apply(Operation operation) {
        sketch.apply(operation);
        operations.add(operation);
    }

    private Value existing(Path from) {
        Value found = sketch.get(from);
        if (found == null) {
            throw new StateException(ErrorCode.NOT_FOUND, "nothing is at " + from);
        }
        return found;
    }

    private static Path path(MapValue members, String name) {
        return Path.of(text(members, name));
    }

    private static String text(MapValue members, String name) {
        Value member = members.get(name);
        if (member instanceof Value.Text text) {
            return text.value();
        }
        throw badRequest("expected \"" + name + "\" to be a string, found "
                + (member == null ? "no such member" : member.kind()));
    }

    private static Value value(MapValue members) {
        Value value = members.get("value");
        if (value == null) {
            throw badRequest("expected a member \"value\", found none");
        }
        return value;
    }

    private void chargeCopy(Value copy) {
        charge(copy);
        if (copyBytesLeft < 0) {
            throw new StateException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "the copies of one patch amount to at most " + Limits.DOCUMENT_BYTES_MAX + " bytes");
        }
    }

    /** Takes about what {@code value} has in bytes from what is left, and stops when nothing is. */
    private void charge(Value value) {
        copyBytesLeft--;
        switch (value) {
            case Value.Text text -> copyBytesLeft -= text.value().length();
            case Value.Binary binary -> copyBytesLeft -= binary.length();
            case Extension extension -> copyBytesLeft -= extension.length();
            case ListValue list -> {
                for (Value element : list) {
                    if (copyBytesLeft < 0) {
                        return;
                    }
                    charge(element);
                }
            }
            case MapValue map ->
                map.forEach((key, entry) -> {
                    if (copyBytesLeft >= 0) {
                        copyBytesLeft -= key.length();
                        charge(entry);
                    }
                });
            case Value.Int _, Value.Float _ -> copyBytesLeft -= Long.BYTES;
            case Value.Null _, Value.Bool _ -> {}
        }
    }

    private static StateException badRequest(String reason) {
        return new StateException(ErrorCode.BAD_REQUEST, reason);
    }

    private static String clip(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
