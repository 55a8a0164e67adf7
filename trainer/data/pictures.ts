/** Pictures as numbers `[height, width, channels]`, brought to one size: `resize`, `centerCrop`. */
import type { Settings } from '../../language/index.ts';
import { numeric, type TransformContext } from './context.ts';
import type { Numbers, Values } from './values.ts';

/** For each place of the result, which places of the source it is made of, and by which shares. */
type Mix = readonly (readonly (readonly [place: number, share: number])[])[];

export function resize(x: Values, context: TransformContext): Values {
  const { settings } = context.node;
  const [height = 1, width = 1, channels = 1] = x.shape;
  const [rows, columns] = [Number(settings.height), Number(settings.width)];
  const method = String(settings.method ?? 'bilinear');
  const [down, across] = [mixOf(height, rows, method), mixOf(width, columns, method)];
  const from = numeric(x, context);
  const data = new Float64Array(x.count * rows * columns * channels);
  let at = 0;
  for (let picture = 0; picture < x.count; picture++) {
    const start = picture * height * width * channels;
    for (const vertical of down) {
      for (const horizontal of across) {
        for (let channel = 0; channel < channels; channel++) {
          data[at++] = mixed(from, start, vertical, horizontal, width, channels, channel);
        }
      }
    }
  }
  return made(x, data, [rows, columns, channels]);
}

function mixed(
  from: Numbers,
  start: number,
  vertical: Mix[number],
  horizontal: Mix[number],
  width: number,
  channels: number,
  channel: number,
): number {
  let sum = 0;
  for (const [row, a] of vertical) {
    for (const [column, b] of horizontal)
      sum += (from[start + (row * width + column) * channels + channel] ?? 0) * a * b;
  }
  return sum;
}

/** Pixels have their centers at halves; what lies outside is the nearest pixel. */
function mixOf(size: number, wanted: number, method: string): Mix {
  const scale = size / wanted;
  const inside = (place: number) => Math.min(size - 1, Math.max(0, place));
  return Array.from({ length: wanted }, (_, i) => {
    if (method === 'nearest') return [[inside(Math.floor((i + 0.5) * scale)), 1] as const];
    if (method === 'area' && scale > 1) return areaOf(i * scale, (i + 1) * scale);
    const center = (i + 0.5) * scale - 0.5;
    const before = Math.floor(center);
    const share = center - before;
    return [[inside(before), 1 - share] as const, [inside(before + 1), share] as const];
  });
}

/** The pixels between two places, each by how much of it lies there. */
function areaOf(from: number, to: number): Mix[number] {
  const parts: (readonly [number, number])[] = [];
  for (let place = Math.floor(from); place < Math.ceil(to - 1e-9); place++) {
    parts.push([place, (Math.min(to, place + 1) - Math.max(from, place)) / (to - from)]);
  }
  return parts;
}

/** Bytes stay bytes, rounded. */
function made(x: Values, data: Float64Array, shape: readonly number[]): Values {
  if (x.dtype !== 'uint8') return { ...x, shape, data };
  return { ...x, shape, data: Uint8Array.from(data, (value) => Math.min(255, Math.max(0, Math.round(value)))) };
}

export function centerCrop(x: Values, settings: Settings, context: TransformContext): Values {
  const [height = 1, width = 1, channels = 1] = x.shape;
  const [rows, columns] = [Number(settings.height), Number(settings.width)];
  const [top, left] = [Math.floor((height - rows) / 2), Math.floor((width - columns) / 2)];
  const from = numeric(x, context);
  const data = from.slice(0, x.count * rows * columns * channels);
  for (let picture = 0; picture < x.count; picture++) {
    for (let row = 0; row < rows; row++) {
      const start = ((picture * height + top + row) * width + left) * channels;
      data.set(from.subarray(start, start + columns * channels), (picture * rows + row) * columns * channels);
    }
  }
  return { ...x, shape: [rows, columns, channels], data };
}
