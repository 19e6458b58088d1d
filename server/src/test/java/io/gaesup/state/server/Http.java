package io.gaesup.state.server;

import io.gaesup.state.core.MapValue;
import io.gaesup.state.core.Value;
import io.gaesup.state.core.codec.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Requests to a server and what it answers. */
final class Http {

    /** An answer. */
    record Answer(int status, String etag, String type, String body, HttpResponse<String> response) {

        /** The code of an error. */
        String code() {
            return member("code");
        }

        String detail() {
            return member("detail");
        }

        Value json() {
            return Json.parse(body);
        }

        private String member(String name) {
            if (!type.equals("application/problem+json")
                    || !(json() instanceof MapValue map)
                    || !(map.get(name) instanceof Value.Text text)) {
                throw new AssertionError("expected a problem with a " + name + ", found " + this);
            }
            return text.value();
        }

        @Override
        public String toString() {
            return status + " " + type + " " + body;
        }
    }

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final String url;

    Http(GaesupServer server) {
        this(server.url());
    }

    Http(String url) {
        this.url = url;
    }

    Answer get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    Answer put(String path, String json, String... headers) {
        return send("PUT", path, json, with(headers, "Content-Type", "application/json"));
    }

    Answer patch(String path, String json, String... headers) {
        return send("PATCH", path, json, with(headers, "Content-Type", "application/json-patch+json"));
    }

    Answer merge(String path, String json, String... headers) {
        return send("PATCH", path, json, with(headers, "Content-Type", "application/merge-patch+json"));
    }

    Answer delete(String path, String... headers) {
        return send("DELETE", path, null, headers);
    }

    Answer send(String method, String path, String body, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(Duration.ofSeconds(20))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            var response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(
                    response.statusCode(),
                    response.headers().firstValue("etag").orElse(""),
                    response.headers().firstValue("content-type").orElse(""),
                    response.body(),
                    response);
        } catch (IOException e) {
            throw new AssertionError(method + " " + path + ": " + e, e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String[] with(String[] headers, String... more) {
        String[] all = new String[headers.length + more.length];
        System.arraycopy(headers, 0, all, 0, headers.length);
        System.arraycopy(more, 0, all, headers.length, more.length);
        return all;
    }
}
