/**
 * The durable log of batches over JDBC: append, checkpoint, recover, fence.
 *
 * <p>The journal keeps bytes and does not read them. What it knows about a record is its place: which
 * life of which store, which revision, and which client asked for it under which sequence number.
 *
 * <pre>
 * Entry     = Batch(store, incarnation, revision, payload, Origin?)      the next revision of a store
 *           | Rejection(store, incarnation, Origin, code, message)      a decision that changed nothing
 * Origin    = (client, sequence)                                        decided once per store, for good
 * Decision  = Applied(revision) | Rejected(code, message) | Forgotten(last sequence)
 * Recovery  = StoreEntry, checkpoint?, Batch*, (client -> last sequence)*
 * </pre>
 *
 * <p><b>Tables</b>, the same in every database. Numbers are 64 bits wide; {@code at} is milliseconds of the
 * epoch; {@code checksum} is CRC32C over every other column of the row, with the incarnation of its store
 * and the name of its client in place of their numbers.
 *
 * <pre>
 * meta       (name primary key, value)                     "schema": version of these tables, "epoch"
 * stores     (id primary key, name unique, incarnation, created, checksum)
 * clients    (id primary key, store, name, sequence, seen, checksum)             unique (store, name)
 * batches    (position primary key, store, revision, client?, sequence?, at, payload, checksum)
 *                                             unique (store, revision, client, sequence)
 * rejections (position primary key, store, revision, client, sequence, at, code, message, checksum)
 *                                             unique (store, client, sequence)
 * checkpoints(store primary key, revision, at, payload, checksum)
 * </pre>
 *
 * <p>{@code batches} is a log: rows go to its end whatever store they belong to, so that a commit of a thousand
 * records for a hundred stores writes few pages; its one index covers both recovery (by revision) and the
 * search for a decision (by client). {@code clients.sequence} is raised only by a checkpoint: between
 * checkpoints the last sequence of a client is the highest one in the rows. The measurements behind
 * this are in {@code docs/decisions/0003-journal.md}.
 */
@NullMarked
package io.gaesup.state.journal;

import org.jspecify.annotations.NullMarked;
