package io.gaesup.state.server;

import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.StateException;
import io.gaesup.state.core.Value;
import io.gaesup.state.core.codec.Json;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import java.util.Set;

/** Reads what comes with a request, no more than allowed. */
final class Body {

    /** Bodies up to here are parsed on the loop; it takes less than a millisecond. */
    private static final int PARSE_ON_LOOP_BYTES_MAX = 16 * 1024;

    private Body() {}

    /** The media type of the body, without parameters. */
    static String type(HttpServerRequest request) {
        String type = request.getHeader("content-type");
        if (type == null) {
            return "";
        }
        int semicolon = type.indexOf(';');
        return (semicolon < 0 ? type : type.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
    }

    /** Checks that the body is of one of {@code types}. */
    static String type(HttpServerRequest request, Set<String> types) {
        String type = type(request);
        if (!types.contains(type)) {
            throw new HttpProblem(
                    415,
                    ErrorCode.BAD_REQUEST,
                    "expected a Content-Type of " + types.stream().sorted().toList() + ", found '" + type + "'");
        }
        return type;
    }

    /** The body as a value; fails with 413, or with what is wrong with the JSON. */
    static Future<Value> json(HttpServerRequest request, int bytesMax, Loop loop) {
        return bytes(request, bytesMax).compose(body -> {
            if (body.length() > PARSE_ON_LOOP_BYTES_MAX) {
                return loop.aside(() -> Json.parse(body.getBytes()));
            }
            try {
                return Future.succeededFuture(Json.parse(body.getBytes()));
            } catch (StateException e) {
                return Future.failedFuture(e);
            }
        });
    }

    private static Future<Buffer> bytes(HttpServerRequest request, int bytesMax) {
        Promise<Buffer> whole = Promise.promise();
        Buffer body = Buffer.buffer();
        if (announced(request) > bytesMax) {
            whole.fail(tooLong(request, bytesMax));
            return whole.future();
        }
        request.handler(part -> {
            if (body.length() + part.length() <= bytesMax) {
                body.appendBuffer(part);
            } else if (whole.tryFail(tooLong(request, bytesMax))) {
                request.handler(ignored -> {});
            }
        });
        request.exceptionHandler(whole::tryFail);
        request.endHandler(v -> whole.tryComplete(body));
        return whole.future();
    }

    private static long announced(HttpServerRequest request) {
        String length = request.getHeader("content-length");
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    /** What is still to come is not read: the connection ends with the answer. */
    private static HttpProblem tooLong(HttpServerRequest request, int bytesMax) {
        request.response().putHeader("connection", "close");
        return new HttpProblem(413, ErrorCode.LIMIT_EXCEEDED, "a body has at most " + bytesMax + " bytes");
    }
}
