/* Draws earthquakes on a map of the world: where, how strong (size) and how long ago (colour). No framework in here. */
import land from 'gaesup-demo:land';
import type { Person, Quake } from './stores.js';

/** The map's left edge: in the Atlantic, so that the Pacific and its ring of fire are in one piece. */
const WEST = -30;
/** The middle of the picture, in {@link mercator} units: there is more to see in the north. */
const MIDDLE = 27;
/** Mercator's poles are infinitely far away. */
const LATITUDE_MAX = 85;

const LEGEND_MAGNITUDES = [2, 4, 6];

/** How many of the newest quakes are coloured; older ones fade. */
const FRESH = 240;
const PULSE_MILLIS = 1600;
/** How many quakes of one change pulse: after a long absence a thousand rings would say nothing. */
const PULSES_MAX = 60;
const NEAR_PIXELS = 14;

export interface Scene {
  readonly quakes: readonly Quake[];
  readonly selected: string;
  readonly colour: string;
  readonly people: readonly Person[];
}

interface Palette {
  readonly ocean: string;
  readonly land: string;
  readonly old: string;
  readonly ink: string;
  readonly accent: string;
}

export class QuakeMap {
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  readonly #calm = matchMedia('(prefers-reduced-motion: reduce)');
  readonly #dark = matchMedia('(prefers-color-scheme: dark)');
  readonly #born = new Map<string, number>();
  readonly #resized: ResizeObserver;
  #land: HTMLCanvasElement | undefined;
  #scene: Scene = { quakes: [], selected: '', colour: '', people: [] };
  #palette: Palette | undefined;
  #frame = 0;

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
    this.#context = canvas.getContext('2d')!;
    this.#resized = new ResizeObserver(() => this.#relayout());
    this.#resized.observe(canvas);
    this.#dark.addEventListener('change', this.#relayout);
  }

  close(): void {
    this.#resized.disconnect();
    this.#dark.removeEventListener('change', this.#relayout);
    cancelAnimationFrame(this.#frame);
  }

  /** Shows that from the next frame on; quakes that were not there before pulse once. */
  show(scene: Scene): void {
    if (scene.quakes !== this.#scene.quakes) this.#welcome(scene.quakes);
    if (scene.colour !== this.#scene.colour) this.#palette = undefined;
    this.#scene = scene;
    this.#request();
  }

  /** The quake that is drawn near that point of the canvas, the strongest of several. */
  find(x: number, y: number): Quake | undefined {
    let found: Quake | undefined;
    for (const quake of this.#scene.quakes) {
      const far = Math.hypot(this.#x(quake.longitude) - x, this.#y(quake.latitude) - y);
      if (far < Math.max(NEAR_PIXELS, this.#radius(quake.magnitude)) && quake.magnitude > (found?.magnitude ?? -9)) {
        found = quake;
      }
    }
    return found;
  }

  /** The place on earth at that point of the canvas. */
  place(x: number, y: number): { longitude: number; latitude: number } {
    const scale = 360 / this.#canvas.clientWidth;
    const longitude = WEST + x * scale;
    const up = MIDDLE - (y - this.#canvas.clientHeight / 2) * scale;
    return {
      longitude: longitude > 180 ? longitude - 360 : longitude,
      latitude: (2 * Math.atan(Math.exp((up * Math.PI) / 180)) * 180) / Math.PI - 90,
    };
  }

  #welcome(quakes: readonly Quake[]): void {
    const before = this.#scene.quakes.at(-1)?.id;
    if (before === undefined || this.#calm.matches) return;
    const now = performance.now();
    const oldest = Math.max(0, quakes.length - PULSES_MAX);
    for (let i = quakes.length - 1; i >= oldest && quakes[i]!.id !== before; i--) this.#born.set(quakes[i]!.id, now);
  }

  readonly #relayout = (): void => {
    const ratio = devicePixelRatio;
    this.#canvas.width = Math.round(this.#canvas.clientWidth * ratio);
    this.#canvas.height = Math.round(this.#canvas.clientHeight * ratio);
    this.#land = undefined;
    this.#palette = undefined;
    this.#request();
  };

  #request(): void {
    if (this.#frame === 0) this.#frame = requestAnimationFrame(this.#draw);
  }

  readonly #draw = (now: number): void => {
    this.#frame = 0;
    if (this.#canvas.width === 0) return;
    const palette = (this.#palette ??= this.#readPalette());
    const context = this.#context;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.drawImage((this.#land ??= this.#drawLand(palette)), 0, 0);
    context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    this.#drawLegend(palette);
    this.#drawQuakes(palette);
    this.#drawPulses(palette, now);
    this.#drawSelected(palette);
    this.#drawPeople(palette);
    if (this.#born.size > 0) this.#request();
  };

  #drawQuakes(palette: Palette): void {
    const context = this.#context;
    const { quakes } = this.#scene;
    const fresh = Math.max(0, quakes.length - FRESH);
    context.fillStyle = palette.old;
    for (let i = 0; i < quakes.length; i++) {
      const quake = quakes[i]!;
      if (i >= fresh) context.fillStyle = palette.accent;
      context.globalAlpha = i >= fresh ? 0.35 + (0.55 * (i - fresh)) / FRESH : 0.4;
      this.#disc(quake, this.#radius(quake.magnitude));
      context.fill();
    }
    context.globalAlpha = 1;
  }

  #drawPulses(palette: Palette, now: number): void {
    const context = this.#context;
    if (this.#born.size === 0) return;
    context.strokeStyle = palette.accent;
    for (const quake of this.#scene.quakes.slice(-this.#born.size)) {
      const age = (now - (this.#born.get(quake.id) ?? 0)) / PULSE_MILLIS;
      if (age > 1) continue;
      const ease = 1 - (1 - Math.max(0, age)) ** 3;
      context.globalAlpha = 1 - ease;
      context.lineWidth = 1.5;
      this.#disc(quake, this.#radius(quake.magnitude) + ease * (10 + 4 * Math.max(0, quake.magnitude)));
      context.stroke();
    }
    context.globalAlpha = 1;
    for (const [id, born] of this.#born) if (now - born > PULSE_MILLIS) this.#born.delete(id);
  }

  #drawSelected(palette: Palette): void {
    const quake = this.#scene.selected && this.#scene.quakes.find((each) => each.id === this.#scene.selected);
    if (!quake) return;
    const context = this.#context;
    context.strokeStyle = palette.ink;
    context.lineWidth = 2;
    this.#disc(quake, this.#radius(quake.magnitude) + 5);
    context.stroke();
  }

  #drawPeople(palette: Palette): void {
    const context = this.#context;
    for (const person of this.#scene.people) {
      if (person.pointer === undefined) continue;
      const x = this.#x(person.pointer.longitude);
      const y = this.#y(person.pointer.latitude);
      context.beginPath();
      context.moveTo(x, y);
      context.lineTo(x + 11, y + 10.5);
      context.lineTo(x + 5, y + 11);
      context.lineTo(x, y + 15.5);
      context.closePath();
      context.fillStyle = `hsl(${person.hue} 70% 55%)`;
      context.strokeStyle = palette.ocean;
      context.lineWidth = 1.5;
      context.fill();
      context.stroke();
    }
  }

  /** Three sizes and what they mean, in a corner that has only water. */
  #drawLegend(palette: Palette): void {
    const context = this.#context;
    const bottom = this.#canvas.clientHeight - 12;
    context.font = `11px ${getComputedStyle(this.#canvas).fontFamily}`;
    context.textBaseline = 'middle';
    context.globalAlpha = 0.75;
    context.fillStyle = palette.ink;
    context.fillText('Magnitude', 12, bottom - 3.5);
    let left = 20 + context.measureText('Magnitude').width;
    for (const magnitude of LEGEND_MAGNITUDES) {
      const radius = this.#radius(magnitude);
      context.beginPath();
      context.arc(left + radius, bottom - 4, radius, 0, 2 * Math.PI);
      context.globalAlpha = 0.5;
      context.fillStyle = palette.old;
      context.fill();
      context.globalAlpha = 0.75;
      context.fillStyle = palette.ink;
      context.fillText(String(magnitude), left + 2 * radius + 4, bottom - 3.5);
      left += 2 * radius + 20;
    }
    context.globalAlpha = 1;
  }

  #disc(quake: Quake, radius: number): void {
    this.#context.beginPath();
    this.#context.arc(this.#x(quake.longitude), this.#y(quake.latitude), radius, 0, 2 * Math.PI);
  }

  #radius(magnitude: number): number {
    return Math.max(1.1, 0.85 * 1.55 ** magnitude) * Math.max(0.75, this.#canvas.clientWidth / 640);
  }

  #x(longitude: number): number {
    return (((longitude - WEST + 360) % 360) / 360) * this.#canvas.clientWidth;
  }

  #y(latitude: number): number {
    return this.#canvas.clientHeight / 2 - ((mercator(latitude) - MIDDLE) * this.#canvas.clientWidth) / 360;
  }

  /** The continents do not change: they are drawn once per size and palette. */
  #drawLand(palette: Palette): HTMLCanvasElement {
    const picture = document.createElement('canvas');
    picture.width = this.#canvas.width;
    picture.height = this.#canvas.height;
    const context = picture.getContext('2d')!;
    context.fillStyle = palette.ocean;
    context.fillRect(0, 0, picture.width, picture.height);
    context.fillStyle = context.strokeStyle = palette.land;
    context.translate(0, picture.height / 2);
    context.scale(picture.width / 360, picture.width / 360);
    context.lineWidth = 0.25;
    // Twice, a world apart: what lies across the left edge comes in again at the right one.
    for (const world of [0, 360]) {
      context.beginPath();
      for (const ring of land) {
        for (let i = 0; i < ring.length; i += 2) {
          const x = ring[i]! / 10 - WEST + world;
          const y = MIDDLE - mercator(ring[i + 1]! / 10);
          if (i === 0) context.moveTo(x, y);
          else context.lineTo(x, y);
        }
        context.closePath();
      }
      context.fill('evenodd');
      context.stroke();
    }
    return picture;
  }

  #readPalette(): Palette {
    const style = getComputedStyle(this.#canvas);
    const read = (name: string): string => style.getPropertyValue(name).trim();
    return {
      ocean: read('--ocean'), land: read('--land'), old: read('--quake-old'), ink: read('--ink'), accent: read('--accent'),
    };
  }
}

/** How far north a latitude is drawn, in degrees of longitude. */
function mercator(latitude: number): number {
  const radians = (Math.max(-LATITUDE_MAX, Math.min(LATITUDE_MAX, latitude)) * Math.PI) / 180;
  return (Math.log(Math.tan(Math.PI / 4 + radians / 2)) * 180) / Math.PI;
}
