package io.gaesup.state.server;

import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.StateException;
import java.util.concurrent.CompletionException;

/** What to tell others of a failure. */
final class Problems {

    private static final System.Logger LOG = System.getLogger(Problems.class.getName());

    private Problems() {}

    /** The failure as it goes over the wire; one that nobody foresaw is logged and called {@code INTERNAL}. */
    static StateException of(Throwable failure) {
        if (failure instanceof StateException known) {
            return known;
        }
        if (failure instanceof CompletionException wrapper && wrapper.getCause() != null) {
            return of(wrapper.getCause());
        }
        LOG.log(System.Logger.Level.ERROR, "unexpected failure", failure);
        return new StateException(ErrorCode.INTERNAL, String.valueOf(failure), failure);
    }
}
