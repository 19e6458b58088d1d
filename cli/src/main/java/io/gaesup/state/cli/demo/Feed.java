package io.gaesup.state.cli.demo;

import io.gaesup.state.core.Batch;
import io.gaesup.state.core.Store;
import io.gaesup.state.core.Value;

/** One set of recorded events in the order of their time stamps, and what each does to a store. */
sealed interface Feed permits Quakes, Flights {

    /** The name of the store that the events go to. */
    String store();

    /** What to make that store of if there is none. */
    Value initial();

    /** How many events there are. */
    int size();

    /** When {@code event} happened, in milliseconds of the epoch; never before the one in front of it. */
    long timeMillis(int event);

    /** How many events of a fresh store are played at once, so that there is something to see. */
    int backlog();

    /** Adds what has to be forgotten before the events are played for another time. */
    void rewind(Batch.Builder to);

    /**
     * Adds what the events from {@code from} to before {@code end} do.
     *
     * @param lap for which time the events are played; 1 for the first
     * @param view the store as it is now
     */
    void play(int from, int end, long lap, Store view, Batch.Builder to);
}
