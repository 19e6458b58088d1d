/** What a commit costs with few and with many who listen to something else, and what shared selectors save. */
@NullMarked
package io.gaesup.state.bench.subscriptions;

import org.jspecify.annotations.NullMarked;
