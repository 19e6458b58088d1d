/* Who is told after a commit. The engine says which subscriptions fired; calling back is JavaScript's own business. */
import { StateError, report } from './errors.js';
import { UNSUBSCRIBE, call, memory } from './runtime.js';

/** How often listeners may answer a commit with another commit before that is called a loop. */
export const LISTENER_ROUNDS_MAX = 100;

type Listener = () => void;

const watched = new Map<number, Set<Listener>>();
const waiting: number[] = [];
let round = 0;

/** Calls the listener after each commit that touched what the subscription is for; returns the way to end that. */
export function listen(subscription: number, listeners: Set<Listener>): void {
  watched.set(subscription, listeners);
}

export function unlisten(handle: number, subscription: number): void {
  watched.delete(subscription);
  call(UNSUBSCRIBE, handle, subscription);
}

/** Refuses a write that listeners of listeners have caused too often. */
export function checkRounds(): void {
  if (round >= LISTENER_ROUNDS_MAX) {
    throw new StateError('LIMIT_EXCEEDED', `listeners answered a commit with another one ${round} times in a row`);
  }
}

/**
 * Tells the listeners of the `count` subscriptions the engine has left at the front of the memory.
 *
 * The ids are copied out first, because a listener may write and so overwrite them. What listeners write is told when
 * they are all done, so that every listener sees the commits in their order.
 */
export function tell(count: number): void {
  for (let i = 0; i < count; i++) waiting.push(memory.view.getInt32(i * 4, true));
  if (round > 0) return;
  try {
    while (waiting.length > 0) {
      round++;
      for (const id of waiting.splice(0)) tellOne(watched.get(id));
    }
  } finally {
    round = 0;
  }
}

function tellOne(listeners: Set<Listener> | undefined): void {
  if (listeners === undefined) return;
  for (const listener of [...listeners]) {
    if (!listeners.has(listener)) continue;
    try {
      listener();
    } catch (error) {
      report(error);
    }
  }
}
