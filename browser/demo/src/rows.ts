/* The rows of a long table: their order, and which of them are worth a place in the page. */
import type { Quake } from './stores.js';

export type Order = 'newest' | 'strongest' | 'deepest' | 'place';

/** The rows in that order. The same rows and order give the same list. */
export function sorted(quakes: readonly Quake[], order: Order): readonly Quake[] {
  switch (order) {
    case 'newest':
      return quakes.toReversed();
    case 'strongest':
      return quakes.toSorted((a, b) => b.magnitude - a.magnitude || b.time - a.time);
    case 'deepest':
      return quakes.toSorted((a, b) => b.depth - a.depth || b.time - a.time);
    case 'place':
      return quakes.toSorted((a, b) => region(a).localeCompare(region(b)) || b.time - a.time);
  }
}

/** The part of "4km W of Castaic, CA" that one sorts by. */
function region(quake: Quake): string {
  return quake.place.slice(quake.place.lastIndexOf(', ') + 1).trimStart();
}

export interface Window {
  readonly first: number;
  readonly end: number;
  readonly pixelsAbove: number;
  readonly pixelsBelow: number;
}

/** Rows beyond the edges that are there already when one scrolls. */
const SPARE_ROWS = 6;

/** Which of `count` rows of that height to draw in a view that is scrolled to `top`. */
export function visible(count: number, rowPixels: number, top: number, viewPixels: number): Window {
  const rows = Math.ceil(viewPixels / rowPixels) + 2 * SPARE_ROWS;
  const first = Math.max(0, Math.min(Math.floor(top / rowPixels) - SPARE_ROWS, count - rows));
  const end = Math.min(count, first + rows);
  return { first, end, pixelsAbove: first * rowPixels, pixelsBelow: (count - end) * rowPixels };
}
