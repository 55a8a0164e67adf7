/**
 * Augmentations of light and colour: `brightness`, `contrast`, `saturation`, `hue`, `noise`. Where the range of a field is
 * known (bytes, 0..1), colours stay within it.
 */
import type { Settings } from '../../../language/index.ts';
import type { Chance } from '../chance.ts';
import type { Numbers } from '../values.ts';
import type { Canvas } from './canvas.ts';
import type { Change } from './moves.ts';
import { numberAt } from './settings.ts';

/** Adds one number, drawn from ± `amount` of the range: the field's own, or where none is known that of the picture. */
export function brightness(settings: Settings): Change {
  const amount = numberAt(settings, 'amount');
  return (canvas, chance) => {
    const share = chance.between(-amount, amount);
    const data = canvas.pixels();
    const [low, high] = canvas.track.range ?? extent(data);
    const added = share * (high - low);
    for (let i = 0; i < data.length; i++) data[i] = (data[i] ?? 0) + added;
    hold(canvas, data);
  };
}

/** Towards the mean of each channel, or away from it. */
export function contrast(settings: Settings): Change {
  const amount = numberAt(settings, 'amount');
  return (canvas, chance) => {
    const factor = chance.between(1 - amount, 1 + amount);
    const data = canvas.pixels();
    const { channels } = canvas;
    for (let channel = 0; channel < channels; channel++) {
      let sum = 0;
      for (let i = channel; i < data.length; i += channels) sum += data[i] ?? 0;
      const mean = sum / (data.length / channels);
      for (let i = channel; i < data.length; i += channels) data[i] = mean + ((data[i] ?? 0) - mean) * factor;
    }
    hold(canvas, data);
  };
}

/** Towards grey, or away from it; grey as ITU-R BT.601 weighs the colours. */
export function saturation(settings: Settings): Change {
  const amount = numberAt(settings, 'amount');
  return (canvas, chance) => {
    const factor = chance.between(1 - amount, 1 + amount);
    const data = canvas.pixels();
    const { channels } = canvas;
    for (let i = 0; i + 2 < data.length; i += channels) {
      const [red, green, blue] = [data[i] ?? 0, data[i + 1] ?? 0, data[i + 2] ?? 0];
      const grey = 0.299 * red + 0.587 * green + 0.114 * blue;
      data[i] = grey + (red - grey) * factor;
      data[i + 1] = grey + (green - grey) * factor;
      data[i + 2] = grey + (blue - grey) * factor;
    }
    hold(canvas, data);
  };
}

/** Around the circle of colours. The lightest and the darkest of a pixel's three numbers stay, so that any range will do. */
export function hue(settings: Settings): Change {
  const amount = numberAt(settings, 'amount');
  return (canvas, chance) => {
    // In sixths of the circle.
    const turned = 6 * chance.between(-amount, amount);
    const data = canvas.pixels();
    const { channels } = canvas;
    for (let i = 0; i + 2 < data.length; i += channels) turnHue(data, i, turned);
  };
}

function turnHue(data: Numbers, at: number, turned: number): void {
  const [red, green, blue] = [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
  const high = Math.max(red, green, blue);
  const low = Math.min(red, green, blue);
  const spread = high - low;
  if (spread === 0) return;
  const own =
    high === red ? (green - blue) / spread : high === green ? 2 + (blue - red) / spread : 4 + (red - green) / spread;
  const place = own + turned + 12;
  data[at] = low + spread * ramp(place);
  data[at + 1] = low + spread * ramp(place + 4);
  data[at + 2] = low + spread * ramp(place + 2);
}

/** How much red there is at a place of the circle: all of it for a sixth on either side of 0, none opposite. */
function ramp(place: number): number {
  return Math.min(1, Math.max(0, Math.abs((place % 6) - 3) - 1));
}

/** Noise of a normal distribution, which no range holds: cut off, its mean would no longer be 0. */
export function noise(settings: Settings): Change {
  const deviation = numberAt(settings, 'stddev');
  return (canvas: Canvas, chance: Chance) => {
    const data = canvas.pixels();
    if (data instanceof Float32Array) chance.addNormal(data, deviation);
  };
}

function extent(data: Numbers): readonly [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < data.length; i++) {
    const value = data[i] ?? 0;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}

function hold(canvas: Canvas, data: Numbers): void {
  const { range } = canvas.track;
  if (!range) return;
  const [low, high] = range;
  for (let i = 0; i < data.length; i++) data[i] = Math.min(high, Math.max(low, data[i] ?? 0));
}
