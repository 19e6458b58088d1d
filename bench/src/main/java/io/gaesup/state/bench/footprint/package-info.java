/** What documents weigh in the heap: ours, boxed maps and lists, and Jackson's tree. */
@NullMarked
package io.gaesup.state.bench.footprint;

import org.jspecify.annotations.NullMarked;
