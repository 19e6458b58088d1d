/** The durable log of batches over JDBC: append, checkpoint, recover. */
@NullMarked
package io.gaesup.state.journal;

import org.jspecify.annotations.NullMarked;
