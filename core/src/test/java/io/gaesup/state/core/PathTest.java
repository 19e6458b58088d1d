package io.gaesup.state.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class PathTest {

    @Nested
    class Parsing {

        @Test
        void theExamplesOfRfc6901() {
            assertSegments("");
            assertSegments("/foo", "foo");
            assertSegments("/foo/0", "foo", "0");
            assertSegments("/", "");
            assertSegments("/a~1b", "a/b");
            assertSegments("/c%d", "c%d");
            assertSegments("/e^f", "e^f");
            assertSegments("/g|h", "g|h");
            assertSegments("/i\\j", "i\\j");
            assertSegments("/k\"l", "k\"l");
            assertSegments("/ ", " ");
            assertSegments("/m~0n", "m~n");
        }

        @Test
        void escapesAreReadFromLeftToRight() {
            assertSegments("/~01", "~1");
            assertSegments("/~10", "/0");
            assertSegments("/~0~1~0", "~/~");
        }

        @Test
        void emptySegmentsCount() {
            assertSegments("//", "", "");
            assertSegments("/a/", "a", "");
            assertSegments("//a", "", "a");
        }

        @Test
        void aPathStartsWithASlash() {
            assertThatThrownBy(() -> Path.of("a/b"))
                    .hasMessage("BAD_PATH: a path is empty or starts with '/', but this is \"a/b\"");
            assertThatThrownBy(() -> Path.of("x".repeat(1000)))
                    .hasMessageContaining("x…")
                    .message()
                    .hasSizeLessThan(200);
        }

        @Test
        void aTildeIsFollowedByZeroOrOne() {
            for (String pointer : List.of("/~", "/a~", "/~2", "/a~/b", "/~~0", "/b/~x")) {
                assertThatThrownBy(() -> Path.of(pointer))
                        .as(pointer)
                        .isInstanceOfSatisfying(
                                StateException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_PATH))
                        .hasMessageContaining(pointer);
            }
        }

        @Test
        void aPathHas512SegmentsAtMost() {
            assertThat(Path.of("/a".repeat(512)).depth()).isEqualTo(512);
            assertThatThrownBy(() -> Path.of("/a".repeat(513)))
                    .hasMessage("LIMIT_EXCEEDED: a path has at most 512 segments, this one has 513");
            assertThatThrownBy(() -> Path.of("/a".repeat(512)).child("b")).hasMessageContaining("LIMIT_EXCEEDED");
            assertThatThrownBy(() -> Path.of("/a".repeat(512)).child(0)).hasMessageContaining("LIMIT_EXCEEDED");
        }
    }

    @Nested
    class Positions {

        @Test
        void onlyCanonicalDecimalsAreIndexes() {
            assertThat(indexOf("0")).isZero();
            assertThat(indexOf("17")).isEqualTo(17);
            assertThat(indexOf("999999999")).isEqualTo(999_999_999);
            assertThat(indexOf("-")).isEqualTo(Path.END);
            for (String segment : List.of(
                    "", "00", "017", "-1", "+1", "1.0", "1e3", " 1", "1 ", "a", "٣", "1234567890", "4294967296")) {
                assertThat(indexOf(segment)).as(segment).isEqualTo(Path.NO_INDEX);
            }
        }

        @Test
        void aChildByNumberIsAPosition() {
            Path path = Path.of("/rows").child(3);
            assertThat(path).hasToString("/rows/3").isEqualTo(Path.of("/rows/3"));
            assertThat(path.isPosition(1)).isTrue();
            assertThat(path.isPosition(0)).isFalse();
            assertThat(Path.of("/rows/3").isPosition(1)).isFalse();
            assertThatThrownBy(() -> Path.ROOT.child(-1))
                    .hasMessageContaining("BAD_PATH")
                    .hasMessageContaining("-1");
        }

        @Test
        void resolvingMarksWhatMeetsAList() {
            Value root = Notation.read("{'0':[{'1':[5]}]}");
            Path resolved = Path.of("/0/0/1/0").resolvedIn(root);
            assertThat(marks(resolved)).containsExactly(false, true, false, true);
            assertThat(resolved.resolvedIn(root)).isSameAs(resolved);
            assertThat(marks(Path.of("/0/7/0").resolvedIn(root))).containsExactly(false, true, false);
            assertThat(marks(resolved.resolvedIn(Notation.read("{'0':{}}"))))
                    .containsExactly(false, false, false, false);
        }

        @Test
        void aParentForgetsTheMarksBelowIt() {
            Path marked = Path.ROOT.child("rows").child(3).child(4);
            assertThat(marks(marked.parent().child("x"))).containsExactly(false, true, false);
            assertThat(marks(marked.parent().parent().child("x"))).containsExactly(false, false);
            assertThat(marks(marked.prefix(2))).containsExactly(false, true);
        }

        @Test
        void aPositionCanBeReplaced() {
            Path path = Path.of("/rows/3/n");
            assertThat(path.withIndex(1, 12)).hasToString("/rows/12/n");
            assertThat(path.withIndex(1, Path.END)).hasToString("/rows/-/n");
            assertThat(marks(path.withIndex(1, 0))).containsExactly(false, true, false);
            assertThat(path).hasToString("/rows/3/n");
        }

        @Test
        void theFrontCanBeReplaced() {
            Path path = Path.ROOT.child("a").child(1).child("x").child(2);
            Path front = Path.ROOT.child("b").child("c").child(7);
            Path moved = path.rebased(2, front);
            assertThat(moved).hasToString("/b/c/7/x/2");
            assertThat(marks(moved)).containsExactly(false, false, true, false, true);
            assertThat(path.rebased(4, front)).isEqualTo(front);
            assertThatThrownBy(() -> Path.of("/a".repeat(511)).rebased(1, front))
                    .hasMessageContaining("LIMIT_EXCEEDED");
        }

        @Test
        void segmentsAreMarkedHoweverDeepTheyAre() {
            Path deep = Path.ROOT;
            List<Boolean> expected = new ArrayList<>();
            Value document = Value.of(1);
            for (int i = 0; i < Limits.DEPTH_MAX; i++) {
                boolean isPosition = i % 3 != 1;
                deep = isPosition ? deep.child(0) : deep.child("0");
                expected.add(isPosition);
            }
            for (boolean isPosition : expected.reversed()) {
                document = isPosition ? ListValue.of(document) : MapValue.of("0", document);
            }
            assertThat(marks(deep)).isEqualTo(expected);
            Path resolved = Path.of(deep.toString()).resolvedIn(document);
            assertThat(marks(resolved)).isEqualTo(expected);
            assertThat(resolved.resolvedIn(document)).isSameAs(resolved);
            assertThat(marks(resolved.resolvedIn(Value.of(1)))).containsOnly(false);
            for (int depth : List.of(1, 63, 64, 65, 96, 97, 128, 200, 510)) {
                Path front = deep.prefix(depth);
                assertThat(marks(front)).isEqualTo(expected.subList(0, depth));
                assertThat(marks(deep.below(depth))).isEqualTo(expected.subList(depth, Limits.DEPTH_MAX));
                assertThat(marks(deep.below(depth).rebased(0, front))).isEqualTo(expected);
                assertThat(marks(front.child("x").withIndex(depth, 7)).getLast())
                        .isTrue();
                List<Boolean> cell = marks(front.child(3, "x"));
                assertThat(cell.subList(0, depth)).isEqualTo(expected.subList(0, depth));
                assertThat(cell.subList(depth, depth + 2)).containsExactly(true, false);
            }
        }

        @Test
        void aDifferenceIsMarkedHoweverDeepItIs() {
            Value from = Value.of(1);
            Value to = Value.of(2);
            for (int i = 0; i < 100; i++) {
                from = ListValue.of(from);
                to = ListValue.of(to);
            }
            Operation found = Differ.operations(from, to).getFirst();
            assertThat(found.path().depth()).isEqualTo(100);
            assertThat(marks(found.path())).containsOnly(true);
        }

        private static int indexOf(String segment) {
            return Path.ofSegments(List.of(segment)).index(0);
        }

        private static List<Boolean> marks(Path path) {
            List<Boolean> marks = new ArrayList<>();
            for (int i = 0; i < path.depth(); i++) {
                marks.add(path.isPosition(i));
            }
            return marks;
        }
    }

    @Test
    void writingAPathGivesThePointerItWasReadFrom() {
        for (String pointer : List.of("", "/", "//", "/a~1b/~0/~01", "/rows/3/-", "/é/\uD83D\uDE00")) {
            assertThat(Path.of(pointer)).hasToString(pointer);
        }
    }

    @Test
    void pathsAreEqualByTheirSegments() {
        assertThat(Path.of("/a/b"))
                .isEqualTo(Path.ROOT.child("a").child("b"))
                .hasSameHashCodeAs(Path.ofSegments(List.of("a", "b")));
        assertThat(Path.of("/a/b"))
                .isNotEqualTo(Path.of("/a~1b"))
                .isNotEqualTo(Path.of("/a"))
                .isNotEqualTo("/a/b");
        assertThat(Path.of("")).isSameAs(Path.ROOT).isEqualTo(Path.ofSegments(List.of()));
    }

    @Test
    void aPrefixLeadsToWhatIsBelow() {
        Path path = Path.of("/a/b");
        for (String below : List.of("/a/b", "/a/b/c", "/a/b/")) {
            assertThat(path.isPrefixOf(Path.of(below))).as(below).isTrue();
        }
        for (String beside : List.of("", "/a", "/a/bc", "/a/c", "/b/b", "/a/B/c")) {
            assertThat(path.isPrefixOf(Path.of(beside))).as(beside).isFalse();
        }
        assertThat(Path.ROOT.isPrefixOf(path)).isTrue();
        assertThat(path.parent()).isEqualTo(Path.of("/a"));
    }

    @Test
    void aKeptPathFindsKeysInMapsOfDifferentShapes() {
        Path path = Path.of("/rows/b");
        String[] documents = {
            "{'a':1,'b':2}", "{'b':2,'a':1}", "{'b':2}", "{'a':1}", "{}", "{'x':0,'a':1,'b':2}", "[2]", "2"
        };
        for (int round = 0; round < 2; round++) {
            for (String document : documents) {
                Value found = new Snapshot("store", 0, MapValue.of("rows", Notation.read(document))).get(path);
                assertThat(found).as(document).isEqualTo(document.contains("'b'") ? Value.of(2) : null);
            }
        }
    }

    private static void assertSegments(String pointer, String... segments) {
        Path path = Path.of(pointer);
        List<String> found = new ArrayList<>();
        for (int i = 0; i < path.depth(); i++) {
            found.add(path.segment(i));
        }
        assertThat(found).containsExactly(segments);
        assertThat(path.isRoot()).isEqualTo(segments.length == 0);
        assertThat(path).isEqualTo(Path.ofSegments(List.of(segments)));
    }
}
