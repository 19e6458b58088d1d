package io.gaesup.state.journal;

/**
 * Counts of one journal.
 *
 * @param entries writes committed since opening
 * @param transactions transactions committed since opening; {@code entries / transactions} is the mean group
 * @param bytes payload bytes committed since opening
 * @param commitNanos time spent in those transactions, waiting for the disk included
 * @param commitNanosMax the longest of them
 * @param queuedEntries writes waiting now
 * @param queuedBytes their payload bytes
 * @param refused writes refused with {@code BUSY} since opening
 */
public record JournalStatistics(
        long entries,
        long transactions,
        long bytes,
        long commitNanos,
        long commitNanosMax,
        int queuedEntries,
        long queuedBytes,
        long refused) {}
