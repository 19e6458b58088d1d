package io.gaesup.state.journal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.StateException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;

/**
 * A process that writes to a journal and tells each decision on its standard output, one system call per line:
 *
 * <pre>
 * refused CODE                                    the data cannot be opened
 * opened                                          the data is as it must be
 * batch STORE REVISION CLIENT SEQUENCE            acknowledged
 * rejection STORE 0 CLIENT SEQUENCE               acknowledged
 * failed CODE STORE REVISION                      not acknowledged
 * end                                             everything is written, before closing
 * </pre>
 */
final class JournalChild {
    static final List<String> STORES = List.of("ant", "bee", "cat");
    private static final int CLIENTS = 5;
    private static final int CHECKPOINT_EVERY = 400;

    private final FileOutputStream out = new FileOutputStream(FileDescriptor.out);
    private final Journal journal;
    private final SplittableRandom random;
    private final Semaphore window;
    private final Map<String, Long> incarnations = new HashMap<>();
    private final Map<String, Long> revisions = new HashMap<>();
    private final Map<String, Long> sequences = new HashMap<>();

    private JournalChild(Journal journal, long seed, int window) {
        this.journal = journal;
        random = new SplittableRandom(seed);
        this.window = new Semaphore(window);
    }

    /** Arguments: folder, seed, number of writes, how many may be on their way at a time. */
    public static void main(String[] arguments) throws Exception {
        Journal opened;
        try {
            opened = SqliteJournal.open(Path.of(arguments[0]));
        } catch (StateException e) {
            System.err.println(e.getMessage());
            System.out.println("refused " + e.code());
            return;
        }
        int window = Integer.parseInt(arguments[3]);
        try (var journal = opened) {
            var child = new JournalChild(journal, Long.parseLong(arguments[1]), window);
            child.recover();
            child.say("opened");
            if (window == 1) {
                child.writeOneByOne(Integer.parseInt(arguments[2]));
            } else {
                child.writeMany(Integer.parseInt(arguments[2]), window);
            }
            child.say("end");
        }
    }

    /** The payload of a revision, of 20 to 500 bytes; its first bytes are readable in a trace. */
    static byte[] payload(String store, long revision) {
        var random = new SplittableRandom(store.hashCode() * 31L + revision);
        byte[] payload = new byte[20 + random.nextInt(480)];
        random.nextBytes(payload);
        byte[] mark = mark(store, revision).getBytes(US_ASCII);
        System.arraycopy(mark, 0, payload, 0, mark.length);
        return payload;
    }

    static String mark(String store, long revision) {
        return "<" + store + "=" + revision + ">";
    }

    private void recover() {
        for (String store : STORES) {
            var recovery = journal.recover(store);
            if (recovery == null) {
                incarnations.put(store, journal.create(store).join().incarnation());
                revisions.put(store, 0L);
            } else {
                incarnations.put(store, recovery.store().incarnation());
                revisions.put(store, recovery.store().revision());
                recovery.lastSequences().forEach((client, last) -> sequences.put(store + client, last));
            }
        }
    }

    private Entry next() {
        String store = STORES.get(random.nextInt(STORES.size()));
        String client = "client" + random.nextInt(CLIENTS);
        var origin = new Entry.Origin(client, sequences.merge(store + client, 1L, Long::sum));
        long incarnation = incarnations.get(store);
        if (random.nextInt(10) == 0) {
            return new Entry.Rejection(store, incarnation, origin, "NOT_A_NUMBER", client + " " + origin.sequence());
        }
        long revision = revisions.merge(store, 1L, Long::sum);
        return new Entry.Batch(store, incarnation, revision, payload(store, revision), origin);
    }

    private void writeMany(int writes, int windowSize) throws InterruptedException {
        for (int i = 0; i < writes; i++) {
            window.acquire();
            var entry = next();
            var _ = journal.append(entry).whenComplete((_, e) -> {
                tell(entry, e);
                window.release();
            });
            if (entry instanceof Entry.Batch batch && batch.revision() % CHECKPOINT_EVERY == 0) {
                checkpoint(batch);
            }
        }
        window.acquire(windowSize);
    }

    private void checkpoint(Entry.Batch batch) {
        var _ = journal.checkpoint(
                batch.store(), batch.incarnation(), batch.revision(), payload(batch.store(), -batch.revision()));
    }

    /** Tries again where the journal says that this may help; otherwise asks once more, to show that it does not. */
    private void writeOneByOne(int writes) {
        for (int i = 0; i < writes; i++) {
            var entry = next();
            var failures = new ArrayList<ErrorCode>();
            while (true) {
                var e = failure(journal.append(entry));
                tell(entry, e);
                if (e == null) {
                    break;
                }
                failures.add(code(e));
                if (failures.size() == 100 || (failures.size() == 3 && failures.get(0) == ErrorCode.JOURNAL_FAILED)) {
                    return;
                }
            }
        }
    }

    private static Throwable failure(CompletableFuture<?> future) {
        try {
            future.join();
            return null;
        } catch (CompletionException e) {
            return e.getCause();
        }
    }

    private void tell(Entry entry, Throwable e) {
        long revision = entry instanceof Entry.Batch batch ? batch.revision() : 0;
        if (e != null) {
            say("failed " + code(e) + " " + entry.store() + " " + revision);
            return;
        }
        var origin = entry.origin();
        say((entry instanceof Entry.Batch ? "batch " : "rejection ") + entry.store() + " " + revision + " "
                + origin.client() + " " + origin.sequence());
    }

    private static ErrorCode code(Throwable e) {
        var cause = e instanceof CompletionException ? e.getCause() : e;
        return ((StateException) cause).code();
    }

    private void say(String line) {
        try {
            out.write((line + "\n").getBytes(US_ASCII));
        } catch (IOException e) {
            throw new AssertionError("the parent does not listen", e);
        }
    }
}
