package io.gaesup.state.journal;

/** What became of a client's sequence. It never changes, save that details may be forgotten. */
public sealed interface Decision {

    /**
     * The batch was applied.
     *
     * @param revision as this revision of the store
     */
    record Applied(long revision) implements Decision {}

    /**
     * The batch was refused and changed nothing.
     *
     * @param code the stable code of the refusal
     * @param message the message given then
     */
    record Rejected(String code, String message) implements Decision {}

    /**
     * The sequence lies at or below the client's last decided one, and the history no longer holds what the decision was.
     * It must not be applied.
     *
     * @param lastSequence the client's last decided sequence
     */
    record Forgotten(long lastSequence) implements Decision {}
}
