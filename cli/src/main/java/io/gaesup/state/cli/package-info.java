/** The {@code gaesup} command: one class per command, wired to the modules below. */
@NullMarked
package io.gaesup.state.cli;

import org.jspecify.annotations.NullMarked;
