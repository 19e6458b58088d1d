package io.gaesup.state.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files for browsers. */
final class StaticFilesIT {

    @TempDir
    private Path folder;

    private GaesupNode node;
    private GaesupServer server;
    private Http http;

    @BeforeEach
    void open() throws IOException {
        Path site = Files.createDirectories(folder.resolve("site/sub"));
        Files.writeString(folder.resolve("secret.txt"), "secret");
        Files.writeString(folder.resolve("site/index.html"), "<!doctype html>");
        Files.writeString(folder.resolve("site/engine.wasm"), "wasm");
        Files.writeString(folder.resolve("site/a b.js"), "1");
        Files.writeString(site.resolve("index.html"), "sub");
        Files.createSymbolicLink(folder.resolve("site/link.txt"), folder.resolve("secret.txt"));
        node = GaesupNode.open(NodeConfig.of(folder.resolve("data")));
        server = node.listen(ServerConfig.defaults().withPort(0).withSite(folder.resolve("site")));
        http = new Http(server);
    }

    @AfterEach
    void close() {
        node.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/, text/html; charset=utf-8, <!doctype html>",
        "/index.html, text/html; charset=utf-8, <!doctype html>",
        "/sub/, text/html; charset=utf-8, sub",
        "/engine.wasm, application/wasm, wasm",
        "/a%20b.js, text/javascript; charset=utf-8, 1"
    })
    void comeWithTheirTypeUnderAStrictPolicy(String path, String type, String body) {
        var got = http.get(path);
        assertThat(got.status()).isEqualTo(200);
        assertThat(got.type()).isEqualTo(type);
        assertThat(got.body()).isEqualTo(body);
        var headers = got.response().headers();
        assertThat(headers.firstValue("content-security-policy").orElseThrow())
                .startsWith("default-src 'self'; script-src 'self' 'wasm-unsafe-eval';")
                .doesNotContain("unsafe-inline");
        assertThat(headers.firstValue("x-content-type-options")).hasValue("nosniff");
    }

    @Test
    void thatAreKnownAreNotSentAgain() throws IOException {
        String tag = http.get("/").etag();
        assertThat(http.get("/", "If-None-Match", tag).status()).isEqualTo(304);
        Files.writeString(folder.resolve("site/index.html"), "new");
        assertThat(http.get("/", "If-None-Match", tag).body()).isEqualTo("new");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nothing",
                "/sub",
                "/../secret.txt",
                "/%2e%2e/secret.txt",
                "/..%2fsecret.txt",
                "/sub/../../secret.txt",
                "//secret.txt",
                "/link.txt",
                "/%00",
                "/index.html/",
                "/index.html%00.js"
            })
    void outsideTheFolderAreNotFound(String path) throws IOException {
        try (var raw = new RawSocket(server)) {
            assertThat(raw.request("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + server.port()
                            + "\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 404 ");
        }
    }

    @Test
    void areOnlyRead() {
        assertThat(http.send("POST", "/", "x").status()).isEqualTo(405);
        assertThat(http.put("/index.html", "x").status()).isEqualTo(405);
    }
}
