/** Parts whose measurements are JMH's: what is compared with what, and how long. */
@NullMarked
package io.gaesup.state.bench.jmh;

import org.jspecify.annotations.NullMarked;
