/* How the connection is doing: what the head of the page shows, measured by this tab alone. */
import { type Connection, type Status, connect } from '@gaesup/state';
import { demo, flights } from './stores.js';

/** Round trips of which the median is taken. */
const ROUND_TRIPS_KEPT = 30;
/** Seconds that the little line shows. */
const SECONDS_KEPT = 60;

export type State = 'starting' | 'live' | 'reconnecting' | 'offline';

export class Live {
  readonly connection: Connection;
  /** Operations per second, the newest last. */
  readonly rates: number[] = [];
  readonly #roundTrips: number[] = [];
  #waitingSince = 0;
  #counted = 0;
  #countedAt = performance.now();

  constructor(onError: (error: Error) => void) {
    this.connection = connect(new URL('/gaesup/sync', location.href).href, { stores: [demo, flights], onError });
    this.connection.subscribe(() => this.#follow());
    setInterval(() => this.#count(), 1000);
  }

  get state(): State {
    const status: Status = this.connection.status;
    if (status === 'live') return 'live';
    if (!navigator.onLine) return 'offline';
    return status === 'connecting' ? 'starting' : 'reconnecting';
  }

  /** The median of the last round trips in milliseconds: from an edit here until the server has all of it on disk. */
  get roundTrip(): number | undefined {
    return this.#roundTrips.toSorted((a, b) => a - b)[this.#roundTrips.length >> 1];
  }

  #follow(): void {
    const now = performance.now();
    if (this.connection.status !== 'live') this.#waitingSince = 0;
    else if (this.connection.pending > 0) this.#waitingSince ||= now;
    else if (this.#waitingSince > 0) {
      this.#roundTrips.push(now - this.#waitingSince);
      if (this.#roundTrips.length > ROUND_TRIPS_KEPT) this.#roundTrips.shift();
      this.#waitingSince = 0;
    }
  }

  #count(): void {
    const now = performance.now();
    const received = this.connection.operations;
    this.rates.push(((received - this.#counted) * 1000) / (now - this.#countedAt));
    if (this.rates.length > SECONDS_KEPT) this.rates.shift();
    this.#counted = received;
    this.#countedAt = now;
  }
}
