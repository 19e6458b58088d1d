package io.gaesup.state.core;

import java.util.AbstractList;
import java.util.RandomAccess;

/** The operations that were added to a {@link Merging}, one by one. */
final class MergingLog extends AbstractList<Operation> implements RandomAccess {

    private final MergeSlots merging;

    MergingLog(MergeSlots merging) {
        this.merging = merging;
    }

    MergeSlots merging() {
        return merging;
    }

    @Override
    public int size() {
        return merging.size();
    }

    @Override
    public Operation get(int index) {
        return merging.logged(index);
    }
}
