/* Who else looks at this page: each tab keeps an entry in the shared store fresh, and all forget those that do not. */
import type { Connection } from '@gaesup/state';
import { type Person, demo, people } from './stores.js';

const BEAT_MILLIS = 2000;
const GONE_MILLIS = 12_000;
const POINT_EVERY_MILLIS = 60;

export const me = crypto.randomUUID().slice(0, 8);
const hue = Number.parseInt(me.slice(0, 4), 16) % 360;

type Place = { longitude: number; latitude: number };

let connection: Connection | undefined;
let pointer: Place | undefined;
let pointTimer = 0;

/** Says every two seconds that this tab is there, as long as there is somebody to hear it. */
export function arrive(to: Connection): void {
  connection = to;
  to.ready.then(beat);
  setInterval(beat, BEAT_MILLIS);
  addEventListener('pagehide', () => people.value[me] !== undefined && demo.at(`/people/${me}`).delete());
  addEventListener('pageshow', beat);
}

/** Where the mouse is on the map; the others see it there. */
export function point(place: Place | undefined): void {
  pointer = place;
  if (pointTimer === 0) {
    pointTimer = window.setTimeout(() => {
      pointTimer = 0;
      beat();
    }, POINT_EVERY_MILLIS);
  }
}

/** Everyone but this tab. */
export function others(everyone: Readonly<Record<string, Person>>): readonly Person[] {
  return Object.entries(everyone).filter(([tab]) => tab !== me).map(([, person]) => person);
}

function beat(): void {
  if (connection?.status !== 'live') return;
  const now = Date.now();
  demo.batch(() => {
    for (const [tab, person] of Object.entries(people.value)) {
      if (now - person.at > GONE_MILLIS) demo.at(`/people/${tab}`).delete();
    }
    demo.at<Person>(`/people/${me}`).set(pointer === undefined ? { at: now, hue } : { at: now, hue, pointer });
  });
}
