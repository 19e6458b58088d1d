package io.gaesup.state.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One question a selector asked: {@code At(path, kind) | Matching(pattern) | Of(selector)}. */
sealed interface Read {

    /** What was asked of a path. */
    enum Kind {
        VALUE("", Watcher.VALUE),
        EXISTENCE("existence of ", Watcher.EXISTENCE),
        SIZE("size of ", Watcher.SHAPE),
        KEYS("keys of ", Watcher.SHAPE);

        private final String words;

        /** Which changes can change the answer, see {@link Watcher}. */
        final int reach;

        Kind(String words, int reach) {
            this.words = words;
            this.reach = reach;
        }
    }

    /** The answer for {@code root}, as memos keep it: see {@link Sameness}. */
    @Nullable
    Object answer(Value root);

    record At(Path path, Kind kind) implements Read {
        @Override
        public @Nullable Object answer(Value root) {
            Value found = Tree.find(root, path);
            return switch (kind) {
                case VALUE -> found;
                case EXISTENCE -> found != null;
                case SIZE -> found instanceof Container container ? container.size() : 0;
                case KEYS -> new Sameness.Keys(found instanceof MapValue map ? Sameness.keys(map) : List.of());
            };
        }

        @Override
        public String toString() {
            return kind.words + path;
        }
    }

    record Matching(PathPattern pattern) implements Read {

        /** What holds all that can match: no match changed unless this did. */
        @Override
        public @Nullable Object answer(Value root) {
            return Tree.find(root, pattern.segments().prefix(pattern.literalDepth()));
        }

        @Override
        public String toString() {
            return pattern.toString();
        }
    }

    /** Answered by {@link Selectors}, which knows the result. */
    record Of(Selector<?> selector) implements Read {
        @Override
        public @Nullable Object answer(Value root) {
            throw new AssertionError(selector + " is asked for its result, not for a value");
        }

        @Override
        public String toString() {
            return selector.toString();
        }
    }
}
