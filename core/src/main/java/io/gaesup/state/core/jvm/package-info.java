/**
 * What only a JVM has, behind the engine's small interfaces: instructions for checksums and comparison, and threads. Nothing
 * in the engine needs this package; a browser does without.
 */
@NullMarked
package io.gaesup.state.core.jvm;

import org.jspecify.annotations.NullMarked;
