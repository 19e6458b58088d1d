/** Benchmarks and comparisons, each against the usual library in the same run. */
@NullMarked
package io.gaesup.state.bench;

import org.jspecify.annotations.NullMarked;
