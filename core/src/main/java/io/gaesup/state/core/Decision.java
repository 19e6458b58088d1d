package io.gaesup.state.core;

import org.jspecify.annotations.Nullable;

/**
 * What became of the batch a client numbered {@code sequence}: it was applied as {@code revision}, or refused. Each
 * (client, sequence) is decided once and for ever; whoever asks again gets the same decision.
 *
 * @param sequence the client's number for its batch; grows, starts at 1
 * @param revision the revision it became, or {@link #REFUSED}
 * @param code why it was refused; null if it was applied
 * @param message the same for people; empty if it was applied
 */
public record Decision(
        long sequence, long revision, @Nullable ErrorCode code, String message) {

    /** Instead of a revision: the batch was not applied and never will be. */
    public static final long REFUSED = -1;

    public static Decision applied(long sequence, long revision) {
        return new Decision(sequence, revision, null, "");
    }

    public static Decision refused(long sequence, ErrorCode code, String message) {
        return new Decision(sequence, REFUSED, code, message);
    }

    public boolean isApplied() {
        return code == null;
    }
}
