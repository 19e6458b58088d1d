package io.gaesup.state.core;

import org.jspecify.annotations.Nullable;

/**
 * A node of a list's counted B+ tree. Methods that change take the tree's generation: a node of that generation is
 * changed in place and returned, any other is copied. A changed node may come back one level higher with two children,
 * which its parent takes in; that is how it splits.
 */
abstract sealed class ListNode permits InnerNode, Leaf, RowLeaf {

    static final int LEAF_BITS = 4;

    /** How many values a leaf has at most: as many as an int has bits. */
    static final int LEAF_WIDTH = 1 << LEAF_BITS;

    final long generation;

    ListNode(long generation) {
        this.generation = generation;
    }

    /** How many values there are below. */
    abstract int size();

    /** 0 for a leaf. */
    abstract int height();

    /** Values in a leaf, children in an inner node. */
    abstract int width();

    /** Whether the node is so empty that it is joined with a neighbour when both fit in one. */
    abstract boolean isSparse();

    /** Whether both fit in one node. */
    abstract boolean canJoin(ListNode right);

    /** Joins with the right neighbour of the same height. */
    abstract ListNode join(long generation, ListNode right);

    abstract Value get(int index);

    /** Sends all values in order. */
    abstract void sendTo(ValueSink sink);

    abstract ListNode set(long generation, int index, Value value);

    /**
     * Puts {@code value} where {@code path} leads from segment {@code depth} on, within the value at {@code index}; null,
     * and nothing changed, if something else than a present value would have to be replaced there.
     */
    abstract @Nullable ListNode replace(long generation, int index, Path path, int depth, Value value);

    /** With the sum at {@code index}; null, and nothing changed, where more than a packed int would have to change. */
    abstract @Nullable ListNode add(long generation, int index, long ups, long downs);

    /** Lets {@code edit} change the value at {@code index}, which segment {@code depth} of its path enters. */
    abstract ListNode edit(int index, Edit edit, int depth);

    abstract ListNode insert(long generation, int index, Value value);

    abstract ListNode remove(long generation, int index);

    /** This node without inner nodes of one child on top. */
    final ListNode trimmed() {
        ListNode node = this;
        while (node instanceof InnerNode inner && inner.width() == 1) {
            node = inner.child(0);
        }
        return node.size() == 0 ? Leaf.EMPTY : node;
    }
}
