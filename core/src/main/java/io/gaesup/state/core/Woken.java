package io.gaesup.state.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects whom one commit wakes. */
final class Woken {

    /** One call to make once the commit has been looked at whole. */
    interface Delivery {

        /** Deliveries are made in this order; it is the order of subscription. */
        long order();

        /** Whose it is, for the report of a failure. */
        String subscription();

        void deliver(Change change);
    }

    static final Woken NOBODY = new Woken();

    private List<Delivery> deliveries = new ArrayList<>();
    private boolean inOrder = true;
    private long last;

    void add(Delivery delivery) {
        long order = delivery.order();
        inOrder &= order >= last;
        last = order;
        deliveries.add(delivery);
    }

    boolean isEmpty() {
        return deliveries.isEmpty();
    }

    /** What was collected, in order; the collector is empty again. */
    List<Delivery> take() {
        List<Delivery> taken = deliveries;
        if (!inOrder) {
            taken.sort(Comparator.comparingLong(Delivery::order));
        }
        deliveries = new ArrayList<>();
        inOrder = true;
        last = 0;
        return taken;
    }
}
