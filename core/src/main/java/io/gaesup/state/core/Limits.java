package io.gaesup.state.core;

/** The limits every part of the engine holds; each error about one names it. */
public final class Limits {

    /** How deep containers nest: a scalar has depth 0, an empty map depth 1. */
    public static final int DEPTH_MAX = 512;

    /** How long one map key is, in UTF-8 bytes. */
    public static final int KEY_BYTES_MAX = 64 * 1024;

    /** How large one document is in its encoded form, in bytes. */
    public static final int DOCUMENT_BYTES_MAX = 64 * 1024 * 1024;

    /** How many operations one batch holds. */
    public static final int BATCH_OPERATIONS_MAX = 1_000_000;

    private Limits() {}
}
