/* The one engine of this page: its shared memory, and its calls with their errors. */
import { StateError } from './errors.js';
import { type EngineCall, type EngineKind, loadEngine } from './loader.js';
import { Decoder, Encoder, type Memory } from './messagepack.js';

/** After a trap the Java side may be half way through a change: nothing it says counts any more. */
let broken: StateError | undefined;

let engine: EngineCall | undefined;

class SharedMemory implements Memory {
  bytes: Uint8Array = new Uint8Array(0);
  view: DataView = new DataView(this.bytes.buffer);

  attach(bytes: Uint8Array): void {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  room(end: number): void {
    if (end > this.bytes.length) call(ROOM, end);
  }
}

export const memory = new SharedMemory();
const encoder = new Encoder(memory);

export interface Started {
  /** Which build runs. */
  readonly kind: EngineKind;
  /** Why it is not the WasmGC build although `auto` would have preferred that. */
  readonly fallback: string | undefined;
}

let starting: Promise<Started> | undefined;

/**
 * Loads the engine, once per page: everything after it is synchronous.
 *
 * `auto` takes WasmGC where the host has it and the JavaScript build of the same source elsewhere. A second call
 * returns the first one's result, whatever it asks for; after a failure the next call tries again.
 */
export function start(options: { engine?: EngineKind | 'auto' } = {}): Promise<Started> {
  starting ??= loadEngine(options.engine ?? 'auto', (bytes) => memory.attach(bytes)).then(
    (loaded) => {
      engine = loaded.call;
      return { kind: loaded.kind, fallback: loaded.fallback };
    },
    (error: unknown) => {
      starting = undefined;
      throw error;
    },
  );
  return starting;
}

/** The engine's functions; the Java class `Bridge` has the same numbers and says what each does. */
export const ROOM = 0;
export const OPEN = 1;
export const PATH = 2;
export const APPLY = 3;
export const READ = 4;
export const SUBSCRIBE = 5;
export const UNSUBSCRIBE = 6;
export const LINK = 7;
export const ATTACH = 8;
export const OPENED = 9;
export const RECEIVED = 10;
export const LOST = 11;
export const NEXT = 12;
export const EVENT = 13;
export const STATUS = 14;
export const PING = 15;
export const CLOSE = 16;
export const ASK = 17;
export const REVISION = 18;

const REFUSED = -1;

/** Runs one engine function and turns its refusal into a {@link StateError}. */
export function call(fn: number, a = 0, b = 0, c = 0): number {
  if (broken !== undefined) throw broken;
  if (engine === undefined) throw new StateError('NOT_STARTED', 'the engine is not loaded: await start() first');
  let result: number;
  try {
    result = engine(fn, a, b, c);
  } catch (error) {
    throw breakDown(`the engine stopped in function ${fn} with ${String(error)}`, error);
  }
  if (result >= 0) return result;
  const said = new Decoder(memory, 0).read() as string;
  if (result !== REFUSED) throw breakDown(said);
  const split = said.indexOf('\n');
  throw new StateError(said.slice(0, split), said.slice(split + 1));
}

function breakDown(why: string, cause?: unknown): StateError {
  broken = new StateError('ENGINE_BROKEN', `${why}; its stores cannot be trusted any more, reload the page`, { cause });
  return broken;
}

/** Puts a string, as MessagePack, at the front of the shared memory and returns its length in bytes. */
export function putText(text: string, what: string): number {
  encoder.at = 0;
  encoder.write(text, what);
  return encoder.at;
}
