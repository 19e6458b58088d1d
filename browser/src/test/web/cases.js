// What the package promises, on whichever engine runs. Each case has a store of its own.
import { Extension, StateError, store } from '@gaesup/state';
import { equal, is, isNot, randomOf, refused, show, text } from './expect.js';

const cases = {
  everyKindOfValueComesBackAsItWent() {
    const value = {
      nil: null, yes: true, no: false, int: 7, negative: -33, big: 2 ** 40, safe: Number.MAX_SAFE_INTEGER,
      least: Number.MIN_SAFE_INTEGER, float: 1.5, tiny: 5e-324, huge: 1.7976931348623157e308, minusZero: -0,
      huge64: 2n ** 63n - 1n, least64: -(2n ** 63n), text: 'grüße 🎈', empty: '', long: 'x'.repeat(70_000),
      bytes: Uint8Array.of(0, 127, 128, 255), list: [], map: {}, nested: [[{ a: [1, [2]] }]],
      'a/b~c': 'slash and tilde', '': 'empty key', ünï: 1,
    };
    const kept = store('every kind', value);
    equal(kept.value, value);
    for (const [key, expected] of Object.entries(value)) {
      equal(kept.at(`/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).value, expected, key);
    }
  },

  aDateIsAPointInTime() {
    const millis = [
      0, 1, -1, 999, 1e12, Date.UTC(2026, 10, 23, 20, 43, 25, 123), 2 ** 32 * 1000, 2 ** 34 * 1000 - 1, 2 ** 34 * 1000,
      Date.UTC(-1, 0), 8.64e15, -8.64e15,
    ];
    const kept = store('dates', { dates: millis.map((time) => new Date(time)) });
    equal(kept.value.dates.map((date) => date.getTime()), millis);
    is(kept.at('/dates/4').value instanceof Date, true);
    kept.at('/dates/4').set(new Date(5));
    is(kept.at('/dates/4').value.toISOString(), '1970-01-01T00:00:00.005Z');
  },

  anExtensionKeepsItsTypeAndBytes() {
    const sizes = [0, 1, 2, 3, 4, 8, 12, 16, 17, 255, 256, 65_536];
    const value = sizes.map((size) => new Extension(size % 256 - 128, new Uint8Array(size).fill(7)));
    const kept = store('extensions', value);
    equal(kept.value.map(({ type, bytes }) => ({ type, bytes })), value.map(({ type, bytes }) => ({ type, bytes })));
    const nanosecond = new Extension(-1, Uint8Array.of(0, 0, 0, 4, 0, 0, 0, 9));
    kept.at('').set({ nanosecond });
    is(kept.value.nanosecond instanceof Extension, true);
    equal(kept.value.nanosecond.bytes, nanosecond.bytes);
    const midnight = new Extension(-1, Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 9));
    kept.at('').set({ midnight });
    is(kept.value.midnight.getTime(), 9000);
  },

  aSmallBigintIsAnIntAndComesBackAsANumber() {
    const count = store('small bigint', {}).at('/n');
    count.set(5n);
    is(count.value, 5);
    count.add(2n ** 60n);
    is(count.value, 2n ** 60n + 5n);
    count.add(-(2n ** 60n));
    is(count.value, 5);
  },

  longListsMapsAndStringsCrossEveryLengthOfMessagePack() {
    for (const size of [0, 15, 16, 31, 32, 255, 256, 65_535, 65_536]) {
      const list = Array.from({ length: size }, (_, i) => i - 5);
      const map = Object.fromEntries(list.map((n) => [`k${n}`, n]));
      const value = { list, map, text: 'ä'.repeat(size), ascii: 'a'.repeat(size), bytes: new Uint8Array(size).fill(7) };
      equal(store(`size ${size}`, value).value, value, `size ${size}`);
    }
  },

  aKeyCalledProtoIsAKey() {
    const value = JSON.parse('{"__proto__": {"polluted": true}, "constructor": 1}');
    const kept = store('proto', value);
    equal(Object.keys(kept.value), ['__proto__', 'constructor']);
    is(kept.value.polluted, undefined);
    kept.at('/__proto__/polluted').set(false);
    equal(Object.getOwnPropertyDescriptor(kept.value, '__proto__').value, { polluted: false });
    is({}.polluted, undefined);
  },

  aRevisionIsTheCountOfAppliedBatches() {
    const kept = store('revision', { n: 0 });
    is(kept.revision, 0);
    kept.at('/n').add(1);
    kept.batch(() => { kept.at('/n').add(1); kept.at('/m').set(1); });
    is(kept.revision, 2);
    refused('NOT_A_NUMBER', '/n', () => { kept.at('').set({ n: 'x' }); kept.at('/n').add(1); });
    is(kept.revision, 3);
  },

  whatNoStoreCanHoldIsRefusedWithItsPath() {
    const kept = store('refusals', { a: 1 });
    const a = kept.at('/a');
    refused('BAD_NUMBER', '/a', () => a.set(NaN));
    refused('BAD_NUMBER', '/a/x/0', () => a.set({ x: [Infinity] }));
    refused('WRONG_TYPE', '/a/b/1', () => a.set({ b: [1, undefined] }));
    refused('WRONG_TYPE', '/a/f', () => a.set({ f() {} }));
    refused('WRONG_TYPE', 'Map', () => a.set(new Map()));
    refused('BAD_NUMBER', '/a/when', () => a.set({ when: new Date(NaN) }));
    refused('WRONG_TYPE', '128', () => a.set(new Extension(128, Uint8Array.of(1))));
    refused('MALFORMED', '4, 8 or 12', () => a.set(new Extension(-1, Uint8Array.of(1))));
    refused('WRONG_TYPE', 'symbol', () => a.set(Symbol('s')));
    refused('OVERFLOW', '/a', () => a.set(2n ** 63n));
    refused('MALFORMED', '/a/t', () => a.set({ t: '\ud800' }));
    const circle = {};
    circle.again = circle;
    refused('WRONG_TYPE', 'contains itself', () => a.set(circle));
    let deep = 1;
    for (let i = 0; i < 600; i++) deep = [deep];
    refused('LIMIT_EXCEEDED', '512', () => a.set(deep));
    refused('BAD_PATH', 'starts with', () => kept.at('no/slash'));
    refused('NOT_A_NUMBER', 'string', () => a.add('1'));
    refused('INDEX_OUT_OF_RANGE', '-1', () => a.insert(-1, 0));
    equal(kept.value, { a: 1 });
  },

  theEnginesRefusalsHaveTheirCode() {
    const kept = store('engine refusals', { text: 'x', list: [1] });
    refused('NOT_FOUND', '/no', () => kept.at('/no/thing').set(1));
    refused('NOT_A_NUMBER', 'string "x"', () => kept.at('/text').add(1));
    refused('INDEX_OUT_OF_RANGE', '/list', () => kept.at('/list').insert(5, 1));
    refused('WRONG_TYPE', '/text', () => kept.at('/text').insert(0, 1));
    refused('TEST_FAILED', '/text', () => kept.at('/text').test('y'));
    refused('OVERFLOW', '64 bits', () => kept.batch(() => {
      kept.at('/n').set(2n ** 63n - 1n);
      kept.at('/n').add(1);
    }));
    equal(kept.value, { text: 'x', list: [1] });
  },

  everyOperationDoesWhatItSays() {
    const kept = store('operations', { list: ['a', 'b', 'c'], map: { x: 1, y: { z: 2 } } });
    kept.at('/list').insert(1, 'new');
    kept.at('/list').insert('-', 'last');
    kept.at('/list').move(0, 2);
    kept.at('/list/1').set('B');
    kept.at('/list/0').delete();
    equal(kept.value.list, ['B', 'a', 'c', 'last']);
    kept.at('/map').merge({ x: null, y: { w: 3 }, v: [1] });
    equal(kept.value.map, { y: { z: 2, w: 3 }, v: [1] });
    kept.at('/map/count').add();
    kept.at('/map/count').add(0.5);
    is(kept.at('/map/count').value, 1.5);
    kept.at('/map').delete();
    is(kept.at('/map').value, undefined);
    kept.at('').set([1, 2]);
    equal(kept.value, [1, 2]);
  },

  whatDidNotChangeIsTheSameObject() {
    const kept = store('identity', { left: { deep: [1, { n: 1 }] }, right: { deep: [2] } });
    const before = kept.value;
    is(kept.value, before);
    kept.at('/left/deep/1/n').set(9);
    const after = kept.value;
    isNot(after, before);
    isNot(after.left, before.left);
    isNot(after.left.deep[1], before.left.deep[1]);
    is(after.right, before.right);
    equal(before, { left: { deep: [1, { n: 1 }] }, right: { deep: [2] } });
    is(Object.isFrozen(after) && Object.isFrozen(after.left.deep) && Object.isFrozen(after.left.deep[1]), true);
    kept.at('/right/deep/0').set(2);
    is(kept.value, after, 'a set of what was there already');
  },

  aHandleIsOnePerPath() {
    const kept = store('handles', { a: 1 });
    is(kept.at('/a'), kept.at('/a'));
    is(store('handles'), kept);
  },

  aBatchIsAllOrNothingAndToldOnce() {
    const kept = store('batches', { a: 1, b: 'text' });
    let told = 0;
    kept.subscribe(() => told++);
    is(kept.batch(() => {
      kept.at('/a').add(1);
      kept.batch(() => kept.at('/c').set([1]));
      return 'result';
    }), 'result');
    equal(kept.value, { a: 2, b: 'text', c: [1] });
    is(told, 1, 'calls');
    refused('NOT_A_NUMBER', 'operation 1 of 2', () => kept.batch(() => {
      kept.at('/a').set(100);
      kept.at('/b').add(1);
    }));
    let thrown;
    try {
      kept.batch(() => {
        kept.at('/a').set(200);
        throw new Error('mine');
      });
    } catch (error) {
      thrown = error.message;
    }
    is(thrown, 'mine');
    refused('BAD_REQUEST', 'await first', () => kept.batch(async () => kept.at('/a').set(300)));
    equal(kept.value, { a: 2, b: 'text', c: [1] });
    is(told, 1, 'calls');
    kept.batch(() => {});
    is(told, 1, 'calls');
  },

  subscribersAreCalledOncePerChangeOfTheirPath() {
    const kept = store('subscribers', { a: { x: 1, y: 1 }, b: 1 });
    const calls = { root: 0, a: 0, x: 0, y: 0, b: 0 };
    kept.subscribe(() => calls.root++);
    kept.at('/a').subscribe(() => calls.a++);
    kept.at('/a/x').subscribe(() => calls.x++);
    kept.at('/a/y').subscribe(() => calls.y++);
    kept.at('/b').subscribe(() => calls.b++);
    kept.at('/a/x').set(2);
    equal(calls, { root: 1, a: 1, x: 1, y: 0, b: 0 });
    kept.at('/a').set({ x: 3, y: 3 });
    equal(calls, { root: 2, a: 2, x: 2, y: 1, b: 0 });
    for (let i = 0; i < 100; i++) kept.at('/b').add(1);
    equal(calls, { root: 102, a: 2, x: 2, y: 1, b: 100 });
  },

  nothingIsCalledAfterItsEnd() {
    const count = store('unsubscribed', { n: 0 }).at('/n');
    const calls = [];
    let stopSecond = () => {};
    const stopFirst = count.subscribe(() => {
      calls.push('first');
      stopSecond();
    });
    stopSecond = count.subscribe(() => calls.push('second'));
    count.add(1);
    equal(calls, ['first'], 'ended while being told');
    stopFirst();
    stopFirst();
    count.add(1);
    equal(calls, ['first'], 'ended');
    let late = 0;
    count.subscribe(() => late++);
    is(late, 0);
    count.add(1);
    is(late, 1, 'subscribed again');
  },

  aListenerMayWriteAndEverybodySeesTheCommitsInOrder() {
    const kept = store('writing listeners', { a: 0, doubled: 0 });
    const seen = [];
    kept.at('/a').subscribe(() => kept.at('/doubled').set(kept.at('/a').value * 2));
    kept.at('/a').subscribe(() => seen.push(`a=${kept.at('/a').value}`));
    kept.at('/doubled').subscribe(() => seen.push(`doubled=${kept.at('/doubled').value}`));
    kept.at('/a').set(4);
    equal(seen, ['a=4', 'doubled=8']);
  },

  listenersThatAnswerForeverAreStopped() {
    const count = store('loop', { n: 0 }).at('/n');
    let error;
    const stop = count.subscribe(() => {
      try {
        count.add(1);
      } catch (e) {
        error = e;
      }
    });
    count.add(1);
    stop();
    is(error instanceof StateError && error.code, 'LIMIT_EXCEEDED');
    is(count.value, 100);
  },

  oneStoresListenerMayReadAndWriteAnother() {
    const one = store('one', { n: 1 });
    const other = store('other', { copy: 0 });
    one.at('/n').subscribe(() => other.at('/copy').set(one.at('/n').value));
    one.at('/n').set(5);
    is(other.at('/copy').value, 5);
  },

  growingMemoryKeepsEverything() {
    const kept = store('growth', { small: 1 });
    const text = 'ß'.repeat(3_000_000);
    kept.at('/text').set(text);
    is(kept.at('/text').value === text, true, 'the long text');
    is(kept.at('/small').value, 1);
    kept.batch(() => {
      for (let i = 0; i < 50_000; i++) kept.at('/small').add(1);
    });
    is(kept.at('/small').value, 50_001);
  },

  randomOperationsGiveTheSameAsPlainObjects() {
    for (let seed = 1; seed <= 20; seed++) randomOperations(seed);
  },
};

/** The store's frozen view must equal a plain copy changed alongside, and share all that did not change. */
function randomOperations(seed) {
  const random = randomOf(seed);
  const kept = store(`random ${seed}`, { list: [], map: {}, n: 0 });
  const plain = { list: [], map: {}, n: 0 };
  for (let step = 0; step < 120; step++) {
    const before = kept.value;
    const beforeCopy = structuredClone(before);
    const what = [];
    kept.batch(() => {
      for (let i = random(4); i >= 0; i--) what.push(randomOperation(kept, plain, random));
    });
    const after = kept.value;
    if (text(after) !== text(plain)) {
      throw new Error(`seed ${seed}, step ${step} (${what}): expected ${show(plain)}, found ${show(after)}`);
    }
    equal(before, beforeCopy, `seed ${seed}, step ${step}: the view before`);
    for (const key of Object.keys(after)) {
      if (text(after[key]) === text(before[key])) is(after[key], before[key], `seed ${seed}, step ${step} (${what}): ${key}`);
    }
  }
}

function randomOperation(kept, plain, random) {
  const { list, map } = plain;
  const value = () => [random(100), `t${random(9)}`, { id: random(1000) }, [random(9)], null, random(2) === 0][random(6)];
  const key = `k${random(6)}`;
  const index = list.length === 0 ? 0 : random(list.length);
  const fresh = value();
  switch (random(8)) {
    case 0:
    case 1:
      kept.at('/list').insert(index, fresh);
      list.splice(index, 0, structuredClone(fresh));
      return `insert ${index}`;
    case 2:
      kept.at('/list').insert('-', fresh);
      list.push(structuredClone(fresh));
      return 'append';
    case 3: {
      if (list.length === 0) return 'nothing';
      const to = random(list.length);
      kept.at('/list').move(index, to);
      list.splice(to, 0, ...list.splice(index, 1));
      return `move ${index} ${to}`;
    }
    case 4:
      if (list.length === 0) return 'nothing';
      kept.at(`/list/${index}`).delete();
      list.splice(index, 1);
      return `delete ${index}`;
    case 5:
      kept.at(`/map/${key}`).set(fresh);
      map[key] = structuredClone(fresh);
      return `set ${key}`;
    case 6:
      if (!(key in map)) return 'nothing';
      kept.at(`/map/${key}`).delete();
      delete map[key];
      return `delete ${key}`;
    default:
      kept.at('/n').add(3);
      plain.n += 3;
      return 'add';
  }
}

/** Runs all cases; a line "ok name" or "FAIL name: reason" for each. */
export function runCases() {
  return Object.entries(cases).map(([name, work]) => {
    try {
      work();
      return `ok ${name}`;
    } catch (error) {
      return `FAIL ${name}: ${error.message}`;
    }
  });
}

/**
 * The last case of all: after a fault the engine is not asked any more, and every call says why. `runtime` is the module
 * in which the package keeps its engine.
 */
export function runBreakdown(runtime) {
  const kept = store('breakdown', { n: 1 });
  try {
    refused('ENGINE_BROKEN', 'INTERNAL', () => runtime.call(runtime.READ, 1_000_000));
    refused('ENGINE_BROKEN', 'reload the page', () => kept.at('/n').add(1));
    refused('ENGINE_BROKEN', 'INTERNAL', () => store('another'));
    return 'ok aFaultBreaksTheEngineByName';
  } catch (error) {
    return `FAIL aFaultBreaksTheEngineByName: ${error.message}`;
  }
}

/** What `auto` takes where WasmGC cannot run: the other build, with the reason. */
export function fallbackLine(started, reason) {
  return started.kind === 'js' && started.fallback?.includes(reason)
    ? 'ok autoFallsBackWithTheReason'
    : `FAIL autoFallsBackWithTheReason: expected js because of "${reason}", found ${show(started)}`;
}
