package io.gaesup.state.bench.footprint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gaesup.state.bench.engine.Documents;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Whoever is weighed holds the same, at every stage. */
final class FootprintTest {

    private static final int ROWS = 300;
    private static final byte[] JSON = new JsonMapper().writeValueAsBytes(Documents.orders(ROWS));

    @Test
    void everyLibraryHoldsTheSameOrdersAsParsedUpdatedAndArranged() {
        var changes = new Changes();
        var documents = documents(JSON);
        var parsed = hashes(documents);
        documents.forEach(document -> changes.update(document, ROWS));
        var updated = hashes(documents);
        documents.forEach(document -> changes.arrange(document, ROWS));
        var arranged = hashes(documents);

        assertThat(parsed).hasSize(1);
        assertThat(updated).hasSize(1).isNotEqualTo(parsed);
        assertThat(arranged).hasSize(1).isNotEqualTo(updated);
    }

    @Test
    void contentTellsTypesKeysAndTheirOrderApart() {
        var texts = List.of(
                "{\"a\":1,\"b\":2}",
                "{\"b\":2,\"a\":1}",
                "{\"a\":1.0,\"b\":2}",
                "{\"a\":\"1\",\"b\":2}",
                "{\"a\":[1],\"b\":2}",
                "{\"a\":null,\"b\":2}",
                "{\"a\":true,\"b\":2}",
                "{\"a\":{\"b\":2}}",
                "[]",
                "[[]]",
                "[5000000000]");

        assertThat(texts.stream().map(text -> hashes(documents(text.getBytes(UTF_8)))))
                .allSatisfy(hashes -> assertThat(hashes).hasSize(1))
                .doesNotHaveDuplicates();
    }

    private static List<Document> documents(byte[] json) {
        return Arrays.stream(Library.values())
                .map(library -> library.parse(json))
                .toList();
    }

    private static List<String> hashes(List<Document> documents) {
        return documents.stream()
                .map(document -> Content.hash(document.root()))
                .distinct()
                .toList();
    }
}
