package io.gaesup.state.core;

import java.util.List;

/**
 * One batch on its way from a client.
 *
 * @param sequence the client's number for it; grows with each batch of this client on this store, starts at 1
 * @param operations what it does
 */
public record Submission(long sequence, List<Operation> operations) {

    public Submission {
        operations = List.copyOf(operations);
    }

    /**
     * Batches made one after the other on what a client had confirmed as {@code base}.
     *
     * @param base the revision the first was made on, or {@link #NO_BASE}
     * @param submissions in order of their sequence
     */
    public record Group(long base, List<Submission> submissions) {

        /** Apply to whatever is there, positions as they are. */
        public static final long NO_BASE = -1;

        public Group {
            submissions = List.copyOf(submissions);
        }
    }
}
