package io.gaesup.state.core;

/**
 * Something the caller or the world did wrong, with a stable {@link #code()}; the message says what was asked, where,
 * what was found and what was expected. Whoever throws one has changed nothing.
 */
public final class StateException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final ErrorCode code;
    private final String detail;

    public StateException(ErrorCode code, String detail) {
        super(code.name() + ": " + detail);
        this.code = code;
        this.detail = detail;
    }

    public StateException(ErrorCode code, String detail, Throwable cause) {
        super(code.name() + ": " + detail, cause);
        this.code = code;
        this.detail = detail;
    }

    public ErrorCode code() {
        return code;
    }

    /** The message without the code in front. */
    public String detail() {
        return detail;
    }

    /** The same error with where it happened added to its message. */
    StateException in(String where) {
        return new StateException(code, detail + " (" + where + ")", this);
    }
}
