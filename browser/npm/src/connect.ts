import { delayMillis } from './backoff.js';
import { StateError, report } from './errors.js';
import { tell } from './listeners.js';
import { Decoder } from './messagepack.js';
import {
  ASK, ATTACH, CLOSE, EVENT, LINK, LOST, NEXT, OPENED, PING, RECEIVED, STATUS, call, memory, putText,
} from './runtime.js';
import { Store, store } from './store.js';

/** Where the server listens if the address names no path. */
const PATH = '/gaesup/sync';
/** Nothing heard for so long: ask. Nothing after as long again: the connection is dead, whatever the socket says. */
const SILENCE_MILLIS = 15_000;
/** How a server closes that was sent more in one message than it takes. */
const TOO_LONG = 1009;
/** Nobody has the store now; somebody may make it. */
const MAY_COME_LATER = ['UNKNOWN_STORE', 'CLOSED'];

/** `connecting` for the first time, `live`, `offline` and trying again, or `closed` for good. */
export type Status = 'connecting' | 'live' | 'offline' | 'closed';

export interface ConnectOptions {
  /** What to share: stores of this page, or their names. */
  stores: readonly (string | Store<any>)[];
  /**
   * Told what the server refused (the batch is gone from the view then) and what went wrong on the way. Without it such
   * errors go to the page's own error handling.
   */
  onError?: (error: StateError, store: string) => void;
  /** Another WebSocket than the global one, for hosts that have none. */
  webSocket?: typeof WebSocket;
}

/**
 * Shares stores with a server: they show what it confirmed with the page's own changes on top, and follow each other
 * live. Reconnects by itself; what was not confirmed is sent again and applies once.
 *
 * A store the server does not have is made there from the initial value it was made with here; otherwise what the
 * server has replaces what was here. `url` may be `ws:`, `http:`, or relative to the page.
 */
export function connect(url: string, options: ConnectOptions): Connection {
  return new Connection(url, options);
}

export class Connection {
  /** Done when all stores have heard from the server for the first time, or not at all if that never happens. */
  readonly ready: Promise<void>;

  readonly #url: string;
  readonly #id: number;
  readonly #stores: Store<any>[];
  readonly #onError: ((error: StateError, store: string) => void) | undefined;
  readonly #webSocket: typeof WebSocket;
  readonly #listeners = new Set<() => void>();
  #becomeReady: () => void = () => {};
  #status: Status = 'connecting';
  #pending = 0;
  #operations = 0;
  #socket: WebSocket | undefined;
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #heard = false;
  #asked = false;
  #flushing = false;
  #missing = 0;
  /** Stores whose absence was reported. */
  readonly #reported = new Set<string>();
  #missingTimer: ReturnType<typeof setTimeout> | undefined;

