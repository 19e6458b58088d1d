/** What tests share: a virtual clock, seeded randomness, faulty files and networks. */
@NullMarked
package io.gaesup.state.testkit;

import org.jspecify.annotations.NullMarked;
