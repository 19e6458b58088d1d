package io.gaesup.state.server;

import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.MapValue;
import io.gaesup.state.core.StateException;
import io.gaesup.state.core.Value;
import io.gaesup.state.core.codec.Json;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** How HTTP answers look. */
final class Reply {

    static final String JSON = "application/json";
    static final String PROBLEM = "application/problem+json";

    private Reply() {}

    /** The error, whatever it is. */
    static void problem(HttpServerRequest request, Throwable failure) {
        if (failure instanceof HttpProblem special) {
            problem(request, special.status(), special.reason());
        } else {
            StateException reason = Problems.of(failure);
            problem(request, status(reason.code()), reason);
        }
    }

    /** The error as RFC 9457 has it, with its stable code. */
    private static void problem(HttpServerRequest request, int status, StateException reason) {
        Value body = MapValue.builder()
                .put("type", Value.of("about:blank"))
                .put("title", Value.of(title(reason.code())))
                .put("status", Value.of(status))
                .put("code", Value.of(reason.code().name()))
                .put("detail", Value.of(reason.detail()))
                .build();
        send(request, status, PROBLEM, Json.toBytes(body));
    }

    static void json(HttpServerRequest request, int status, Value body) {
        send(request, status, JSON, Json.toBytes(body));
    }

    static void send(HttpServerRequest request, int status, String type, byte[] body) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(status)
                .putHeader("content-type", type)
                .putHeader("cache-control", "no-cache")
                .putHeader("x-content-type-options", "nosniff")
                .putHeader("cross-origin-resource-policy", "same-origin")
                .end(Buffer.buffer(body));
    }

    /** "Stale revision" for {@code STALE_REVISION}. */
    private static String title(ErrorCode code) {
        String words = code.name().replace('_', ' ');
        return words.charAt(0) + words.substring(1).toLowerCase(java.util.Locale.ROOT);
    }

    static int status(ErrorCode code) {
        return switch (code) {
            case MALFORMED, BAD_PATH, BAD_REQUEST, BAD_NUMBER, UNSUPPORTED_VERSION -> 400;
            case FORBIDDEN -> 403;
            case NOT_FOUND, UNKNOWN_STORE -> 404;
            case TEST_FAILED, CONFLICT, STORE_EXISTS -> 409;
            case CLOSED -> 410;
            case STALE_REVISION -> 412;
            case LIMIT_EXCEEDED -> 413;
            case WRONG_TYPE, NOT_A_NUMBER, OVERFLOW, INDEX_OUT_OF_RANGE -> 422;
            case BUSY, JOURNAL_FAILED, FENCED, DATA_IN_USE -> 503;
            case DISK_FULL -> 507;
            case INTERNAL,
                    PORT_IN_USE,
                    REVISION_GAP,
                    SEQUENCE_DECIDED,
                    DATA_NOT_WRITABLE,
                    DATA_DAMAGED,
                    DATA_VERSION,
                    DATA_IO -> 500;
        };
    }
}
