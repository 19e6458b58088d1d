package io.gaesup.state.bench.footprint;

import java.util.Locale;

/** Whose tree is weighed. */
enum Library {
    OURS,
    MAPS,
    JACKSON;

    Document parse(byte[] json) {
        return switch (this) {
            case OURS -> new Document.Ours(json);
            case MAPS -> new Document.Maps(json);
            case JACKSON -> new Document.Jackson(json);
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
