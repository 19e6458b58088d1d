/* What the engine answers to "what is there?": nothing, a scalar, a whole container, or what changed in one. */
import { StateError } from './errors.js';
import { Decoder } from './messagepack.js';
import { type Change, patch } from './patch.js';
import { READ, call, memory } from './runtime.js';
import type { Value } from './values.js';

const MISSING = 0;
const NULL = 1;
const FALSE = 2;
const TRUE = 3;
const NUMBER = 4;
const WHOLE = 5;
const UNCHANGED = 6;
const CHANGES = 7;

const CHANGE_KINDS = ['set', 'delete', 'insert'] as const;

/** The value behind a handle, given the value this function returned for it the last time. */
export function read(handle: number, before: Value | undefined): Value | undefined {
  const kind = call(READ, handle);
  switch (kind) {
    case MISSING:
      return undefined;
    case NULL:
      return null;
    case FALSE:
      return false;
    case TRUE:
      return true;
    case NUMBER:
      return memory.view.getFloat64(0, true);
    case WHOLE:
      return new Decoder(memory, 8).read();
    case UNCHANGED:
      return before;
    case CHANGES:
      return patch(before as Value, changes(memory.view.getInt32(0, true)));
    default:
      throw new StateError('ENGINE_BROKEN', `the engine answered a read with ${kind}`);
  }
}

function* changes(count: number): Generator<Change> {
  const decoder = new Decoder(memory, 8);
  for (let i = 0; i < count; i++) {
    const kind = CHANGE_KINDS[decoder.read() as number]!;
    const path = segments(decoder.read() as string);
    yield kind === 'delete' ? [kind, path] : [kind, path, decoder.read()!];
  }
}

/** The segments of a JSON Pointer. */
function segments(pointer: string): string[] {
  const parts = pointer.split('/').slice(1);
  return pointer.includes('~') ? parts.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~')) : parts;
}
