package io.gaesup.state.server;

import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.StateException;
import io.gaesup.state.journal.Entry;
import io.gaesup.state.journal.Journal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/** Between the loop, which decides, and the journal's thread, which writes. */
final class Committer {
    /*
     * The journal completes the writes of a transaction one after the other, on its own thread. They gather in a queue
     * that the loop empties in one turn: so the batches of a group commit are sent on together, as one message for
     * each socket.
     */

    /** How many bytes of batches may be on their way to the disk before clients are no longer read from. */
    static final long IN_FLIGHT_BYTES_MAX = 16 * 1024 * 1024;

    /** How many decisions may be on their way before clients are no longer read from. */
    static final int IN_FLIGHT_MAX = 16_384;

    /**
     * How many may be on their way at all. With the largest group on top it is less than the journal's queue holds, so
     * that nothing is decided which the journal then refuses.
     */
    static final int IN_FLIGHT_LIMIT = 2 * IN_FLIGHT_MAX;

    private final Loop loop;
    private final Journal journal;
    private final ConcurrentLinkedQueue<Flight> landed = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean woken = new AtomicBoolean();
    private final List<HostedStore> touched = new ArrayList<>();
    private final List<Runnable> waiting = new ArrayList<>();
    private int inFlight;
    private long inFlightBytes;

    Committer(Loop loop, Journal journal) {
        this.loop = loop;
        this.journal = journal;
    }

    /** Hands {@code entries} to the journal; {@link HostedStore#landed} is called in the order of these calls. */
    void commit(Flight flight, List<Entry> entries) {
        inFlight += flight.weight;
        inFlightBytes += flight.bytes;
        if (entries.isEmpty()) {
            land(flight);
            return;
        }
        for (Entry entry : entries) {
            journal.append(entry).whenComplete((done, failure) -> {
                if (flight.arrived(failure)) {
                    land(flight);
                }
            });
        }
    }

    /**
     * Refuses more while too much is on its way.
     *
     * @throws StateException with code {@code BUSY}
     */
    void checkRoom() {
        if (inFlight >= IN_FLIGHT_LIMIT) {
            throw new StateException(
                    ErrorCode.BUSY,
                    inFlight + " decisions wait for the disk, at most " + IN_FLIGHT_LIMIT + " may; try again later");
        }
    }

    /** Whether so much is on its way that no more should be read from clients; {@link #whenCalm} tells when it is over. */
    boolean isBusy() {
        return inFlight >= IN_FLIGHT_MAX || inFlightBytes >= IN_FLIGHT_BYTES_MAX;
    }

    /** Calls {@code task} when half of what may be on its way has landed. */
    void whenCalm(Runnable task) {
        waiting.add(task);
    }

    int inFlight() {
        return inFlight;
    }

    private void land(Flight flight) {
        landed.add(flight);
        if (woken.compareAndSet(false, true)) {
            loop.execute(this::deliver);
        }
    }

    private void deliver() {
        woken.set(false);
        for (Flight flight = landed.poll(); flight != null; flight = landed.poll()) {
            inFlight -= flight.weight;
            inFlightBytes -= flight.bytes;
            if (flight.store.landed(flight)) {
                touched.add(flight.store);
            }
        }
        for (HostedStore store : touched) {
            store.audience().flush();
        }
        touched.clear();
        if (!waiting.isEmpty() && inFlight <= IN_FLIGHT_MAX / 2 && inFlightBytes <= IN_FLIGHT_BYTES_MAX / 2) {
            List<Runnable> tasks = List.copyOf(waiting);
            waiting.clear();
            tasks.forEach(Runnable::run);
        }
    }
}
