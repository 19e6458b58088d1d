package io.gaesup.state.server;

import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.StateException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who is let in: programs on this machine, and pages this server itself has sent. */
final class Gate {
    /*
     * A page from anywhere can make its browser send requests to 127.0.0.1. Two headers, which it cannot forge, tell on
     * it: Origin names where the page came from, and Host stays the name the page used, even when that name was
     * made to lead here (DNS rebinding). Without CORS headers the browser also keeps answers from it.
     */
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private Set<String> hosts = Set.of();
    private Set<String> origins = Set.of();

    /** Requires {@code host} to be an address only this machine reaches. */
    static void checkLoopback(String host) {
        if (!LOOPBACK.contains(host.toLowerCase(Locale.ROOT)) && !host.equals("::1")) {
            throw new StateException(
                    ErrorCode.FORBIDDEN,
                    "'" + host + "' is not an address of this machine alone (127.0.0.1, ::1, localhost); there are no "
                            + "credentials yet, so others are not let in. Put a proxy with access control in front");
        }
    }

    /** From here on requests have to be for this port. */
    void port(int port) {
        List<String> names = LOOPBACK.stream()
                .flatMap(
                        name -> port == 80 ? List.of(name, name + ":80").stream() : List.of(name + ":" + port).stream())
                .toList();
        hosts = Set.copyOf(names);
        origins = Set.copyOf(names.stream().map(name -> "http://" + name).toList());
    }

    /** Why {@code request} is not let in; null if it is. */
    @Nullable
    StateException objection(HttpServerRequest request) {
        List<String> asked = request.headers().getAll(HttpHeaders.HOST);
        if (asked.size() != 1 || !hosts.contains(asked.getFirst().toLowerCase(Locale.ROOT))) {
            return new StateException(ErrorCode.FORBIDDEN, "expected a Host of " + hosts + ", found " + asked);
        }
        List<String> from = request.headers().getAll(HttpHeaders.ORIGIN);
        if (!from.isEmpty()
                && (from.size() > 1 || !origins.contains(from.getFirst().toLowerCase(Locale.ROOT)))) {
            return new StateException(
                    ErrorCode.FORBIDDEN, "expected no Origin or one of " + origins + ", found " + from);
        }
        return null;
    }
}
