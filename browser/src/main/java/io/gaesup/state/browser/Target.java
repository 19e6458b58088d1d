package io.gaesup.state.browser;

import io.gaesup.state.core.Container;
import io.gaesup.state.core.Path;
import org.jspecify.annotations.Nullable;

/** What a handle of JavaScript stands for: a path of a store, and what JavaScript has been shown of it. */
final class Target {
    final Room room;
    final Path path;

    /** The container JavaScript holds a copy of; it never changes, so the next read sends the difference only. */
    @Nullable
    Container shown;

    Target(Room room, Path path) {
        this.room = room;
        this.path = path;
    }
}
