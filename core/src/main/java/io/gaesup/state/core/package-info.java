/**
 * The state engine: values, paths, operations, batches, snapshots, deltas, subscriptions, replicas and history.
 *
 * <pre>
 * Value     = Null | Bool | Int | Float | Text | Binary | ListValue(Value*) | MapValue((key, Value)*)
 * Path      = ("/" segment)*                       JSON Pointer, RFC 6901
 * PathPattern = ("/" ("*" | "**" | segment))*    any one segment, any number of them; the key "*" is "~2"
 * Subscription = (Path | PathPattern | Selector), Debounce?
 * Operation = Set(path, value)                     put a map entry or replace what is there
 *           | Merge(path, value)                   JSON Merge Patch, RFC 7396
 *           | Delete(path)                         remove a map entry or a list element
 *           | Increment(path, by)                  add to a number; a missing map entry counts as 0
 *           | Insert(path, value)                  a new list element before the index, "-" is the end
 *           | Move(from, path)                     remove, then insert or set
 *           | Test(path, value?)                   the batch fails unless it is there (and equal)
 * Undone    = Batch?, (path, CHANGED | GONE)*      one author's step taken back; what others had touched is left alone
 * Batch     = Operation* Origin                    all or nothing, one revision
 * Update    = Operation* Priority source [basis Conflicts]      all or nothing, in one batch with others
 * Conflicts = LastWriteWins | RejectStale | Resolved(Resolver)  where the basis is not the present any more
 * Resolution = Apply(Operation*) | Refuse(reason)
 * </pre>
 *
 * <p>The package uses {@code java.lang} and {@code java.util} only, so that the same source runs on the JVM and,
 * compiled to WebAssembly or JavaScript, in browsers. Nothing here starts a thread or reads a clock.
 */
@NullMarked
package io.gaesup.state.core;

import org.jspecify.annotations.NullMarked;
