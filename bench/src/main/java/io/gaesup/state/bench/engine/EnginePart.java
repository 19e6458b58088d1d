package io.gaesup.state.bench.engine;

import io.gaesup.state.bench.Part;
import io.gaesup.state.bench.jmh.JmhPart;
import io.gaesup.state.bench.jmh.Question;
import io.gaesup.state.bench.jmh.Question.Promise;
import java.util.List;

/** {@code ./gaesup bench engine}: changes of documents and what they amount to. */
public final class EnginePart {

    private static final List<String> PERSISTENT = List.of("vavr", "pcollections", "clojure", "bifurcan");
    private static final List<String> NEVER_THE_FASTEST = List.of("pcollections");
    private static final List<String> COMPARISONS = List.of("zjsonpatch", "treeComparison");

    private static final List<Question> QUESTIONS = List.of(
            new Question(
                    "set one field of one row of 10,000, publish a snapshot",
                    RowUpdate.class,
                    "ours",
                    List.of("oursWithKeptPath", "jackson", "vavr", "pcollections", "clojure", "bifurcan"),
                    NEVER_THE_FASTEST,
                    List.of(
                            new Promise("engine.row-update-vs-jackson-copy", 1_000, List.of("jackson")),
                            new Promise("engine.row-update-vs-persistent", 1.5, PERSISTENT))),
            new Question(
                    "set one field of one row of 10,000, no snapshot",
                    InPlace.class,
                    "ours",
                    List.of("oursIncrement", "jackson", "maps"),
                    List.of(),
                    List.of()),
            new Question(
                    "1,000 increments in one batch, one notification",
                    Increments.class,
                    "ours",
                    PERSISTENT,
                    NEVER_THE_FASTEST,
                    List.of(new Promise("engine.increments-vs-persistent", 5, PERSISTENT))),
            new Question(
                    "delta of 100 changes in 1 MB",
                    DeltaOf100.class,
                    "ours",
                    COMPARISONS,
                    List.of(),
                    List.of(new Promise("engine.delta-vs-comparison", 50, COMPARISONS))));

    private EnginePart() {}

    public static Part part() {
        return new JmhPart(
                "engine",
                "the engine in one JVM: row update, batch, delta, beside the libraries for the same work",
                QUESTIONS);
    }
}
