package io.gaesup.state.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PathPatternTest {

    @ParameterizedTest
    @CsvSource({
        "/rows/*/price, /rows/3/price, true",
        "/rows/*/price, /rows/x/price, true",
        "/rows/*/price, /rows/price, false",
        "/rows/*/price, /rows/3/4/price, false",
        "/rows/*/price, /rows/3/price/x, false",
        "/**, /a/b/c, true",
        "/**/price, /price, true",
        "/**/price, /a/price/b, false",
        "/**/price, /price/price, true",
        "/a/**/b/**/c, /a/b/b/c/c, true",
        "/a/**/b/**/c, /a/c/b, false",
        "/a/**/*, /a, false",
        "/a/**/*, /a/x/y, true",
        "/~2, /*, true",
        "/~2, /x, false",
        "/~2~2, /**, true",
        "/a*b, /a*b, true",
        "/a*b, /axb, false",
        "/~0~1~2, /~0~1*, true",
        "/~02, /~02, true",
        "/*, /-, true",
        "/0, /00, false",
    })
    void meansWhatItSays(String pattern, String path, boolean matches) {
        assertThat(PathPattern.of(pattern).matches(Path.of(path))).isEqualTo(matches);
    }

    @Test
    void theEmptyPatternMeansTheDocument() {
        assertThat(PathPattern.of("").matches(Path.ROOT)).isTrue();
        assertThat(PathPattern.of("").isLiteral()).isTrue();
        assertThat(PathPattern.of("/**").matches(Path.ROOT)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/a/*/b", "/**", "/~2", "/~2~2", "/a*b/***", "/~0~1/~0", "/", "//*", "/*/~02"})
    void isWrittenAsItWasRead(String pointer) {
        PathPattern pattern = PathPattern.of(pointer);
        assertThat(pattern).hasToString(pointer);
        assertThat(PathPattern.of(pattern.toString())).isEqualTo(pattern).hasSameHashCodeAs(pattern);
    }

    @Test
    void anyNumberTwiceIsAnyNumber() {
        assertThat(PathPattern.of("/a/**/**/b"))
                .isEqualTo(PathPattern.of("/a/**/b"))
                .hasToString("/a/**/b");
        assertThat(PathPattern.of("/~2")).isNotEqualTo(PathPattern.of("/*"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "/~", "/~3", "/*/~2~"})
    void isRefusedWhereAPathWouldBe(String pointer) {
        assertThatThrownBy(() -> PathPattern.of(pointer)).hasMessageContaining("BAD_PATH");
    }

    @Test
    void mayNotBeDeeperThanADocument() {
        assertThatThrownBy(() -> PathPattern.of("/*".repeat(Limits.DEPTH_MAX + 1)))
                .hasMessageContaining("LIMIT_EXCEEDED");
    }

    /** Six times "any number of segments" in a document of one long branch: by trying all ways it would take hours. */
    @Test
    void costsLittleHoweverManyWaysThereAreToMatch() {
        Value document = Value.of(1);
        for (int i = 0; i < 200; i++) {
            document = MapValue.of("a", document);
        }
        LocalStore store = LocalStore.create("store", document);
        List<Change> told = new ArrayList<>();
        store.subscribe(PathPattern.of("/**/a".repeat(6) + "/**/b"), told::add);
        store.subscribe(PathPattern.of("/**/a".repeat(6)), told::add);
        store.set(Path.of("/a".repeat(200)), Value.of(2));
        assertThat(told).hasSize(1);
    }
}
