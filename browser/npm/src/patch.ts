/*
 * Applies what changed in the engine to a frozen JavaScript value, copy-on-write: whatever did not change is the same
 * object as before, so that `===` means "unchanged" to every framework.
 */
import { StateError } from './errors.js';
import { put } from './messagepack.js';
import type { Value } from './values.js';

/** One change: a value set, a value removed, or a list row inserted. */
export type Change =
  | readonly ['set', path: readonly string[], value: Value]
  | readonly ['delete', path: readonly string[]]
  | readonly ['insert', path: readonly string[], value: Value];

type Container = Value[] | Record<string, Value>;

export function patch(before: Value, changes: Iterable<Change>): Value | undefined {
  const copies = new Set<Container>();
  let root: Value | undefined = before;
  for (const change of changes) root = apply(root, change, copies);
  for (const copy of copies) Object.freeze(copy);
  return root;
}

function apply(root: Value | undefined, change: Change, copies: Set<Container>): Value | undefined {
  const [kind, path] = change;
  if (path.length === 0) return kind === 'set' ? change[2] : undefined;
  const top = own(root, copies);
  let parent = top;
  for (let i = 0; i < path.length - 1; i++) {
    const child = own(childOf(parent, path[i]!), copies);
    assign(parent, path[i]!, child);
    parent = child;
  }
  changeIn(parent, change, path[path.length - 1]!);
  return top;
}

function changeIn(parent: Container, change: Change, key: string): void {
  switch (change[0]) {
    case 'set':
      return assign(parent, key, change[2]);
    case 'delete':
      if (Array.isArray(parent)) parent.splice(Number(key), 1);
      else delete parent[key];
      return;
    case 'insert':
      (parent as Value[]).splice(Number(key), 0, change[2]);
  }
}

function childOf(parent: Container, key: string): Value | undefined {
  return Array.isArray(parent) ? parent[Number(key)] : parent[key];
}

function assign(parent: Container, key: string, value: Value): void {
  if (Array.isArray(parent)) parent[Number(key)] = value;
  else put(parent, key, value);
}

/** The container itself where this patch has made it, otherwise a copy that this patch may change. */
function own(value: Value | undefined, copies: Set<Container>): Container {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) {
    throw new StateError('ENGINE_BROKEN', `the engine changed something inside ${String(value)}`);
  }
  if (copies.has(value as Container)) return value as Container;
  const copy: Container = Array.isArray(value) ? [...value] : { ...(value as Record<string, Value>) };
  copies.add(copy);
  return copy;
}
