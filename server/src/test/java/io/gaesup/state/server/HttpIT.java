package io.gaesup.state.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.gaesup.state.core.codec.Json;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Stores over HTTP, method by method: docs/http.md. */
final class HttpIT {

    private static final String CART = "/api/stores/cart";

    @TempDir
    private Path data;

    private GaesupNode node;
    private Http http;

    @BeforeEach
    void open() {
        node = GaesupNode.open(NodeConfig.of(data));
        http = new Http(node.listen(ServerConfig.defaults().withPort(0).withBytesMax(64 * 1024, 4096)));
    }

    @AfterEach
    void close() {
        node.close();
    }

    private void reopen() {
        node.close();
        open();
    }

    @Nested
    class Get {

        @Test
        void ofAStoreGivesItsDocument() {
            http.put(CART, "{\"b\":1,\"a\":[1.0,\"x\",null]}");
            var got = http.get(CART);
            assertThat(got.status()).isEqualTo(200);
            assertThat(got.type()).isEqualTo("application/json");
            assertThat(got.body()).isEqualTo("{\"b\":1,\"a\":[1.0,\"x\",null]}");
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                /rows/1        | "b"
                /rows          | ["a","b"]
                /a~1b          | 1
                /a%2Fb         | 1
                /m~0n          | 2
                /%C3%BC%20x    | 3
                /              | 4
                """)
        void ofAPathFollowsTheJsonPointer(String path, String expected) {
            http.put(CART, "{\"rows\":[\"a\",\"b\"],\"a/b\":1,\"m~n\":2,\"\u00fc x\":3,\"\":4}");
            assertThat(http.get(CART + path).body()).isEqualTo(expected);
        }

        @Test
        void ofAKnownRevisionIsNotModified() {
            var put = http.put(CART, "{\"n\":1}");
            assertThat(http.get(CART).etag()).isEqualTo(put.etag());
            assertThat(http.get(CART, "If-None-Match", put.etag()).status()).isEqualTo(304);
            http.put(CART + "/n", "2");
            assertThat(http.get(CART, "If-None-Match", put.etag()).status()).isEqualTo(200);
        }

        @Test
        void ofAllStoresListsNamesAndRevisions() {
            http.put("/api/stores/b", "{\"x\":1}");
            http.put("/api/stores/a", "{}");
            http.put("/api/stores/b/x", "2");
            assertThat(http.get("/api/stores").body())
                    .matches("\\{\"stores\":\\[\\{\"name\":\"a\",\"incarnation\":\\d+,\"revision\":0},"
                            + "\\{\"name\":\"b\",\"incarnation\":\\d+,\"revision\":2}]}");
        }

        @Test
        void ofNothingIsNotFound() {
            assertThat(http.get(CART).code()).isEqualTo("UNKNOWN_STORE");
            assertThat(http.get(CART).status()).isEqualTo(404);
            http.put(CART, "{\"rows\":[]}");
            assertThat(http.get(CART + "/rows/0").code()).isEqualTo("NOT_FOUND");
            assertThat(http.get(CART + "/rows/0").status()).isEqualTo(404);
            assertThat(http.get("/api/nothing").status()).isEqualTo(404);
        }

        @Test
        void headHasNoBody() {
            http.put(CART, "{\"n\":1}");
            var head = http.send("HEAD", CART, null);
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.body()).isEmpty();
            assertThat(head.etag()).isNotEmpty();
        }
    }

    @Nested
    class Put {

        @Test
        void makesAStoreThatIsStillThereAfterARestart() {
            var put = http.put(CART, "{\"n\":9223372036854775807}");
            assertThat(put.status()).isEqualTo(201);
            reopen();
            var got = http.get(CART);
            assertThat(got.body()).isEqualTo("{\"n\":9223372036854775807}");
            assertThat(got.etag()).isEqualTo(put.etag());
        }

        @Test
        void replacesAStoreThatIsThere() {
            http.put(CART, "{\"n\":1}");
            assertThat(http.put(CART, "[1]").status()).isEqualTo(200);
            assertThat(http.get(CART).body()).isEqualTo("[1]");
        }

        @Test
        void setsAPathAndSaysTheRevision() {
            http.put(CART, "{\"n\":1}");
            var put = http.put(CART + "/m", "{\"x\":true}");
            assertThat(put.status()).isEqualTo(200);
            assertThat(put.body()).matches("\\{\"incarnation\":\\d+,\"revision\":2}");
            assertThat(http.get(CART).body()).isEqualTo("{\"n\":1,\"m\":{\"x\":true}}");
        }

        @Test
        void madeOnAnotherRevisionIsRefused() {
            var first = http.put(CART, "{\"n\":1}");
            assertThat(http.put(CART + "/n", "2", "If-Match", first.etag()).status())
                    .isEqualTo(200);
            var stale = http.put(CART + "/n", "3", "If-Match", first.etag());
            assertThat(stale.status()).isEqualTo(412);
            assertThat(stale.code()).isEqualTo("STALE_REVISION");
            assertThat(http.get(CART + "/n").body()).isEqualTo("2");
            assertThat(http.put(CART + "/n", "4", "If-Match", "*").status()).isEqualTo(200);
        }

        @Test
        void canInsistOnMaking() {
            assertThat(http.put(CART, "{}", "If-Match", "*").status()).isEqualTo(412);
            assertThat(http.put(CART, "{\"n\":1}", "If-None-Match", "*").status())
                    .isEqualTo(201);
            assertThat(http.put(CART, "{\"n\":2}", "If-None-Match", "*").status())
                    .isEqualTo(412);
            assertThat(http.get(CART + "/n").body()).isEqualTo("1");
        }

        @Test
        void ofAPathInNoStoreIsRefused() {
            assertThat(http.put(CART + "/n", "1").code()).isEqualTo("UNKNOWN_STORE");
        }
    }

    @Nested
    class Patch {

        @Test
        void appliesAllOperationsAsOneRevision() {
            http.put(CART, "{\"rows\":[\"a\"],\"n\":1}");
            var patched = http.patch(CART, """
                    [{"op":"test","path":"/n","value":1},
                     {"op":"add","path":"/rows/0","value":"new"},
                     {"op":"replace","path":"/n","value":2}]""");
            assertThat(patched.status()).isEqualTo(200);
            assertThat(patched.body()).endsWith("\"revision\":2}");
            assertThat(http.get(CART).body()).isEqualTo("{\"rows\":[\"new\",\"a\"],\"n\":2}");
        }

        @Test
        void ofAPathIsRelativeToIt() {
            http.put(CART, "{\"deep\":{\"rows\":[1,2]},\"n\":0}");
            http.patch(CART + "/deep", "[{\"op\":\"move\",\"from\":\"/rows/0\",\"path\":\"/first\"}]");
            assertThat(http.get(CART).body()).isEqualTo("{\"deep\":{\"rows\":[2],\"first\":1},\"n\":0}");
        }

        @Test
        void whoseTestFailsChangesNothing() {
            http.put(CART, "{\"n\":1}");
            var failed = http.patch(CART, """
                    [{"op":"add","path":"/m","value":1},{"op":"test","path":"/n","value":5}]""");
            assertThat(failed.status()).isEqualTo(409);
            assertThat(failed.code()).isEqualTo("TEST_FAILED");
            assertThat(http.get(CART).body()).isEqualTo("{\"n\":1}");
        }

        @Test
        void mergesAMergePatch() {
            http.put(CART, "{\"n\":1,\"deep\":{\"a\":1,\"b\":2}}");
            assertThat(http.merge(CART, "{\"n\":null,\"deep\":{\"a\":3}}").status())
                    .isEqualTo(200);
            assertThat(http.get(CART).body()).isEqualTo("{\"deep\":{\"a\":3,\"b\":2}}");
            http.merge(CART + "/deep", "{\"b\":null}");
            assertThat(http.get(CART).body()).isEqualTo("{\"deep\":{\"a\":3}}");
        }

        @Test
        void ofAnotherTypeIsNotTaken() {
            http.put(CART, "{\"n\":1}");
            var refused = http.send("PATCH", CART, "{}", "Content-Type", "application/json");
            assertThat(refused.status()).isEqualTo(415);
            assertThat(refused.response().headers().firstValue("accept-patch"))
                    .hasValue("application/json-patch+json, application/merge-patch+json");
        }
    }

    @Nested
    class Delete {

        @Test
        void ofAPathRemovesIt() {
            http.put(CART, "{\"n\":1,\"m\":2}");
            assertThat(http.delete(CART + "/n").status()).isEqualTo(200);
            assertThat(http.get(CART).body()).isEqualTo("{\"m\":2}");
            assertThat(http.delete(CART + "/n").code()).isEqualTo("NOT_FOUND");
        }

        @Test
        void ofAStoreEndsItForGood() {
            var put = http.put(CART, "{\"n\":1}");
            assertThat(http.delete(CART, "If-Match", "\"1-1\"").status()).isEqualTo(412);
            assertThat(http.delete(CART, "If-Match", put.etag()).status()).isEqualTo(204);
            assertThat(http.get(CART).status()).isEqualTo(404);
            reopen();
            assertThat(http.get(CART).status()).isEqualTo(404);
            assertThat(http.put(CART, "{\"n\":1}").etag()).isNotEqualTo(put.etag());
        }
    }

    @Nested
    class Refused {

        @ParameterizedTest
        @ValueSource(strings = {"", "{", "{\"a\":1,}", "[1 2]", "nul", "{\"a\":1,\"a\":2}", "\"\\ud800\""})
        void isMalformedJson(String body) {
            http.put(CART, "{\"n\":1}");
            var refused = http.put(CART, body);
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.code()).isEqualTo("MALFORMED");
            assertThat(refused.detail()).contains("line 1");
            assertThat(http.get(CART).body()).isEqualTo("{\"n\":1}");
        }

        @Test
        void isJsonThatIsTooDeep() {
            var refused = http.put(CART, "[".repeat(600) + "]".repeat(600));
            assertThat(refused.status()).isEqualTo(413);
            assertThat(refused.code()).isEqualTo("LIMIT_EXCEEDED");
            assertThat(http.get(CART).status()).isEqualTo(404);
        }

        @Test
        void isABodyThatIsTooLong() {
            http.put(CART, "{\"n\":1}");
            var refused = http.put(CART, '"' + "x".repeat(5000) + '"');
            assertThat(refused.status()).isEqualTo(413);
            assertThat(refused.code()).isEqualTo("LIMIT_EXCEEDED");
            assertThat(http.get(CART).body()).isEqualTo("{\"n\":1}");
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                /a~2b   | BAD_PATH | 400
                /a~     | BAD_PATH | 400
                /%C3    | BAD_PATH | 400
                """)
        void isABadPointer(String path, String code, int status) {
            http.put(CART, "{\"n\":1}");
            var refused = http.get(CART + path);
            assertThat(refused.code()).isEqualTo(code);
            assertThat(refused.status()).isEqualTo(status);
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                [{"op":"add","path":"/name/x","value":1}]    | WRONG_TYPE         | 422
                [{"op":"add","path":"/rows/7","value":1}]    | INDEX_OUT_OF_RANGE | 422
                [{"op":"remove","path":"/none"}]             | NOT_FOUND          | 404
                [{"op":"steal","path":"/name"}]              | BAD_REQUEST        | 400
                [{"op":"add","path":"name","value":1}]       | BAD_PATH           | 400
                [{"op":"add","path":"/x"}]                   | BAD_REQUEST        | 400
                {"op":"add"}                                 | BAD_REQUEST        | 400
                [{"op":"add","path":"/x","value":1e999}]     | OVERFLOW           | 422
                """)
        void isAPatchThatMakesNoSense(String patch, String code, int status) {
            http.put(CART, "{\"name\":\"x\",\"rows\":[]}");
            var refused = http.patch(CART, patch);
            assertThat(refused.code()).isEqualTo(code);
            assertThat(refused.status()).isEqualTo(status);
            assertThat(http.get(CART).body()).isEqualTo("{\"name\":\"x\",\"rows\":[]}");
        }

        @ParameterizedTest
        @ValueSource(strings = {"%2e%2e", "a%2Fb", "a%00b", "%0A", "", "."})
        void isAStoreNameNobodyShouldHave(String name) {
            var refused = http.put("/api/stores/" + name + (name.isEmpty() ? "/x" : ""), "{}");
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.code()).isEqualTo("BAD_REQUEST");
            assertThat(http.get("/api/stores").body()).isEqualTo("{\"stores\":[]}");
        }

        @Test
        void isAStoreNameThatIsTooLong() {
            assertThat(http.put("/api/stores/" + "x".repeat(129), "{}").code()).isEqualTo("BAD_REQUEST");
            assertThat(http.put("/api/stores/" + "x".repeat(128), "{}").status())
                    .isEqualTo(201);
        }

        @Test
        void isAMethodNobodyKnows() {
            http.put(CART, "{}");
            var refused = http.send("POST", CART, "{}");
            assertThat(refused.status()).isEqualTo(405);
            assertThat(refused.response().headers().firstValue("allow")).hasValue("GET, HEAD, PUT, PATCH, DELETE");
        }

        @Test
        void isAPageFromElsewhere() {
            http.put(CART, "{\"n\":1}");
            assertThat(http.get(CART, "Origin", "http://evil.example").code()).isEqualTo("FORBIDDEN");
            assertThat(http.put(CART, "{}", "Origin", "null").status()).isEqualTo(403);
            assertThat(http.get(CART, "Origin", "http://127.0.0.1:1").status()).isEqualTo(403);
            assertThat(http.get(CART).body()).isEqualTo("{\"n\":1}");
        }
    }

    @Test
    void healthSaysUp() {
        http.put(CART, "{}");
        var health = http.get("/health");
        assertThat(health.status()).isEqualTo(200);
        assertThat(health.body())
                .contains("\"status\":\"up\"")
                .contains("\"stores\":1")
                .contains("\"sessions\":0");
    }

    @Test
    void metricsCount() {
        http.put(CART, "{\"n\":1}");
        http.put(CART + "/n", "2");
        assertThat(http.get("/metrics").body())
                .contains("gaesup_batches_total 2.0")
                .contains("gaesup_stores 1.0")
                .contains("gaesup_journal_transactions_total");
    }

    @Test
    void everyAnswerIsJsonAndSniffedByNobody() {
        var problem = http.get(CART);
        assertThat(Json.parse(problem.body()).kind()).isEqualTo("map");
        assertThat(problem.response().headers().firstValue("x-content-type-options"))
                .hasValue("nosniff");
        assertThat(problem.response().headers().firstValue("access-control-allow-origin"))
                .isEmpty();
    }
}
