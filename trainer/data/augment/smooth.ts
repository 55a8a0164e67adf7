/** Augmentations with a bell-shaped window: `blur`, and `elastic` as if on rubber. */
import type { Settings } from '../../../language/index.ts';
import type { Numbers } from '../values.ts';
import type { Change } from './moves.ts';
import { numberAt } from './settings.ts';

/** Half of a bell-shaped window, its middle first; the whole sums to 1. */
export function bell(deviation: number): Float64Array {
  const reach = Math.max(1, Math.ceil(3 * deviation));
  const half = Float64Array.from({ length: reach + 1 }, (_, i) => Math.exp(-0.5 * (i / deviation) ** 2));
  const sum = half.reduce((total, weight) => total + 2 * weight, -1);
  return half.map((weight) => weight / sum);
}

/** A place mirrored at the borders, which are not repeated. */
function mirrored(place: number, size: number): number {
  if (size === 1) return 0;
  const period = 2 * (size - 1);
  const inside = ((place % period) + period) % period;
  return inside < size ? inside : period - inside;
}

/** Filters lines: `size` numbers `stride` apart, from each of `starts` on. */
function filterLines(
  from: Numbers,
  to: Numbers,
  size: number,
  stride: number,
  lines: number,
  startOf: (line: number) => number,
  half: Float64Array,
): void {
  const reach = half.length - 1;
  const padded = new Float64Array(size + 2 * reach);
  for (let line = 0; line < lines; line++) {
    const start = startOf(line);
    for (let i = 0; i < size; i++) padded[reach + i] = from[start + i * stride] ?? 0;
    for (let i = 1; i <= reach; i++) {
      padded[reach - i] = padded[reach + mirrored(-i, size)] ?? 0;
      padded[reach + size - 1 + i] = padded[reach + mirrored(size - 1 + i, size)] ?? 0;
    }
    for (let i = 0; i < size; i++) {
      const middle = i + reach;
      let sum = (half[0] ?? 0) * (padded[middle] ?? 0);
      for (let k = 1; k <= reach; k++) sum += (half[k] ?? 0) * ((padded[middle - k] ?? 0) + (padded[middle + k] ?? 0));
      to[start + i * stride] = sum;
    }
  }
}

/** Filters a picture in place by a window (its half), across, then down. */
export function blurred(data: Numbers, height: number, width: number, channels: number, half: Float64Array): void {
  const line = width * channels;
  filterLines(
    data,
    data,
    width,
    channels,
    height * channels,
    (i) => Math.floor(i / channels) * line + (i % channels),
    half,
  );
  filterLines(data, data, height, line, line, (i) => i, half);
}

/** By a window whose deviation is drawn. */
export function blur(settings: Settings): Change {
  const most = numberAt(settings, 'amount');
  return (canvas, chance) => {
    const deviation = most * chance.uniform();
    // Narrower windows have nothing but their middle.
    if (deviation < 0.1) return;
    blurred(canvas.pixels(), canvas.height, canvas.width, canvas.channels, bell(deviation));
  };
}

/** Each pixel moved by a smooth field, whose longest move is drawn. */
export function elastic(settings: Settings): Change {
  const [most, smooth] = [numberAt(settings, 'amount'), numberAt(settings, 'smooth')];
  const half = bell(smooth);
  return (canvas, chance) => {
    const longest = most * chance.uniform();
    const from = canvas.pixels();
    const { height, width, channels } = canvas;
    const size = height * width;
    const field = [new Float64Array(size), new Float64Array(size)] as const;
    let square = 0;
    for (const part of field) for (let i = 0; i < size; i++) part[i] = 2 * chance.uniform() - 1;
    for (const part of field) blurred(part, height, width, 1, half);
    const [across, down] = field;
    for (let i = 0; i < size; i++) square = Math.max(square, (across[i] ?? 0) ** 2 + (down[i] ?? 0) ** 2);
    const factor = square > 0 ? longest / Math.sqrt(square) : 0;
    const to = canvas.other();
    const nearest = canvas.track.kind === 'int32' || canvas.track.kind === 'bool';
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const i = y * width + x;
        const [sx, sy] = [x + factor * (across[i] ?? 0), y + factor * (down[i] ?? 0)];
        for (let k = 0; k < channels; k++)
          to[i * channels + k] = pixelAt(from, sx, sy, k, height, width, channels, nearest);
      }
    }
    canvas.swap();
  };
}

/** The number at a place between pixels; what lies outside is 0. */
function pixelAt(
  from: Numbers,
  x: number,
  y: number,
  channel: number,
  height: number,
  width: number,
  channels: number,
  nearest: boolean,
): number {
  const at = (row: number, column: number): number =>
    row >= 0 && row < height && column >= 0 && column < width
      ? (from[(row * width + column) * channels + channel] ?? 0)
      : 0;
  if (nearest) return at(Math.round(y), Math.round(x));
  const [column, row] = [Math.floor(x), Math.floor(y)];
  const [u, v] = [x - column, y - row];
  const upper = at(row, column) * (1 - u) + at(row, column + 1) * u;
  const lower = at(row + 1, column) * (1 - u) + at(row + 1, column + 1) * u;
  return upper * (1 - v) + lower * v;
}
