/** The node: stores over HTTP and WebSocket, kept in a journal. */
@NullMarked
package io.gaesup.state.server;

import org.jspecify.annotations.NullMarked;
