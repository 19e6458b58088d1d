package io.gaesup.state.core;

import java.util.List;

/**
 * Where a batch comes from, as its listeners see it.
 *
 * @param nanoTime when it was cut, by the clock of the queue that cut it (see {@link Scheduler#nanoTime}); 0 for a batch of
 *     no queue
 * @param sources who submitted what is in it, in order of arrival, each once
 */
public record Origin(long nanoTime, List<String> sources) {

    /** Of a batch that somebody applied straight away. */
    public static final Origin NONE = new Origin(0, List.of());

    public Origin {
        sources = List.copyOf(sources);
    }
}
