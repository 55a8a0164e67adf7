/** One row's value as people look at it: a number, a text, a picture, the outline of a sound, or the first of many numbers. */
import { type DataCell, type EventNumber, eventNumber } from '../../protocol/index.ts';
import { isNumbers, type Numbers, sizeOf, type Values } from '../data/values.ts';

/** The cells of some rows; `raw`: values of a column, where no number is an empty cell. */
export function cellsOf(values: Values, rows: number, raw: boolean): readonly DataCell[] {
  return Array.from({ length: rows }, (_, row) => cellOf(values, values.count === 1 ? 0 : row, raw));
}

const FIRST = 12;

function cellOf({ data, shape, dtype }: Values, row: number, raw: boolean): DataCell {
  const size = sizeOf(shape);
  if (!isNumbers(data)) {
    const texts = data.slice(row * size, (row + 1) * size);
    return shape.length === 0
      ? { kind: 'text', text: (texts[0] ?? '').slice(0, 2000) }
      : { kind: 'texts', count: size, first: texts.slice(0, FIRST).map((text) => text.slice(0, 80)) };
  }
  const own = data.subarray(row * size, (row + 1) * size);
  if (shape.length === 0) {
    const value = own[0] ?? Number.NaN;
    return raw && Number.isNaN(value) ? { kind: 'empty' } : { kind: 'number', value: shown(value) };
  }
  if (isPicture(shape)) return picture(own, shape, dtype === 'uint8');
  const [least, greatest] = extremes(own);
  if (isSound(shape, least, greatest)) return sound(own);
  return {
    kind: 'numbers',
    shape,
    first: Array.from(own.subarray(0, FIRST), shown),
    least: shown(least),
    greatest: shown(greatest),
  };
}

/** Whole numbers with all their digits: an id or a time of day is not rounded. */
function shown(value: number): EventNumber {
  return Number.isSafeInteger(value) ? value + 0 : eventNumber(value);
}

function extremes(data: Numbers): readonly [number, number] {
  let least = Number.POSITIVE_INFINITY;
  let greatest = Number.NEGATIVE_INFINITY;
  for (const value of data) {
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  return [least, greatest];
}

// ---- pictures

/** Shorter sides are no picture: `[4, 4]` is a table. */
const LEAST_SIDE = 8;
const MOST_SIDE = 128;

function isPicture(shape: readonly number[]): boolean {
  const [height = 0, width = 0, channels = 1] = shape;
  if (shape.length !== 2 && shape.length !== 3) return false;
  return height >= LEAST_SIDE && width >= LEAST_SIDE && (channels === 1 || channels === 3);
}

function picture(data: Numbers, shape: readonly number[], bytes: boolean): DataCell {
  const [tall = 1, wide = 1, depth = 1] = shape;
  const step = Math.max(1, Math.ceil(Math.max(tall, wide) / MOST_SIDE));
  const [height, width] = [Math.ceil(tall / step), Math.ceil(wide / step)];
  const [low, high] = bytes ? [0, 255] : rangeOf(data);
  const pixels = Buffer.alloc(height * width * depth);
  let at = 0;
  for (let y = 0; y < tall; y += step) {
    for (let x = 0; x < wide; x += step) {
      for (let c = 0; c < depth; c++) {
        const value = data[(y * wide + x) * depth + c] ?? 0;
        pixels[at++] = Math.max(0, Math.min(255, Math.round((255 * (value - low)) / (high - low))));
      }
    }
  }
  return {
    kind: 'picture',
    shape,
    width,
    height,
    channels: depth === 3 ? 3 : 1,
    low,
    high,
    pixels: pixels.toString('base64'),
  };
}

/** What is within 0..1 is shown so: a dark picture stays dark. Else from the least to the greatest value. */
function rangeOf(data: Numbers): readonly [number, number] {
  const [least, greatest] = extremes(data);
  if (least >= 0 && greatest <= 1) return [0, 1];
  if (!(Number.isFinite(least) && Number.isFinite(greatest))) return [0, 1];
  return least === greatest ? [least, least + 1] : [least, greatest];
}

// ---- sounds

const SHORTEST_SOUND = 400;
const STRETCHES = 200;

/** A long row of numbers of which some lie below and some above zero, none beyond ±1. */
function isSound(shape: readonly number[], least: number, greatest: number): boolean {
  const long = shape.length === 1 || (shape.length === 2 && shape[1] === 1);
  return long && sizeOf(shape) >= SHORTEST_SOUND && least < 0 && greatest > 0 && least >= -1 && greatest <= 1;
}

function sound(data: Numbers): DataCell {
  const stretches = Math.min(STRETCHES, data.length);
  const pieces = Array.from({ length: stretches }, (_, i) =>
    extremes(
      data.subarray(
        Math.floor((i * data.length) / stretches),
        Math.max(Math.floor(((i + 1) * data.length) / stretches), Math.floor((i * data.length) / stretches) + 1),
      ),
    ),
  );
  const short = (value: number): number => Math.round(value * 1000) / 1000;
  return {
    kind: 'sound',
    samples: data.length,
    least: pieces.map(([least]) => short(least)),
    greatest: pieces.map(([, greatest]) => short(greatest)),
  };
}
