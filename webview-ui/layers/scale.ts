/**
 * From a number to its colour. Sizes lie on a logarithmic scale, shares on a plain one, means on one with zero in its middle.
 * Both ramps change in lightness all the way, so that they can be read without telling colours apart.
 */
import type { Measure } from './heat.ts';

export type Rgb = readonly [red: number, green: number, blue: number];

export interface Scale {
  /** 0 to 1 along the ramp; for the ramp of two sides 0.5 is zero. */
  position(value: number): number;
  readonly kind: 'sides' | 'sizes';
  /** Numbers at the ramp's start, middle and end. */
  readonly ends: readonly [number, number, number];
}

/** The scale for all finite numbers of a map. */
export function scaleOf(measure: Measure, values: readonly (readonly (number | undefined)[])[]): Scale {
  if (measure === 'zeros') return { kind: 'sizes', ends: [0, 0.5, 1], position: clamped };
  let [low, high] = [Number.POSITIVE_INFINITY, 0];
  for (const row of values) {
    for (const value of row) {
      const size = Math.abs(value ?? 0);
      if (size === 0 || !Number.isFinite(size)) continue;
      low = Math.min(low, size);
      high = Math.max(high, size);
    }
  }
  if (high === 0) [low, high] = [0.1, 1];
  return measure === 'mean' ? sidesOf(high) : sizesOf(low, high);
}

/** At least a decade, and no more than twelve: what is smaller is as good as zero. */
function sizesOf(low: number, high: number): Scale {
  const top = Math.log10(high);
  const bottom = Math.min(top - 1, Math.max(Math.log10(low), top - 12));
  return {
    kind: 'sizes',
    ends: [10 ** bottom, 10 ** ((bottom + top) / 2), 10 ** top],
    position: (value) => (value > 0 ? clamped((Math.log10(value) - bottom) / (top - bottom)) : 0),
  };
}

/** Small numbers of both signs are told from zero too. */
function sidesOf(high: number): Scale {
  const most = Math.asinh(100);
  return {
    kind: 'sides',
    ends: [-high, 0, high],
    position: (value) => clamped(0.5 + Math.asinh((value / high) * 100) / most / 2),
  };
}

function clamped(value: number): number {
  return Math.min(1, Math.max(0, value));
}

/** From the background's side to the other. */
const SIZES: readonly Rgb[] = [
  [21, 38, 66],
  [29, 79, 145],
  [31, 138, 190],
  [109, 201, 190],
  [249, 240, 170],
];
const SIDES_DARK: readonly Rgb[] = [
  [128, 196, 255],
  [38, 105, 175],
  [44, 44, 46],
  [176, 98, 20],
  [255, 196, 110],
];
const SIDES_LIGHT: readonly Rgb[] = [
  [12, 66, 130],
  [96, 158, 214],
  [238, 238, 238],
  [228, 156, 80],
  [134, 66, 0],
];

/** The ramp's colours, for a light background the other way about. */
export function rampOf(kind: Scale['kind'], light: boolean): readonly Rgb[] {
  if (kind === 'sides') return light ? SIDES_LIGHT : SIDES_DARK;
  return light ? [...SIZES].reverse() : SIZES;
}

/** The colour at a place of a ramp. */
export function colourAt(ramp: readonly Rgb[], position: number): Rgb {
  const at = position * (ramp.length - 1);
  const index = Math.min(ramp.length - 2, Math.floor(at));
  const [from, to] = [ramp[index], ramp[index + 1]];
  if (from === undefined || to === undefined) return [0, 0, 0];
  const mix = (a: number, b: number): number => Math.round(a + (b - a) * (at - index));
  return [mix(from[0], to[0]), mix(from[1], to[1]), mix(from[2], to[2])];
}

/** For a legend drawn by CSS. */
export function gradientOf(ramp: readonly Rgb[]): string {
  return `linear-gradient(to right, ${ramp.map((colour) => `rgb(${colour.join(' ')})`).join(', ')})`;
}
