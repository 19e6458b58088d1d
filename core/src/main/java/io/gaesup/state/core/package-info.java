/** The state engine: stores, paths, operations, batches, deltas, snapshots, subscriptions and the codecs. */
@NullMarked
package io.gaesup.state.core;

import org.jspecify.annotations.NullMarked;
