import * as commands from './commands.js';
import { StateError } from './errors.js';
import { checkRounds, listen, tell, unlisten } from './listeners.js';
import { Encoder } from './messagepack.js';
import { read } from './reading.js';
import { APPLY, OPEN, PATH, REVISION, SUBSCRIBE, call, memory, putText } from './runtime.js';
import type { At, Row, Value } from './values.js';

const stores = new Map<string, Store<any>>();

/**
 * The store of that name on this page, made with `initial` (an empty map unless given) if there is none yet.
 *
 * Every framework and every script on the page that asks for the name gets the same one. Needs a started engine.
 */
export function store<T = any>(name: string, initial?: T): Store<T> {
  let found = stores.get(name);
  if (found === undefined) stores.set(name, (found = new Store<T>(name, open(name, initial))));
  return found;
}

function open(name: string, initial: unknown): number {
  const nameBytes = putText(name, 'the name');
  const encoder = new Encoder(memory);
  const valueAt = (encoder.at = (nameBytes + 7) & ~7);
  if (initial !== undefined) encoder.write(initial, '');
  return call(OPEN, nameBytes, valueAt, encoder.at - valueAt);
}

/** A named tree of values: read by handles, changed by operations, told of by subscriptions. */
export class Store<T = any> {
  readonly name: string;
  /** @internal */
  readonly id: number;
  /** Grows with everything that may have changed what the store shows. @internal */
  version = 0;
  /** Called after each write, while the store is connected. @internal */
  written: (() => void) | undefined;

  readonly #handles = new Map<string, Handle<any>>();
  readonly #single = new commands.Commands(memory);
  #batch: { commands: commands.Commands; own: commands.OwnMemory } | undefined;

  /** @internal */
  constructor(name: string, id: number) {
    this.name = name;
    this.id = id;
  }

  /** The whole store, frozen; the same object until something changes. */
  get value(): T {
    return this.at('').value as T;
  }

  /** How many batches made the store what it is; while it is connected, those the server has confirmed. */
  get revision(): number {
    call(REVISION, this.id);
    return memory.view.getFloat64(0, true);
  }

  /** The handle of a path, a JSON Pointer such as `/cart/items/3`; the same object for the same path. */
  at<P extends string>(path: P): Handle<At<T, P>>;
  at<V>(path: string): Handle<V>;
  at(path: string): Handle<any> {
    let handle = this.#handles.get(path);
    if (handle === undefined) {
      handle = new Handle(this, path, call(PATH, this.id, putText(path, 'the path')));
      this.#handles.set(path, handle);
    }
    return handle;
  }

  /**
   * Runs `work` and applies the operations it makes on this store as one: all or nothing, listeners told once.
   *
   * Reads inside see the store as it was before. If `work` throws, nothing is applied. A batch within a batch joins it.
   */
  batch<R>(work: () => R): R {
    if (this.#batch !== undefined) return work();
    const own = new commands.OwnMemory();
    this.#batch = { commands: new commands.Commands(own), own };
    let result: R;
    let length: number;
    try {
      result = work();
      length = this.#batch.commands.length;
    } finally {
      this.#batch = undefined;
    }
    if (result instanceof Promise) {
      throw new StateError('BAD_REQUEST', `a batch of store '${this.name}' is not done when its function returns; ` +
        'await first, then batch');
    }
    if (length > 0) {
      memory.room(length);
      memory.bytes.set(own.bytes.subarray(0, length));
      this.#apply(length);
    }
    return result;
  }

  /** Calls `listener` after each commit that changes the store; returns the way to end that. */
  readonly subscribe = (listener: () => void): (() => void) => this.at('').subscribe(listener);

  /** Writes one operation: to the open batch, or at once. @internal */
  write(operation: (to: commands.Commands) => void): void {
    if (this.#batch !== undefined) return operation(this.#batch.commands);
    const single = this.#single;
    single.length = 0;
    operation(single);
    this.#apply(single.length);
  }

  #apply(length: number): void {
    checkRounds();
    const fired = call(APPLY, this.id, length);
    this.version++;
    this.written?.();
    if (fired > 0) tell(fired);
  }
}

/** One path of one store. */
export class Handle<T = unknown> {
  readonly store: Store<any>;
  readonly path: string;

  readonly #id: number;
  readonly #listeners = new Set<() => void>();
  #subscription = 0;
  #value: Value | undefined;
  #version = -1;

  /** @internal */
  constructor(store: Store<any>, path: string, id: number) {
    this.store = store;
    this.path = path;
    this.#id = id;
  }

  /**
   * What is there now; `undefined` where nothing is.
   *
   * Lists and maps come frozen, and whatever did not change since the last read is the same object as then.
   */
  get value(): T {
    if (this.#version !== this.store.version) {
      this.#value = read(this.#id, this.#value);
      this.#version = this.store.version;
    }
    return this.#value as T;
  }

  /** {@link value} as a function that needs no `this`. */
  readonly read = (): T => this.value;

  /** Puts a value there: a map entry, new or not, an element the list has, or the whole store. */
  set(value: T): void {
    this.store.write((to) => to.value(commands.SET, this.#id, value, this.path));
  }

  /** Adds to the number there; a missing map entry counts as 0. */
  add(by: number | bigint = 1): void {
    if (typeof by !== 'number' && typeof by !== 'bigint') {
      throw new StateError('NOT_A_NUMBER', `add at ${this.path}: expected a number or bigint, found ${typeof by}`);
    }
    this.store.write((to) => to.value(commands.ADD, this.#id, by, this.path));
  }

  /** Removes what is there. */
  delete(): void {
    this.store.write((to) => to.plain(commands.DELETE, this.#id));
  }

  /** Merges as JSON Merge Patch does (RFC 7396): entries one by one, `null` removes. */
  merge(value: unknown): void {
    this.store.write((to) => to.value(commands.MERGE, this.#id, value, this.path));
  }

  /** Inserts a row into the list there, before `index`; `'-'` is the end. */
  insert(index: number | '-', value: Row<NonNullable<T>>): void {
    const at = index === '-' ? commands.END : this.#index('insert', index);
    this.store.write((to) => to.value(commands.INSERT, this.#id, value, `${this.path}/${index}`, at));
  }

  /** Takes the row at `from` out of the list there and puts it back at `to`, counted without it. */
  move(from: number, to: number): void {
    this.#index('move', from);
    this.#index('move', to);
    this.store.write((commands_) => commands_.plain(commands.MOVE, this.#id, from, to));
  }

  /** Fails the batch unless this value is there; without a value, unless anything is. */
  test(value?: unknown): void {
    if (value === undefined) this.store.write((to) => to.plain(commands.TEST, this.#id));
    else this.store.write((to) => to.value(commands.TEST, this.#id, value, this.path));
  }

  /** Calls `listener` after each commit that changes what is there; returns the way to end that. */
  readonly subscribe = (listener: () => void): (() => void) => {
    // An own function each time, so that one listener given twice is two subscriptions.
    const entry = (): void => listener();
    if (this.#listeners.size === 0) {
      this.#subscription = call(SUBSCRIBE, this.#id);
      listen(this.#subscription, this.#listeners);
    }
    this.#listeners.add(entry);
    return () => {
      if (this.#listeners.delete(entry) && this.#listeners.size === 0) unlisten(this.#id, this.#subscription);
    };
  };

  #index(what: string, index: number): number {
    if (Number.isInteger(index) && index >= 0 && index < 2 ** 31) return index;
    throw new StateError('INDEX_OUT_OF_RANGE', `${what} at ${this.path}: ${String(index)} is no position in a list`);
  }
}
