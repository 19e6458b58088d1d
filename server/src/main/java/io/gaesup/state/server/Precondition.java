package io.gaesup.state.server;

import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.StateException;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;

/** Which revision a request is made for (RFC 9110, 13): a store's entity tag is its incarnation and revision. */
final class Precondition {

    private static final String ANY = "*";

    private Precondition() {}

    static String tag(long incarnation, long revision) {
        return "\"" + incarnation + "-" + revision + "\"";
    }

    /** Whether the client has what it asks for, so that 304 says enough. */
    static boolean isKnown(HttpServerRequest request, String tag) {
        List<String> tags = tags(request, "if-none-match");
        return tags.contains(ANY) || tags.contains(tag) || tags.contains("W/" + tag);
    }

    /**
     * Checks that a write is made on the revision that is there.
     *
     * @throws StateException with code {@code STALE_REVISION}
     */
    static void checkWrite(HttpServerRequest request, HostedStore store) {
        String tag = tag(store.incarnation(), store.newestRevision());
        List<String> wanted = tags(request, "if-match");
        if (!wanted.isEmpty() && !wanted.contains(ANY) && !wanted.contains(tag)) {
            throw new StateException(
                    ErrorCode.STALE_REVISION,
                    "store '" + store.name() + "' is at " + tag + ", If-Match asked for " + String.join(", ", wanted));
        }
        List<String> unwanted = tags(request, "if-none-match");
        if (unwanted.contains(ANY) || unwanted.contains(tag)) {
            throw new StateException(
                    ErrorCode.STALE_REVISION,
                    "store '" + store.name() + "' is there, at " + tag + "; If-None-Match asked for the opposite");
        }
    }

    /** Checks that a write may make a store that is not there. */
    static void checkMake(HttpServerRequest request, String store) {
        List<String> wanted = tags(request, "if-match");
        if (!wanted.isEmpty()) {
            throw new StateException(
                    ErrorCode.STALE_REVISION,
                    "there is no store '" + store + "', If-Match asked for " + String.join(", ", wanted));
        }
    }

    private static List<String> tags(HttpServerRequest request, String header) {
        List<String> tags = new ArrayList<>();
        for (String line : request.headers().getAll(header)) {
            for (String tag : line.split(",", -1)) {
                tags.add(tag.strip());
            }
        }
        return tags;
    }
}
