package io.gaesup.state.core;

/**
 * An applied batch.
 *
 * @param revision the store's revision with it; for a replica, the confirmed one it was made on
 * @param committed done when the batch is as safe as this store makes it: at once for a store in memory, on disk for a
 *     durable one, confirmed by the server for a replica
 */
public record Commit(long revision, Committed committed) {}
