/** Real data as a client: recorded events, replayed in the order of their time stamps through the public protocol. */
@NullMarked
package io.gaesup.state.cli.demo;

import org.jspecify.annotations.NullMarked;
