package io.gaesup.state.journal;

import java.time.Duration;

/**
 * The limits of a journal. The defaults are measured ones; leave them alone unless a report says otherwise.
 *
 * @param groupEntriesMax most entries of one transaction; 1 to 65,536, default 1,024. More gains little: a commit's sync is shared
 *     by a thousand entries already
 * @param groupBytesMax a transaction that has gathered this many payload bytes takes no further entry; default 8 MiB
 * @param queueEntriesMax most entries that wait; beyond it {@code BUSY}; default 65,536
 * @param queueBytesMax most payload bytes that wait, though one entry is always let in; default 64 MiB
 * @param recordBytesMax largest payload and largest snapshot; 4 KiB to 900 MiB, default 256 MiB
 * @param historyRevisions how many revisions below a checkpoint keep their batches and decisions, so that late
 *     resends get the full answer; default 4,096
 * @param historyRejections how many rejections of a store are kept at most, about: twice as many are gathered before the
 *     older half goes; default 4,096
 * @param clientForgetAfter a client unseen for this long is forgotten by a checkpoint; default 30 days. A
 *     resend after that would be applied again, so it must exceed the longest time a client keeps pending batches
 * @param checkBytesMax a database up to this size is checked whole when it is opened (2 to 5 ms per MiB); of a
 *     larger one only what is read is checked; default 256 MiB
 */
public record JournalSettings(
        int groupEntriesMax,
        long groupBytesMax,
        int queueEntriesMax,
        long queueBytesMax,
        int recordBytesMax,
        long historyRevisions,
        int historyRejections,
        Duration clientForgetAfter,
        long checkBytesMax) {

    private static final JournalSettings DEFAULTS = new JournalSettings(
            1024, 8L << 20, 65_536, 64L << 20, 256 << 20, 4096, 4096, Duration.ofDays(30), 256L << 20);

    public JournalSettings {
        check("group-entries-max", groupEntriesMax, 1, 65_536);
        check("group-bytes-max", groupBytesMax, 1, 1L << 30);
        check("queue-entries-max", queueEntriesMax, 1, 1 << 24);
        check("queue-bytes-max", queueBytesMax, 1, 1L << 40);
        check("record-bytes-max", recordBytesMax, 4096, 900 << 20);
        check("history-revisions", historyRevisions, 0, 1L << 40);
        check("history-rejections", historyRejections, 1, 1 << 24);
        check("client-forget-after (s)", clientForgetAfter.toSeconds(), 1, Long.MAX_VALUE / 1000);
        check("check-bytes-max", checkBytesMax, 0, Long.MAX_VALUE);
    }

    /** The defaults. */
    public static JournalSettings defaults() {
        return DEFAULTS;
    }

    /** These settings with other limits of a transaction. */
    public JournalSettings withGroup(int entriesMax, long bytesMax) {
        return new JournalSettings(
                entriesMax,
                bytesMax,
                queueEntriesMax,
                queueBytesMax,
                recordBytesMax,
                historyRevisions,
                historyRejections,
                clientForgetAfter,
                checkBytesMax);
    }

    /** These settings with other limits of the queue. */
    public JournalSettings withQueue(int entriesMax, long bytesMax) {
        return new JournalSettings(
                groupEntriesMax,
                groupBytesMax,
                entriesMax,
                bytesMax,
                recordBytesMax,
                historyRevisions,
                historyRejections,
                clientForgetAfter,
                checkBytesMax);
    }

    /** These settings with another largest record. */
    public JournalSettings withRecordBytesMax(int bytesMax) {
        return new JournalSettings(
                groupEntriesMax,
                groupBytesMax,
                queueEntriesMax,
                queueBytesMax,
                bytesMax,
                historyRevisions,
                historyRejections,
                clientForgetAfter,
                checkBytesMax);
    }

    /** These settings with another history. */
    public JournalSettings withHistory(long revisions, int rejections) {
        return new JournalSettings(
                groupEntriesMax,
                groupBytesMax,
                queueEntriesMax,
                queueBytesMax,
                recordBytesMax,
                revisions,
                rejections,
                clientForgetAfter,
                checkBytesMax);
    }

    /** These settings with another time after which a client is forgotten. */
    public JournalSettings withClientForgetAfter(Duration unseen) {
        return new JournalSettings(
                groupEntriesMax,
                groupBytesMax,
                queueEntriesMax,
                queueBytesMax,
                recordBytesMax,
                historyRevisions,
                historyRejections,
                unseen,
                checkBytesMax);
    }

    /** These settings with another size up to which a database is checked when it is opened. */
    public JournalSettings withCheckBytesMax(long bytesMax) {
        return new JournalSettings(
                groupEntriesMax,
                groupBytesMax,
                queueEntriesMax,
                queueBytesMax,
                recordBytesMax,
                historyRevisions,
                historyRejections,
                clientForgetAfter,
                bytesMax);
    }

    private static void check(String key, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    "journal setting " + key + ": expected " + min + " to " + max + ", got " + value);
        }
    }
}
