package io.gaesup.state.core;

/**
 * What subscriptions cost and saved since the store was made, or the selector first used.
 *
 * @param evaluations how often a selector's function ran
 * @param skips how often it was woken or asked and a kept result was right
 * @param shares how often somebody was served by an evaluation, or a kept result, that was there for another already
 * @param notifications how often a listener was called
 * @param suppressed how often an evaluation gave the same result as before, so that nobody was told
 */
public record SubscriptionMetrics(long evaluations, long skips, long shares, long notifications, long suppressed) {}
