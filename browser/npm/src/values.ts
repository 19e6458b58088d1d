/**
 * Bytes whose meaning a number tells: what MessagePack calls an extension. Types 0 to 127 are the application's; -1 is a
 * point in time, and arrives so only where no `Date` can hold it: with parts of a millisecond, or too far away.
 */
export class Extension {
  readonly type: number;
  readonly bytes: Uint8Array;

  /** `type` is an integer from -128 to 127; the bytes are not copied. */
  constructor(type: number, bytes: Uint8Array) {
    this.type = type;
    this.bytes = bytes;
    Object.freeze(this);
  }
}

/**
 * What a store can hold. Integers beyond 2^53 arrive as `bigint`, points in time as `Date`; containers arrive frozen.
 */
export type Value =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | Date
  | Extension
  | readonly Value[]
  | { readonly [key: string]: Value };

type Child<T, K extends string> = T extends readonly (infer E)[] ? E | undefined : K extends keyof T ? T[K] : unknown;

/** The type behind a path such as `/cart/count`, as far as the store's own type tells. */
export type At<T, P extends string> = string extends P
  ? unknown
  : P extends ''
    ? T
    : P extends `/${infer K}/${infer R}`
      ? At<NonNullable<Child<T, K>>, `/${R}`>
      : P extends `/${infer K}`
        ? Child<T, K>
        : unknown;

/** The type of a list's rows. */
export type Row<T> = T extends readonly (infer E)[] ? E : Value;
