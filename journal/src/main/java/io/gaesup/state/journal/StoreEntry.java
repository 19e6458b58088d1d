package io.gaesup.state.journal;

/**
 * One life of a store, as the journal knows it.
 *
 * @param name the store's name
 * @param incarnation the number of this life, different after each deletion
 * @param revision its last durable revision
 */
public record StoreEntry(String name, long incarnation, long revision) {}
