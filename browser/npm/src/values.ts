/** What a store can hold. Integers beyond 2^53 arrive as `bigint`; containers arrive frozen. */
export type Value =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
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
