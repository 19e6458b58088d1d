package io.gaesup.state.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The paths some selectors read: the same for all of them, and watched once for all of them. */
final class Footprint {

    private final Selectors selectors;
    private final Set<Read> reads;
    private final List<Watch> watches = new ArrayList<>();
    private final Set<SelectorNode<?>> nodes = new LinkedHashSet<>();

    /** The commit that touched it last. */
    private long touched;

    private Footprint(Selectors selectors, Set<Read> reads) {
        this.selectors = selectors;
        this.reads = reads;
    }

    /** What {@code reads} ask of the document; what they ask of other selectors is left out. */
    static Set<Read> paths(Read[] reads) {
        Set<Read> paths = new LinkedHashSet<>();
        for (Read read : reads) {
            if (!(read instanceof Read.Of)) {
                paths.add(read);
            }
        }
        return paths;
    }

    static Footprint watch(Selectors selectors, Set<Read> reads, Subscriptions subscriptions) {
        Footprint footprint = new Footprint(selectors, reads);
        Map<Path, Integer> reaches = new HashMap<>();
        Set<PathPattern> patterns = new LinkedHashSet<>();
        for (Read read : reads) {
            switch (read) {
                case Read.At at -> reaches.merge(at.path(), at.kind().reach, Math::max);
                case Read.Matching matching -> patterns.add(matching.pattern());
                case Read.Of of -> throw new AssertionError(of + " is no path");
            }
        }
        reaches.forEach((path, reach) -> {
            if (!isCovered(path, reaches)) {
                footprint.watches.add(new Watch(footprint, path, reach));
            }
        });
        patterns.forEach(pattern -> footprint.watches.add(new Watch(footprint, pattern)));
        footprint.watches.forEach(subscriptions::add);
        return footprint;
    }

    /** Whether something above {@code path} is read whole, so that whatever touches the path touches that. */
    private static boolean isCovered(Path path, Map<Path, Integer> reaches) {
        if (reaches.size() == 1) {
            return false;
        }
        for (int depth = 0; depth < path.depth(); depth++) {
            Integer above = reaches.get(path.prefix(depth));
            if (above != null && above == Watcher.VALUE) {
                return true;
            }
        }
        return false;
    }

    void end(Subscriptions subscriptions) {
        watches.forEach(subscriptions::remove);
    }

    void add(SelectorNode<?> node) {
        nodes.add(node);
    }

    /** Takes {@code node} away; whether nobody is left. */
    boolean remove(SelectorNode<?> node) {
        nodes.remove(node);
        return nodes.isEmpty();
    }

    Set<Read> reads() {
        return reads;
    }

    Set<SelectorNode<?>> nodes() {
        return nodes;
    }

    private void touched() {
        if (touched != selectors.commit()) {
            touched = selectors.commit();
            nodes.forEach(selectors::enqueue);
        }
    }

    /** One of the paths, in the trie. */
    static final class Watch extends Watcher {

        private final Footprint footprint;

        private Watch(Footprint footprint, Path path, int reach) {
            super(path, reach);
            this.footprint = footprint;
        }

        private Watch(Footprint footprint, PathPattern pattern) {
            super(pattern);
            this.footprint = footprint;
        }

        @Override
        void touched(Woken woken) {
            footprint.touched();
        }
    }
}
