/**
 * What live synchronisation costs: one server process, one process that loads it over raw sockets.
 *
 * <pre>
 * SyncPart  starts the servers and the generator, asks for one phase after the other, makes rows of them
 *   ServerProcess    a server under test, pinned to one core
 *   GeneratorProcess the other end of Generator's standard input and output
 * Generator the load, in a small JVM of its own on another core
 *   FanOut     one writer, many subscribers
 *   ClosedLoop many documents, a few clients each
 *   OneByOne   the bytes of a single update
 *     Connections, Connection, MarkerScanner   the hot loop: sockets and raw bytes, no frames parsed
 *     Wire = GaesupWire | SocketIoWire          what a server wants to hear
 * </pre>
 */
@NullMarked
package io.gaesup.state.bench.sync;

import org.jspecify.annotations.NullMarked;
