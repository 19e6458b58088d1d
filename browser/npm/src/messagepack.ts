/*
 * Values to MessagePack and back, straight in the memory shared with the engine.
 *
 * A library would not do: numbers follow the rule of this engine (a safe integer is an int, any other number a float,
 * a bigint an int; ints beyond 2^53 come back as bigint), and what no store can hold is refused with its path.
 */
import { StateError } from './errors.js';
import { Extension, type Value } from './values.js';

/** How deep values may nest; the engine has the same limit. */
export const DEPTH_MAX = 512;

const INT_MIN = -(2n ** 63n);
const INT_MAX = 2n ** 63n - 1n;
const SHORT_TEXT = 32;

/** The type of a point in time, and how many milliseconds from 1970 a `Date` reaches. */
const TIMESTAMP = -1;
const DATE_MAX = 8.64e15;

const utf8 = new TextEncoder();
const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Memory to write to; `room` moves `bytes` and `view` when it has to grow. */
export interface Memory {
  bytes: Uint8Array;
  view: DataView;
  room(end: number): void;
}

export class Encoder {
  readonly #memory: Memory;
  readonly #path: (string | number)[] = [];
  readonly #above: object[] = [];
  at = 0;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  /** Writes the value at `at` and moves `at` behind it; `where` names the value in errors. */
  write(value: unknown, where: string): void {
    this.#path.length = 0;
    this.#above.length = 0;
    this.#path.push(where);
    this.#any(value);
  }

