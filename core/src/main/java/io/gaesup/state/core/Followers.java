package io.gaesup.state.core;

import java.util.ArrayList;
import java.util.List;

/** Those who keep places of a store's document, and are told of all that moves places, before any listener is. */
final class Followers {

    /** One of them. */
    interface Follower {

        /**
         * The document changed.
         *
         * @param operations what changed it, resolved. What somebody else did to a replica comes carried over the pending
         *     batches: it tells where things went, and not what they are now
         */
        void follow(List<Operation> operations);

        /**
         * Others' batches came before one that is pending.
         *
         * @param batch whose commit it is
         * @param before the document it meets now
         * @param operations what is left of it
         */
        void carried(Committed batch, Value before, List<Operation> operations);
    }

    private final List<Follower> all = new ArrayList<>(0);

    boolean isEmpty() {
        return all.isEmpty();
    }

    void add(Follower follower) {
        all.add(follower);
    }

    void remove(Follower follower) {
        all.remove(follower);
    }

    void clear() {
        all.clear();
    }

    void tell(List<Operation> operations) {
        if (!operations.isEmpty()) {
            for (int i = 0; i < all.size(); i++) {
                all.get(i).follow(operations);
            }
        }
    }

    void tellCarried(Committed batch, Value before, List<Operation> operations) {
        for (int i = 0; i < all.size(); i++) {
            all.get(i).carried(batch, before, operations);
        }
    }
}
