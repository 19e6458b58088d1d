package io.gaesup.state.bench;

/** A group of benchmarks that answer one question and are run together. */
public interface Part {
    /** The word on the command line, such as {@code engine}. */
    String name();

    /** What is measured against what, in one line. */
    String question();

    /** Measures everything; says on standard output what it is doing while it does. */
    Report run(Settings settings) throws Exception;
}
