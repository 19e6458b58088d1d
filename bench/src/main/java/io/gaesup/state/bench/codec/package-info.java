/** What it costs to turn documents into bytes and back. */
@NullMarked
package io.gaesup.state.bench.codec;

import org.jspecify.annotations.NullMarked;