  #any(value: unknown): void {
    switch (typeof value) {
      case 'string':
        return this.#text(value);
      case 'number':
        return this.#number(value);
      case 'boolean':
        return this.#byte(value ? 0xc3 : 0xc2);
      case 'bigint':
        return this.#bigint(value);
      case 'object':
        return value === null ? this.#byte(0xc0) : this.#object(value);
      default:
        throw this.#refused('WRONG_TYPE', value === undefined ? 'undefined' : `a ${typeof value}`);
    }
  }

  #object(value: object): void {
    if (value instanceof Uint8Array) return this.#binary(value);
    if (value instanceof Date) return this.#date(value);
    if (value instanceof Extension) return this.#extension(value);
    if (this.#above.length === DEPTH_MAX) this.#tooDeep(value);
    this.#above.push(value);
    if (Array.isArray(value)) this.#list(value);
    else this.#map(value as Record<string, unknown>);
    this.#above.pop();
  }

  #list(list: unknown[]): void {
    this.#head(list.length, 0x90, 16, 0xdc);
    for (let i = 0; i < list.length; i++) {
      this.#path.push(i);
      this.#any(list[i]);
      this.#path.pop();
    }
  }

  #map(map: Record<string, unknown>): void {
    const prototype: unknown = Object.getPrototypeOf(map);
    if (prototype !== Object.prototype && prototype !== null) {
      throw this.#refused('WRONG_TYPE', `an object of class ${map.constructor?.name ?? 'unknown'}`);
    }
    const keys = Object.keys(map);
    this.#head(keys.length, 0x80, 16, 0xde);
    for (const key of keys) {
      this.#path.push(key);
      this.#text(key);
      this.#any(map[key]);
      this.#path.pop();
    }
  }

  #number(value: number): void {
    if (Number.isSafeInteger(value) && !Object.is(value, -0)) return this.#int(value);
    if (!Number.isFinite(value)) throw this.#refused('BAD_NUMBER', String(value));
    this.#memory.room(this.at + 9);
    this.#memory.view.setUint8(this.at, 0xcb);
    this.#memory.view.setFloat64(this.at + 1, value);
    this.at += 9;
  }

  #int(value: number): void {
    this.#memory.room(this.at + 9);
    const view = this.#memory.view;
    if (value >= -32 && value < 128) {
      view.setInt8(this.at, value);
      this.at += 1;
    } else if (value >= -0x8000_0000 && value < 0x8000_0000) {
      view.setUint8(this.at, 0xd2);
      view.setInt32(this.at + 1, value);
      this.at += 5;
    } else {
      view.setUint8(this.at, 0xd3);
      view.setInt32(this.at + 1, Math.floor(value / 0x1_0000_0000));
      view.setUint32(this.at + 5, value >>> 0);
      this.at += 9;
    }
  }

  #bigint(value: bigint): void {
    if (value < INT_MIN || value > INT_MAX) {
      throw this.#refused('OVERFLOW', `the bigint ${value}, which needs more than 64 bits`);
    }
    this.#memory.room(this.at + 9);
    this.#memory.view.setUint8(this.at, 0xd3);
    this.#memory.view.setBigInt64(this.at + 1, value);
    this.at += 9;
  }

  #text(value: string): void {
    const memory = this.#memory;
    memory.room(this.at + 5 + value.length * 3);
    if (value.length < SHORT_TEXT && this.#ascii(value)) return;
    if (!wellFormed(value)) throw this.#refused('MALFORMED', 'a string with half of a surrogate pair');
    const { written } = utf8.encodeInto(value, memory.bytes.subarray(this.at + 5));
    const head = written < 32 ? 1 : written < 0x1_0000 ? 3 : 5;
    if (head !== 5) memory.bytes.copyWithin(this.at + head, this.at + 5, this.at + 5 + written);
    if (head === 1) memory.bytes[this.at] = 0xa0 | written;
    else if (head === 3) {
      memory.view.setUint8(this.at, 0xda);
      memory.view.setUint16(this.at + 1, written);
    } else {
      memory.view.setUint8(this.at, 0xdb);
      memory.view.setUint32(this.at + 1, written);
    }
    this.at += head + written;
  }

  /** Short ASCII is most of what there is, and a call into the text encoder costs more than this loop. */
  #ascii(value: string): boolean {
    const bytes = this.#memory.bytes;
    const start = this.at + 1;
    for (let i = 0; i < value.length; i++) {
      const code = value.charCodeAt(i);
      if (code > 0x7f) return false;
      bytes[start + i] = code;
    }
    bytes[this.at] = 0xa0 | value.length;
    this.at = start + value.length;
    return true;
  }

  #binary(value: Uint8Array): void {
    const memory = this.#memory;
    memory.room(this.at + 5 + value.length);
    memory.view.setUint8(this.at, 0xc6);
    memory.view.setUint32(this.at + 1, value.length);
    memory.bytes.set(value, this.at + 5);
    this.at += 5 + value.length;
  }

  #date(value: Date): void {
    const millis = value.getTime();
    if (Number.isNaN(millis)) throw this.#refused('BAD_NUMBER', String(value));
    const seconds = Math.floor(millis / 1000);
    this.#memory.room(this.at + 15);
    const view = this.#memory.view;
    view.setUint16(this.at, 0xc70c);
    view.setInt8(this.at + 2, TIMESTAMP);
    view.setUint32(this.at + 3, (millis - seconds * 1000) * 1e6);
    view.setInt32(this.at + 7, Math.floor(seconds / 0x1_0000_0000));
    view.setUint32(this.at + 11, seconds >>> 0);
    this.at += 15;
  }

  #extension({ type, bytes }: Extension): void {
    if (!(Number.isInteger(type) && type >= -128 && type <= 127)) {
      throw this.#refused('WRONG_TYPE', `an extension of type ${type}, which is not from -128 to 127`);
    }
    const memory = this.#memory;
    memory.room(this.at + 6 + bytes.length);
    memory.view.setUint8(this.at, 0xc9);
    memory.view.setUint32(this.at + 1, bytes.length);
    memory.view.setInt8(this.at + 5, type);
    memory.bytes.set(bytes, this.at + 6);
    this.at += 6 + bytes.length;
  }

  #head(size: number, short: number, shortLimit: number, long: number): void {
    this.#memory.room(this.at + 5);
    const view = this.#memory.view;
    if (size < shortLimit) {
      view.setUint8(this.at, short | size);
      this.at += 1;
    } else if (size < 0x1_0000) {
      view.setUint8(this.at, long);
      view.setUint16(this.at + 1, size);
      this.at += 3;
    } else {
      view.setUint8(this.at, long + 1);
      view.setUint32(this.at + 1, size);
      this.at += 5;
    }
  }

  #byte(value: number): void {
    this.#memory.room(this.at + 1);
    this.#memory.bytes[this.at++] = value;
  }

  #tooDeep(value: object): never {
    if (this.#above.includes(value)) throw this.#refused('WRONG_TYPE', 'a value that contains itself');
    throw new StateError('LIMIT_EXCEEDED', `${this.#where()} nests deeper than ${DEPTH_MAX} levels`);
  }

  #refused(code: string, what: string): StateError {
    const expected = 'null, boolean, finite number, bigint, string, Uint8Array, Date, Extension, array or plain object';
    return new StateError(code, `at ${this.#where()}: expected ${expected}, found ${what}`);
  }

  #where(): string {
    const [root, ...rest] = this.#path;
    const tail = rest.slice(0, 16).map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`);
    return `${root}${tail.join('')}${rest.length > 16 ? '/…' : ''}` || 'the whole document';
  }
}

function wellFormed(value: string): boolean {
  const check = (value as { isWellFormed?(): boolean }).isWellFormed;
  return check === undefined ? !/\p{Surrogate}/u.test(value) : check.call(value);
}

/** Reads what the engine wrote; the engine is trusted, so a broken byte is an error of ours. */
export class Decoder {
  bytes: Uint8Array;
  view: DataView;
  at: number;

  constructor(memory: Memory, at: number) {
    this.bytes = memory.bytes;
    this.view = memory.view;
    this.at = at;
  }

  read(): Value {
    const tag = this.bytes[this.at++]!;
    if (tag < 0x80) return tag;
    if (tag < 0x90) return this.#map(tag & 0x0f);
    if (tag < 0xa0) return this.#list(tag & 0x0f);
    if (tag < 0xc0) return this.#text(tag & 0x1f);
    if (tag >= 0xe0) return tag - 0x100;
    switch (tag) {
      case 0xc0: return null;
      case 0xc2: return false;
      case 0xc3: return true;
      case 0xc4: return this.#binary(this.#unsigned(1));
      case 0xc5: return this.#binary(this.#unsigned(2));
      case 0xc6: return this.#binary(this.#unsigned(4));
      case 0xc7: return this.#extension(this.#unsigned(1));
      case 0xc8: return this.#extension(this.#unsigned(2));
      case 0xc9: return this.#extension(this.#unsigned(4));
      case 0xca: return this.view.getFloat32((this.at += 4) - 4);
      case 0xcb: return this.view.getFloat64((this.at += 8) - 8);
      case 0xcc: return this.#unsigned(1);
      case 0xcd: return this.#unsigned(2);
      case 0xce: return this.#unsigned(4);
      case 0xcf: return narrow(this.view.getBigUint64((this.at += 8) - 8));
      case 0xd0: return this.view.getInt8((this.at += 1) - 1);
      case 0xd1: return this.view.getInt16((this.at += 2) - 2);
      case 0xd2: return this.view.getInt32((this.at += 4) - 4);
      case 0xd3: return narrow(this.view.getBigInt64((this.at += 8) - 8));
      case 0xd4: return this.#extension(1);
      case 0xd5: return this.#extension(2);
      case 0xd6: return this.#extension(4);
      case 0xd7: return this.#extension(8);
      case 0xd8: return this.#extension(16);
      case 0xd9: return this.#text(this.#unsigned(1));
      case 0xda: return this.#text(this.#unsigned(2));
      case 0xdb: return this.#text(this.#unsigned(4));
      case 0xdc: return this.#list(this.#unsigned(2));
      case 0xdd: return this.#list(this.#unsigned(4));
      case 0xde: return this.#map(this.#unsigned(2));
      case 0xdf: return this.#map(this.#unsigned(4));
      default: throw new StateError('ENGINE_BROKEN', `the engine wrote byte 0x${tag.toString(16)} at ${this.at - 1}`);
    }
  }

  #unsigned(size: 1 | 2 | 4): number {
    const at = this.at;
    this.at += size;
    return size === 1 ? this.bytes[at]! : size === 2 ? this.view.getUint16(at) : this.view.getUint32(at);
  }

  #list(size: number): Value {
    const list: Value[] = [];
    for (let i = 0; i < size; i++) list.push(this.read());
    return Object.freeze(list);
  }

  #map(size: number): Value {
    const map: Record<string, Value> = {};
    for (let i = 0; i < size; i++) put(map, this.read() as string, this.read());
    return Object.freeze(map);
  }

  #text(size: number): string {
    const end = this.at + size;
    if (size < SHORT_TEXT) {
      let value = '';
      while (this.at < end && this.bytes[this.at]! < 0x80) value += String.fromCharCode(this.bytes[this.at++]!);
      if (this.at === end) return value;
      this.at = end - size;
    }
    this.at = end;
    return text.decode(this.bytes.subarray(end - size, end));
  }

  #extension(size: number): Date | Extension {
    const type = this.view.getInt8(this.at++);
    const at = this.at;
    const bytes = this.#binary(size);
    if (type !== TIMESTAMP) return new Extension(type, bytes);
    const view = this.view;
    const high = view.getUint32(at);
    const nanos = size === 4 ? 0 : size === 8 ? high >>> 2 : high;
    const seconds =
      size === 4 ? high
      : size === 8 ? (high & 3) * 0x1_0000_0000 + view.getUint32(at + 4)
      : view.getInt32(at + 4) * 0x1_0000_0000 + view.getUint32(at + 8);
    const millis = seconds * 1000 + nanos / 1e6;
    return nanos % 1e6 === 0 && Math.abs(millis) <= DATE_MAX ? new Date(millis) : new Extension(type, bytes);
  }

  #binary(size: number): Uint8Array {
    return this.bytes.slice(this.at, (this.at += size));
  }
}

/** Sets a key that may be called `__proto__`. */
export function put(map: Record<string, Value>, key: string, value: Value): void {
  if (key === '__proto__') {
    Object.defineProperty(map, key, { value, enumerable: true, configurable: true, writable: true });
  } else map[key] = value;
}

function narrow(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}
