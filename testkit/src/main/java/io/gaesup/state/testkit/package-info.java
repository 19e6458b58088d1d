/** What the tests of several modules share: scripts that drive browsers, and system calls that are watched or fail. */
@NullMarked
package io.gaesup.state.testkit;

import org.jspecify.annotations.NullMarked;
