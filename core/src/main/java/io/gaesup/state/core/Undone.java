package io.gaesup.state.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an undo or a redo did.
 *
 * @param commit its batch; null if nothing could be done, so that there is no new revision
 * @param skipped what of the step was left alone, because others were there
 */
public record Undone(@Nullable Commit commit, List<Skipped> skipped) {

    /** Why a part of a step was left alone. */
    public enum Reason {
        /** Somebody else changed what the edit had left there. */
        CHANGED,
        /** What was edited, or the container it was in, is not there any more. */
        GONE
    }

    /** @param path where the edit is now, or was last */
    public record Skipped(Path path, Reason reason) {}

    public Undone {
        skipped = List.copyOf(skipped);
    }

    /** Whether nothing was left alone. */
    public boolean isWhole() {
        return skipped.isEmpty();
    }
}
