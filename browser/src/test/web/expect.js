// The few assertions the cases need, so that the same file runs in Node and in a page.

export function equal(actual, expected, what = 'value') {
  if (!same(actual, expected)) throw new Error(`${what}: expected ${show(expected)}, found ${show(actual)}`);
}

export function is(actual, expected, what = 'value') {
  if (!Object.is(actual, expected)) throw new Error(`${what}: expected the very ${show(expected)}, found ${show(actual)}`);
}

export function isNot(actual, unexpected, what = 'value') {
  if (Object.is(actual, unexpected)) throw new Error(`${what}: expected another object than ${show(unexpected)}`);
}

export function refused(code, text, work) {
  let result;
  try {
    result = work();
  } catch (error) {
    if (error.code !== code || !error.message.includes(text)) {
      throw new Error(`expected ${code} with "${text}", found ${error.code}: ${error.message}`);
    }
    return;
  }
  throw new Error(`expected ${code} with "${text}", but it went through with ${show(result)}`);
}

/** Deep equality in which 0 is not -0, 1 is not 1n, and keys count in any order. */
export function same(a, b) {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b) || a instanceof Uint8Array !== b instanceof Uint8Array) return false;
  if (a instanceof Date || b instanceof Date) return a instanceof Date && b instanceof Date && a.getTime() === b.getTime();
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && same(a[key], b[key]));
}

/** All of a value in its order of keys. */
export function text(value) {
  return JSON.stringify(value, (_, inner) => (typeof inner === 'bigint' ? `${inner}n` : inner)) ?? String(value);
}

export function show(value) {
  const all = text(value);
  return all.length <= 300 ? all : `${all.slice(0, 300)}…`;
}

/** Numbers that look random and are the same each time. */
export function randomOf(seed) {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}
