/*
 * How long to wait before the next try. Each wait is drawn evenly between a small floor and a ceiling that doubles from
 * try to try ("full jitter", AWS Architecture Blog, 2015): after a server's restart its clients do not return all at once.
 */
const CEILING_FIRST_MILLIS = 500;
const CEILING_LAST_MILLIS = 10_000;
const FLOOR_MILLIS = 50;

/** Milliseconds before the try after `failures` failed ones; `random` is in [0, 1). */
export function delayMillis(failures: number, random: number): number {
  const ceiling = Math.min(CEILING_LAST_MILLIS, CEILING_FIRST_MILLIS * 2 ** Math.min(failures, 16));
  return FLOOR_MILLIS + random * (ceiling - FLOOR_MILLIS);
}
