/**
 * The frames of protocol version 1, what each holds and how it is written. {@code docs/protocol.md} tells who sends what
 * when; this is the grammar of the bytes.
 *
 * <pre>
 * message   = frame+                                     one WebSocket binary message
 * varint    = unsigned LEB128, up to 64 bits
 * string    = varint length, UTF-8 bytes
 * value     = MessagePack, as in the grammar of core.codec
 * flag      = byte 0 | byte 1
 *
 * frame     = 01 varint version, string client                                          Hello
 *           | 02 string store, varint incarnation, varint revision,
 *                varint oldestPending, flag, value?                                     Open
 *           | 03 varint number                                                          Leave
 *           | 04 varint number, varint base + 1, varint count, submission*              Submit
 *           | 05 varint nonce                                                           Ping
 *           | 81 varint version, string server                                          Welcome
 *           | 82 varint number, string store, varint incarnation, varint revision,
 *                decisions, keys, value                                                 State
 *           | 83 varint number, string store, varint incarnation, varint revision,
 *                decisions, keys                                                        Resumed
 *           | 84 varint number, varint first, varint count, batch*                      Deltas
 *           | 85 varint number, decision                                                Decided
 *           | 86 string store, string code, string message                              Failure
 *           | 87 varint nonce                                                           Pong
 *
 * submission = varint sequence (the first; then the step from the one before), batch
 * decisions = varint count, decision*
 * decision  = varint sequence, varint revision + 1                                      applied
 *           | varint sequence, varint 0, string code, string message                    refused
 * keys      = varint count, string*                      numbered from 0
 *
 * batch     = varint count, operation*
 * operation = byte kind &lt;&lt; 5 | depth, [varint depth if 31], segment*, rest
 * kind/rest = 0 set value | 1 merge value | 2 delete | 3 increment value | 4 insert value
 *           | 5 move varint depth, segment* (from) | 6 test value | 7 test that something is there
 * segment   = varint position &lt;&lt; 1                       a position in a list
 *           | varint 1, string                           a key
 *           | varint 3, varint number, string            a key that has this number from here on
 *           | varint (number + 2) &lt;&lt; 1 | 1               a key by its number
 * </pre>
 */
@NullMarked
package io.gaesup.state.core.wire;

import org.jspecify.annotations.NullMarked;
