package io.gaesup.state.server;

import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.StateException;

/** A request that is answered with an HTTP status of its own, not the one its code usually has. */
final class HttpProblem extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final StateException reason;

    HttpProblem(int status, ErrorCode code, String detail) {
        this(status, new StateException(code, detail));
    }

    private HttpProblem(int status, StateException reason) {
        super(reason.getMessage(), reason, false, false);
        this.status = status;
        this.reason = reason;
    }

    int status() {
        return status;
    }

    StateException reason() {
        return reason;
    }
}