  /** @internal */
  constructor(url: string, options: ConnectOptions) {
    this.#url = addressOf(url);
    this.#onError = options.onError;
    this.#webSocket = options.webSocket ?? globalThis.WebSocket;
    if (this.#webSocket === undefined) {
      throw new StateError('ENGINE_UNAVAILABLE', 'this host has no WebSocket; give one as the option webSocket');
    }
    this.#stores = options.stores.map((each) => (typeof each === 'string' ? store(each) : each));
    this.#id = call(LINK, putText(randomId(), 'the client id'));
    for (const each of this.#stores) {
      call(ATTACH, this.#id, each.id);
      each.written = this.#written;
    }
    this.ready = new Promise((resolve) => (this.#becomeReady = resolve));
    globalThis.addEventListener?.('online', this.#online);
    globalThis.addEventListener?.('offline', this.#offline);
    this.#open();
  }

  get status(): Status {
    return this.#status;
  }

  /** How many of the page's own changes the server has not confirmed yet. */
  get pending(): number {
    return this.#pending;
  }

  /** How many operations have come from the server so far, the page's own confirmed ones included. */
  get operations(): number {
    return this.#operations;
  }

  /** Calls `listener` whenever {@link status} or {@link pending} changes; returns the way to end that. */
  readonly subscribe = (listener: () => void): (() => void) => {
    const entry = (): void => listener();
    this.#listeners.add(entry);
    return () => this.#listeners.delete(entry);
  };

  /** Ends it: the stores go on alone with what they show. What is not confirmed by now may or may not be applied. */
  close(): void {
    if (this.#status === 'closed') return;
    call(CLOSE, this.#id);
    this.#end(0);
  }

  /** Nothing opens a socket or hears of one after this. */
  #end(pending: number): void {
    globalThis.removeEventListener?.('online', this.#online);
    globalThis.removeEventListener?.('offline', this.#offline);
    clearTimeout(this.#timer);
    this.#drop();
    for (const each of this.#stores) each.written = undefined;
    this.#set('closed', pending);
  }

  #open(): void {
    const socket = new this.#webSocket(this.#url);
    socket.binaryType = 'arraybuffer';
    this.#socket = socket;
    socket.onopen = () => this.#guard(() => this.#opened());
    socket.onmessage = (event) => this.#guard(() => this.#received(event.data as ArrayBuffer | string));
    socket.onclose = (event) => this.#guard(() => {
      if (event.code === TOO_LONG) {
        this.#fail(new StateError('LIMIT_EXCEEDED', 'a message was longer than the server takes'), '');
      }
      this.#lost();
    });
  }

  #opened(): void {
    this.#heard = this.#asked = false;
    call(OPENED, this.#id);
    this.#flush();
    this.#listen();
  }

  /** A broken engine ends the connection for good: it must not confirm or send anything any more. */
  #guard(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#end(this.#pending);
      this.#fail(error instanceof StateError ? error : new StateError('INTERNAL', String(error), { cause: error }), '');
    }
  }

  #received(data: ArrayBuffer | string): void {
    this.#heard = true;
    this.#asked = false;
    if (typeof data === 'string') return this.#fail(new StateError('MALFORMED', 'the server sent text'), '');
    const bytes = new Uint8Array(data);
    memory.room(bytes.length);
    memory.bytes.set(bytes);
    const fired = call(RECEIVED, this.#id, bytes.length);
    for (const each of this.#stores) each.version++;
    tell(fired);
    this.#events();
    this.#flush();
  }

  /** Own changes of one turn of the event loop leave together. */
  readonly #written = (): void => {
    if (this.#flushing) return;
    this.#flushing = true;
    queueMicrotask(() => {
      this.#flushing = false;
      if (this.#status !== 'closed') this.#guard(() => this.#flush());
    });
  };

  #flush(): void {
    if (this.#socket?.readyState === 1) {
      for (let length = call(NEXT, this.#id); length > 0; length = call(NEXT, this.#id)) {
        this.#socket.send(memory.bytes.slice(0, length));
      }
    }
    const waiting = call(STATUS, this.#id);
    const pending = memory.view.getFloat64(0, true);
    this.#operations = memory.view.getFloat64(8, true);
    const live = waiting === 0 && this.#socket?.readyState === 1;
    if (live) {
      this.#failures = this.#missing = 0;
      this.#reported.clear();
      this.#becomeReady();
    }
    this.#set(live ? 'live' : this.#status === 'live' ? 'offline' : this.#status, pending);
  }

  /** Errors about a store leave the connection alone; one about the connection ends this socket. */
  #events(): void {
    while (call(EVENT, this.#id) > 0) {
      const decoder = new Decoder(memory, 0);
      const [where, code, message] = [decoder.read(), decoder.read(), decoder.read()] as [string, string, string];
      const wait = where !== '' && MAY_COME_LATER.includes(code);
      if (!wait || !this.#reported.has(where)) this.#fail(new StateError(code, message), where);
      if (wait) this.#reported.add(where);
      if (wait) this.#askLater();
    }
  }

  /** Reported once, asked for again and again. */
  #askLater(): void {
    clearTimeout(this.#missingTimer);
    this.#missingTimer = setTimeout(() => this.#guard(() => {
      call(ASK, this.#id);
      this.#flush();
    }), delayMillis(this.#missing++, Math.random()));
  }

  #fail(error: StateError, where: string): void {
    if (where === '') this.#socket?.close();
    try {
      if (this.#onError !== undefined) this.#onError(error, where);
      else report(error);
    } catch (thrown) {
      report(thrown);
    }
  }

  #lost(): void {
    this.#drop();
    call(LOST, this.#id);
    this.#set(this.#status === 'connecting' ? 'connecting' : 'offline', this.#pending);
    this.#timer = setTimeout(() => this.#guard(() => this.#open()), delayMillis(this.#failures++, Math.random()));
  }

  /** Lets go of the socket without hearing of it again. */
  #drop(): void {
    const socket = this.#socket;
    this.#socket = undefined;
    clearTimeout(this.#timer);
    clearTimeout(this.#missingTimer);
    if (socket === undefined) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    if (socket.readyState < 2) socket.close();
  }

  /** Asks when it has been silent, and gives up when there is no answer: a cable pulled closes no socket. */
  #listen(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#guard(() => {
      if (this.#asked) return this.#lost();
      if (!this.#heard) {
        this.#asked = true;
        call(PING, this.#id);
        this.#flush();
      }
      this.#heard = false;
      this.#listen();
    }), SILENCE_MILLIS);
  }

  readonly #online = (): void => {
    if (this.#socket === undefined) {
      clearTimeout(this.#timer);
      this.#failures = 0;
      this.#guard(() => this.#open());
    }
  };

  readonly #offline = (): void => {
    if (this.#socket !== undefined) this.#guard(() => this.#lost());
  };

  #set(status: Status, pending: number): void {
    if (status === this.#status && pending === this.#pending) return;
    this.#status = status;
    this.#pending = pending;
    for (const listener of [...this.#listeners]) {
      if (!this.#listeners.has(listener)) continue;
      try {
        listener();
      } catch (error) {
        report(error);
      }
    }
  }
}

function addressOf(url: string): string {
  const address = new URL(url, globalThis.location?.href);
  if (address.protocol === 'http:') address.protocol = 'ws:';
  if (address.protocol === 'https:') address.protocol = 'wss:';
  if (address.protocol !== 'ws:' && address.protocol !== 'wss:') {
    throw new StateError('BAD_REQUEST', `cannot connect to ${url}: expected a ws:, wss:, http: or https: address`);
  }
  if (address.pathname === '/') address.pathname = PATH;
  address.hash = '';
  return address.href;
}

/** 128 random bits; `crypto.randomUUID` exists only on secure pages. */
function randomId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
