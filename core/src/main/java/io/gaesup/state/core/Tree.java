package io.gaesup.state.core;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A document that operations change: copy-on-write by generation.
 *
 * <p>Confined to one thread; what {@link #share} returns may go to any.
 */
final class Tree {

    /* Nodes made in the tree's present generation are reachable from nowhere else, so an operation changes them in place.
     * Sharing the root ends the generation: the next operation takes a new one, and copies exactly the path it changes.
     * A snapshot is therefore O(1), and a run of operations without one between them copies nothing. */

    private Value root;
    private long generation = Generation.NONE;

    /** The first generation that is not this tree's to take. */
    private long generationsEnd = Generation.NONE;

    private boolean shared = true;

    Tree(Value root) {
        this.root = root;
    }

    /** The document, which from now on is not changed in place. */
    Value share() {
        shared = true;
        return root;
    }

    /** The document, for reading it at once; the next operation may change it. */
    Value peek() {
        return root;
    }

    /** Replaces the whole document. */
    void reset(Value newRoot) {
        root = newRoot;
        shared = true;
    }

    /**
     * Applies all of {@code operations}, or none.
     *
     * @throws StateException saying which operation failed and why; the document is as before
     */
    void apply(List<Operation> operations) {
        int count = operations.size();
        if (count == 1 && Edit.isSingleStep(operations.getFirst())) {
            apply(operations.getFirst());
            return;
        }
        Value before = share();
        for (int i = 0; i < count; i++) {
            try {
                apply(operations.get(i));
            } catch (StateException e) {
                reset(before);
                throw count == 1 ? e : e.in("operation " + i + " of " + count);
            }
        }
    }

    /** As {@link #apply(List)}, and says what was applied, each operation resolved on the document it met. */
    List<Operation> applyResolved(List<Operation> operations) {
        Value before = share();
        List<Operation> resolved = new ArrayList<>(operations.size());
        for (int i = 0; i < operations.size(); i++) {
            try {
                Operation operation = Resolve.in(root, operations.get(i));
                apply(operation);
                resolved.add(operation);
            } catch (StateException e) {
                reset(before);
                throw operations.size() == 1 ? e : e.in("operation " + i + " of " + operations.size());
            }
        }
        return resolved;
    }

    /** Applies one operation; the caller sees to it that all or none of a batch stays. */
    void apply(Operation operation) {
        own();
        keep(Edit.apply(root, operation, generation));
    }

    /** As {@link #apply(List)} of one set operation; where a value is replaced by a scalar, without objects for that. */
    void set(Path path, Value value) {
        own();
        Value changed = Edit.set(root, path, value, generation);
        if (changed == null) {
            apply(new Operation.Set(path, value));
        } else {
            keep(changed);
        }
    }

    /** As {@link #apply(List)} of one increment; where an int becomes another, without objects for that. */
    void increment(Path path, long by) {
        own();
        Value changed = Edit.increment(root, path, by, generation);
        if (changed == null) {
            apply(new Operation.Increment(path, Value.of(by)));
        } else {
            keep(changed);
        }
    }

    /** Adds to the int at a place of the large map that is the root; false, and nothing changed, if it cannot be done. */
    boolean add(int place, long ups, long downs) {
        own();
        LargeMap changed = ((LargeMap) root).add(generation, place, ups, downs);
        if (changed != null) {
            keep(changed);
        }
        return changed != null;
    }

    private void own() {
        if (shared) {
            if (++generation >= generationsEnd) {
                generation = Generation.reserve();
                generationsEnd = generation + Generation.RESERVED;
            }
            shared = false;
        }
    }

    /** Writes to memory only what changed: that costs a barrier of the garbage collector. */
    private void keep(Value changed) {
        if (changed != root) {
            root = changed;
        }
    }

    /** What {@code operations} make of {@code root}. */
    static Value apply(Value root, List<Operation> operations) {
        Tree tree = new Tree(root);
        tree.apply(operations);
        return tree.share();
    }

    /** The value at {@code path}, or null. */
    static @Nullable Value find(Value root, Path path) {
        Value at = root;
        for (int i = 0; i < path.depth(); i++) {
            Value next = null;
            if (at instanceof ListValue list && i + 1 < path.depth()) {
                next = list.grandchild(path, i++);
            } else if (at instanceof Container container) {
                next = container.child(path, i);
            }
            if (next == null) {
                return null;
            }
            at = next;
        }
        return at;
    }
}
