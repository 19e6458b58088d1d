/*
 * Operations as the engine reads them, one behind the other: kind and handle, then a number or two indexes, then the
 * value as MessagePack if it is more than a number. Everything starts at a multiple of eight bytes, ints little-endian.
 */
import { Encoder, type Memory } from './messagepack.js';

export const SET = 1;
export const DELETE = 2;
export const ADD = 3;
export const INSERT = 4;
export const MOVE = 5;
export const MERGE = 6;
export const TEST = 7;
/** Added to a kind: the number stands in the record itself. */
const INT = 0x10;
const FLOAT = 0x20;

const HEAD_BYTES = 16;
/** The position behind the last element of a list. */
export const END = -1;

export class Commands {
  readonly #memory: Memory;
  readonly #encoder: Encoder;
  /** How long what has been written is. */
  length = 0;

  constructor(memory: Memory) {
    this.#memory = memory;
    this.#encoder = new Encoder(memory);
  }

  /** An operation with nothing but up to two indexes. */
  plain(kind: number, handle: number, a = 0, b = 0): void {
    this.#head(kind, handle);
    this.#memory.view.setInt32(this.length + 8, a, true);
    this.#memory.view.setInt32(this.length + 12, b, true);
    this.length += HEAD_BYTES;
  }

  /** An operation with a value; `where` names it in errors, after which nothing has been written. */
  value(kind: number, handle: number, value: unknown, where: string, index = 0): void {
    if (typeof value === 'number' && kind !== INSERT && Number.isFinite(value)) {
      this.#head(kind | (Number.isSafeInteger(value) && !Object.is(value, -0) ? INT : FLOAT), handle);
      this.#memory.view.setFloat64(this.length + 8, value, true);
      this.length += HEAD_BYTES;
      return;
    }
    const encoder = this.#encoder;
    const start = this.length + HEAD_BYTES;
    encoder.at = start;
    encoder.write(value, where);
    this.#head(kind, handle);
    this.#memory.view.setInt32(this.length + 8, index, true);
    this.#memory.view.setInt32(this.length + 12, encoder.at - start, true);
    this.length = (encoder.at + 7) & ~7;
  }

  #head(kind: number, handle: number): void {
    this.#memory.room(this.length + HEAD_BYTES);
    this.#memory.view.setInt32(this.length, kind, true);
    this.#memory.view.setInt32(this.length + 4, handle, true);
  }
}

/** Memory of JavaScript's own, for what has to wait until a batch is whole. */
export class OwnMemory implements Memory {
  bytes = new Uint8Array(1024);
  view = new DataView(this.bytes.buffer);

  room(end: number): void {
    if (end <= this.bytes.length) return;
    const grown = new Uint8Array(Math.max(end, this.bytes.length * 2));
    grown.set(this.bytes);
    this.bytes = grown;
    this.view = new DataView(grown.buffer);
  }
}
