/** What the engine costs inside one JVM, beside the libraries that people use for the same work. */
@NullMarked
package io.gaesup.state.bench.engine;

import org.jspecify.annotations.NullMarked;
