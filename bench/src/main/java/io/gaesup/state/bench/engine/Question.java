package io.gaesup.state.bench.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One piece of work that several libraries do.
 *
 * @param work what is done, for the table
 * @param benchmark the class that holds it
 * @param ours the method that does it with ours
 * @param others what else is measured; only those in {@code bars} are compared
 * @param bars what was promised
 */
record Question(String work, Class<?> benchmark, String ours, List<String> others, List<Promise> bars) {

    /**
     * How many times faster ours must be than the fastest of these.
     *
     * @param name of the bar
     */
    record Promise(String name, double times, List<String> peers) {}

    private static final List<String> PERSISTENT = List.of("vavr", "pcollections", "clojure", "bifurcan");
    private static final List<String> COMPARISONS = List.of("zjsonpatch", "treeComparison");

    static final List<Question> ALL = List.of(
            new Question(
                    "set one field of one row of 10,000, publish a snapshot",
                    RowUpdate.class,
                    "ours",
                    List.of("oursWithNewPath", "jackson", "vavr", "pcollections", "clojure", "bifurcan"),
                    List.of(
                            new Promise("engine.row-update-vs-jackson-copy", 1_000, List.of("jackson")),
                            new Promise("engine.row-update-vs-persistent", 1.5, PERSISTENT))),
            new Question(
                    "1,000 increments in one batch, one notification",
                    Increments.class,
                    "ours",
                    PERSISTENT,
                    List.of(new Promise("engine.increments-vs-persistent", 5, PERSISTENT))),
            new Question(
                    "delta of 100 changes in 1 MB",
                    DeltaOf100.class,
                    "ours",
                    COMPARISONS,
                    List.of(new Promise("engine.delta-vs-comparison", 50, COMPARISONS))),
            new Question(
                    "encode 1 MB as MessagePack",
                    Encoding.class,
                    "encodeOurs",
                    List.of("encodeMsgpackCore", "encodeJackson", "encodeJacksonJson"),
                    List.of(new Promise("engine.encode-vs-msgpack", 1, List.of("encodeMsgpackCore", "encodeJackson")))),
            new Question(
                    "decode 1 MB of MessagePack",
                    Encoding.class,
                    "decodeOurs",
                    List.of("decodeMsgpackCore", "decodeJackson", "decodeJacksonJson"),
                    List.of(new Promise(
                            "engine.decode-vs-msgpack", 1, List.of("decodeMsgpackCore", "decodeJackson")))));

    /** What the long run measures alone: never the fastest peer, or no peer in a bar. */
    private static final Set<String> LONG_RUN_ONLY = Set.of("pcollections", "encodeJacksonJson", "decodeJacksonJson");

    List<String> methods() {
        var methods = new ArrayList<String>();
        methods.add(ours);
        methods.addAll(others);
        return methods;
    }

    List<String> methods(boolean quick) {
        return methods().stream()
                .filter(method -> !quick || !LONG_RUN_ONLY.contains(method))
                .toList();
    }
}
