/* The two stores of this page: what is in them, and the handles that the panels share. */
import { store } from '@gaesup/state';
import initial from '../stores.json';

export interface Quake {
  readonly id: string;
  /** Milliseconds of the epoch. */
  readonly time: number;
  readonly magnitude: number;
  readonly longitude: number;
  readonly latitude: number;
  /** Kilometres. */
  readonly depth: number;
  readonly place: string;
}

export interface Person {
  /** When this tab last said that it is there, milliseconds of the epoch. */
  readonly at: number;
  readonly hue: number;
  /** Where it points on the map, in degrees; absent while it does not. */
  readonly pointer?: { readonly longitude: number; readonly latitude: number };
}

export interface Form {
  readonly name: string;
  readonly note: string;
  readonly colour: string;
  /** Which framework wrote last. */
  readonly by: string;
}

export interface Demo {
  readonly total: number;
  /** How many quakes there were by magnitude: below 1, from 1, … from 6. */
  readonly magnitudes: readonly number[];
  /** The newest last. */
  readonly quakes: readonly Quake[];
  readonly count: number;
  readonly form: Form;
  readonly selected: string;
  readonly people: { readonly [tab: string]: Person };
}

export interface Hour {
  readonly flights: number;
  readonly late: number;
}

export interface Flights {
  readonly total: number;
  readonly late: number;
  readonly hours: readonly Hour[];
  /** How many flights by delay: see {@link DELAY_LABELS}. */
  readonly delays: readonly number[];
  readonly last: { readonly time: number; readonly delay: number; readonly origin: string; readonly destination: string };
}

export const demo = store<Demo>('demo', initial.demo as unknown as Demo);
export const flights = store<Flights>('flights', initial.flights as Flights);

export const quakes = demo.at('/quakes');
export const total = demo.at('/total');
export const count = demo.at('/count');
export const form = demo.at('/form');
export const selected = demo.at('/selected');
export const people = demo.at('/people');
export const hours = flights.at('/hours');
export const delays = flights.at('/delays');
export const flightsTotal = flights.at('/total');
export const lastFlight = flights.at('/last');

/** In minutes. */
export const DELAY_LABELS = ['early', '−30', '−15', '0', '15', '30', '45', '60', '75', '90', '105+'];
/** The first bin of {@link Flights.delays} that counts as late. */
export const LATE_BIN = 4;

export const COLOURS = ['coral', 'amber', 'teal', 'blue', 'violet', 'pink'] as const;

/** Writes one field of the form and who did it, as one batch: whoever looks sees both or none. */
export function edit(field: 'name' | 'note' | 'colour', text: string, by: string): void {
  demo.batch(() => {
    demo.at(`/form/${field}`).set(text);
    demo.at('/form/by').set(by);
  });
}
