package io.gaesup.state.server;

import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.StateException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** Files of one folder for browsers: pages under a strict policy, that may load scripts and WebAssembly of this server only. */
final class StaticFiles {

    /** The longest file that is served. */
    static final long FILE_BYTES_MAX = 64L * 1024 * 1024;

    static final String POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src 'self' data:; "
            + "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private static final String INDEX = "index.html";
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("mjs", "text/javascript; charset=utf-8"),
            Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("json", "application/json"),
            Map.entry("map", "application/json"),
            Map.entry("wasm", "application/wasm"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("woff2", "font/woff2"),
            Map.entry("csv", "text/csv; charset=utf-8"),
            Map.entry("txt", "text/plain; charset=utf-8"));

    /** A file as it is sent. */
    private record Asset(String type, String tag, byte[] bytes) {}

    private final Loop loop;
    private final Path folder;

    StaticFiles(Loop loop, Path folder) {
        this.loop = loop;
        this.folder = folder;
    }

    void handle(HttpServerRequest request, String path) {
        if (request.method() != HttpMethod.GET && request.method() != HttpMethod.HEAD) {
            request.response().putHeader("allow", "GET, HEAD");
            Reply.problem(
                    request,
                    new HttpProblem(405, ErrorCode.BAD_REQUEST, "expected GET or HEAD, found " + request.method()));
            return;
        }
        loop.aside(() -> load(path))
                .onSuccess(asset -> send(request, asset))
                .onFailure(failure -> Reply.problem(request, failure));
    }

    /** Reads the file each time: the browser asks again only for what changed, and a rebuilt page shows at once. */
    private Asset load(String path) throws IOException {
        Path file = find(path);
        byte[] bytes = Files.readAllBytes(file);
        String name = String.valueOf(file.getFileName());
        String type = TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "application/octet-stream");
        return new Asset(type, '"' + hash(bytes) + '"', bytes);
    }

    /** The file at {@code path}, if it is within the folder after all links are followed. */
    private Path find(String path) throws IOException {
        StateException none = new StateException(ErrorCode.NOT_FOUND, "nothing is at " + path);
        try {
            String decoded = Target.decode(path);
            String relative = decoded.endsWith("/") ? decoded + INDEX : decoded;
            Path root = folder.toRealPath();
            Path file = root.resolve(relative.substring(1)).normalize();
            if (!file.startsWith(root) || !Files.isRegularFile(file)) {
                throw none;
            }
            Path real = file.toRealPath();
            if (!real.startsWith(root) || Files.size(real) > FILE_BYTES_MAX) {
                throw none;
            }
            return real;
        } catch (InvalidPathException | java.nio.file.NoSuchFileException e) {
            none.addSuppressed(e);
            throw none;
        }
    }

    private static void send(HttpServerRequest request, Asset asset) {
        var response = request.response();
        if (response.closed()) {
            return;
        }
        response.putHeader("etag", asset.tag)
                .putHeader("cache-control", "no-cache")
                .putHeader("content-security-policy", POLICY)
                .putHeader("x-content-type-options", "nosniff")
                .putHeader("referrer-policy", "no-referrer")
                .putHeader("cross-origin-opener-policy", "same-origin")
                .putHeader("cross-origin-resource-policy", "same-origin");
        if (Precondition.isKnown(request, asset.tag)) {
            response.setStatusCode(304).end();
        } else {
            response.putHeader("content-type", asset.type).end(Buffer.buffer(asset.bytes));
        }
    }

    private static String hash(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(digest, 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
