/* The head of the page, in plain JavaScript: no framework is needed to follow a store. */
import { duration, number } from './format.js';
import type { Live } from './live.js';
import { me } from './people.js';
import { demo, form, people } from './stores.js';

const FIGURES_EVERY_MILLIS = 250;

export function showHead(live: Live): void {
  live.connection.subscribe(() => showState(live));
  addEventListener('online', () => showState(live));
  addEventListener('offline', () => showState(live));
  showState(live);
  form.subscribe(showColour);
  showColour();
  people.subscribe(showPeople);
  showPeople();
  setInterval(() => showFigures(live), FIGURES_EVERY_MILLIS);
}

function showState(live: Live): void {
  const element = find('state');
  element.dataset.state = live.state;
  element.lastElementChild!.textContent = live.state;
}

function showFigures(live: Live): void {
  const roundTrip = live.roundTrip;
  put('latency', roundTrip === undefined ? '–' : duration(roundTrip));
  put('rate', number(live.rates.at(-1) ?? 0));
  put('pending', number(live.connection.pending));
  put('revision', number(demo.revision));
  find('spark').firstElementChild!.setAttribute('points', line(live.rates));
}

/** The rates as points of a line in a box of 60 by 20, the newest at the right edge. */
function line(rates: readonly number[]): string {
  const most = Math.max(1, ...rates);
  const step = 60 / Math.max(1, rates.length - 1);
  return rates.map((rate, at) => `${(at * step).toFixed(1)},${(19 - (18 * rate) / most).toFixed(1)}`).join(' ');
}

/** The shared colour is the accent of everything. */
function showColour(): void {
  document.documentElement.dataset.accent = form.value.colour;
}

function showPeople(): void {
  const dots = Object.entries(people.value).map(([tab, person]) => {
    const dot = document.createElement('i');
    dot.style.background = `hsl(${person.hue} 70% 55%)`;
    if (tab === me) dot.title = 'this tab';
    return dot;
  });
  const count = document.createElement('b');
  count.textContent = String(Math.max(1, dots.length));
  find('tabs').replaceChildren(count, ...dots.slice(0, 6));
}

function put(id: string, text: string): void {
  const element = find(id);
  if (element.textContent !== text) element.textContent = text;
}

function find(id: string): HTMLElement {
  return document.getElementById(id)!;
}
