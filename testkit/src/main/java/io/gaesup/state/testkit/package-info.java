/** What the tests of several modules share, and nothing of ours depends on otherwise. */
@NullMarked
package io.gaesup.state.testkit;

import org.jspecify.annotations.NullMarked;
