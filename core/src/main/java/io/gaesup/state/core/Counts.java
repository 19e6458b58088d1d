package io.gaesup.state.core;

/** Counts for {@link SubscriptionMetrics}. */
final class Counts {

    long evaluations;
    long skips;
    long shares;
    long notifications;
    long suppressed;

    void add(Counts other) {
        evaluations += other.evaluations;
        skips += other.skips;
        shares += other.shares;
        notifications += other.notifications;
        suppressed += other.suppressed;
    }

    SubscriptionMetrics metrics() {
        return new SubscriptionMetrics(evaluations, skips, shares, notifications, suppressed);
    }
}
