package io.gaesup.state.core;

import org.jspecify.annotations.Nullable;

/** Up to {@link #WIDTH} children of the same height. */
final class InnerNode extends ListNode {

    /* As long as all children but the last are full, a position leads to its child by a shift. Lists are built like that,
     * and stay so while values are replaced or added at the end. Otherwise the node knows where each child ends; the shift
     * then says where to begin looking, as no child holds more than a full one (the idea: Bagwell, Rompf, "RRB-Trees",
     * 2011). The ends never change in place, so that copies share them. */

    static final int BITS = 5;
    static final int WIDTH = 1 << BITS;

    private final ListNode[] children;

    /** The count of values up to the end of each child; null while all children but the last are full. */
    private int @Nullable [] ends;

    private int size;

    /** 2 to this power is how many values a full child has. */
    private final int shift;

    /** Takes over {@code children}. */
    InnerNode(long generation, ListNode[] children) {
        super(generation);
        this.children = children;
        this.shift = LEAF_BITS + BITS * children[0].height();
        count();
    }

    private InnerNode(long generation, ListNode[] children, InnerNode original) {
        super(generation);
        this.children = children;
        this.ends = original.ends;
        this.size = original.size;
        this.shift = original.shift;
    }

    @Override
    int size() {
        return size;
    }

    @Override
    int height() {
        return (shift - LEAF_BITS) / BITS + 1;
    }

    @Override
    int width() {
        return children.length;
    }

    @Override
    boolean isSparse() {
        return children.length < WIDTH / 4;
    }

    @Override
    boolean canJoin(ListNode right) {
        return children.length + right.width() <= WIDTH;
    }

    @Override
    void sendTo(ValueSink sink) {
        for (ListNode child : children) {
            child.sendTo(sink);
        }
    }

    ListNode child(int at) {
        return children[at];
    }

    /** How many values are before child {@code at}. */
    int start(int at) {
        int[] known = ends;
        return known == null ? at << shift : at == 0 ? 0 : known[at - 1];
    }

    /** The child that holds {@code index}. */
    int childOf(int index) {
        int at = index >>> shift;
        int[] known = ends;
        if (known != null) {
            while (known[at] <= index) {
                at++;
            }
        }
        return at;
    }

    @Override
    Value get(int index) {
        int at = childOf(index);
        return children[at].get(index - start(at));
    }

    @Override
    ListNode set(long gen, int index, Value value) {
        int at = childOf(index);
        return with(gen, at, children[at].set(gen, index - start(at), value));
    }

    @Override
    @Nullable
    ListNode replace(long gen, int index, Path path, int depth, Value value) {
        int at = childOf(index);
        ListNode changed = children[at].replace(gen, index - start(at), path, depth, value);
        return changed == null ? null : with(gen, at, changed);
    }

    @Override
    @Nullable
    ListNode add(long gen, int index, long ups, long downs) {
        int at = childOf(index);
        ListNode changed = children[at].add(gen, index - start(at), ups, downs);
        return changed == null ? null : with(gen, at, changed);
    }

    @Override
    ListNode edit(int index, Edit edit, int depth) {
        int at = childOf(index);
        return with(edit.generation(), at, children[at].edit(index - start(at), edit, depth));
    }

    /** This node with another child that has as many values. */
    private ListNode with(long gen, int at, ListNode child) {
        if (children[at] == child) {
            return this;
        }
        InnerNode mine = generation == gen ? this : new InnerNode(gen, children.clone(), this);
        mine.children[at] = child;
        return mine;
    }

    @Override
    ListNode insert(long gen, int index, Value value) {
        int at = index == size ? children.length - 1 : childOf(index);
        ListNode changed = children[at].insert(gen, index - start(at), value);
        if (changed.height() < height()) {
            return recounted(gen, at, changed);
        }
        InnerNode two = (InnerNode) changed;
        ListNode[] more = new ListNode[children.length + 1];
        System.arraycopy(children, 0, more, 0, at);
        more[at] = two.children[0];
        more[at + 1] = two.children[1];
        System.arraycopy(children, at + 1, more, at + 2, children.length - at - 1);
        if (more.length <= WIDTH) {
            return new InnerNode(gen, more);
        }
        // A list that grows at its end leaves full nodes behind.
        int half = index == size ? WIDTH : more.length / 2;
        return new InnerNode(gen, new ListNode[] {
            new InnerNode(gen, slice(more, 0, half)), new InnerNode(gen, slice(more, half, more.length))
        });
    }

    @Override
    ListNode remove(long gen, int index) {
        int at = childOf(index);
        ListNode changed = children[at].remove(gen, index - start(at));
        if (changed.width() == 0) {
            return without(gen, at);
        }
        if (changed.isSparse()) {
            if (at > 0 && children[at - 1].canJoin(changed)) {
                return ((InnerNode) without(gen, at)).recounted(gen, at - 1, children[at - 1].join(gen, changed));
            }
            if (at + 1 < children.length && changed.canJoin(children[at + 1])) {
                return ((InnerNode) without(gen, at + 1)).recounted(gen, at, changed.join(gen, children[at + 1]));
            }
        }
        return recounted(gen, at, changed);
    }

    /** This node with another child of another size. */
    private ListNode recounted(long gen, int at, ListNode child) {
        if (generation == gen) {
            children[at] = child;
            count();
            return this;
        }
        ListNode[] changed = children.clone();
        changed[at] = child;
        return new InnerNode(gen, changed);
    }

    private ListNode without(long gen, int at) {
        if (children.length == 1) {
            return Leaf.EMPTY;
        }
        ListNode[] fewer = new ListNode[children.length - 1];
        System.arraycopy(children, 0, fewer, 0, at);
        System.arraycopy(children, at + 1, fewer, at, fewer.length - at);
        return new InnerNode(gen, fewer);
    }

    @Override
    ListNode join(long gen, ListNode right) {
        InnerNode other = (InnerNode) right;
        ListNode[] both = new ListNode[children.length + other.children.length];
        System.arraycopy(children, 0, both, 0, children.length);
        System.arraycopy(other.children, 0, both, children.length, other.children.length);
        return new InnerNode(gen, both);
    }

    private static ListNode[] slice(ListNode[] nodes, int from, int to) {
        ListNode[] slice = new ListNode[to - from];
        System.arraycopy(nodes, from, slice, 0, slice.length);
        return slice;
    }

    private void count() {
        int sum = 0;
        boolean full = true;
        for (int i = 0; i < children.length; i++) {
            sum += children[i].size();
            full = full && (i == children.length - 1 || children[i].size() == 1 << shift);
        }
        size = sum;
        ends = full ? null : endsOf(children);
    }

    private static int[] endsOf(ListNode[] children) {
        int[] ends = new int[children.length];
        int end = 0;
        for (int i = 0; i < children.length; i++) {
            end += children[i].size();
            ends[i] = end;
        }
        return ends;
    }
}
