package io.gaesup.state.bench;

import java.util.List;

/** A group of benchmarks that answer one question and are run together. */
interface Part {
    /** The word on the command line, such as {@code engine}. */
    String name();

    /** What is measured against what, in one line. */
    String question();

    /** Measures, prints and writes the result file; returns the exit code. */
    int run(List<String> options) throws Exception;
}
