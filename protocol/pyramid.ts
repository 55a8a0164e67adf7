/**
 * Minima and maxima of a column in buckets of 8, 16, 32 … rows, so that drawing costs the same however long the run is.
 * Buckets are aligned to row numbers: rows that are appended never change a full bucket, so no drawn point moves.
 * Values that are not finite are left out; a bucket without any finite value holds NaN.
 */
import { roomFor } from './columns.ts';

export interface Pyramid {
  /** Rows that have been taken in. */
  length: number;
  readonly levels: Level[];
}

interface Level {
  min: Float32Array;
  max: Float32Array;
  /** 1 where the minimum comes before the maximum. */
  minFirst: Uint8Array;
}

/** Rows in a bucket of the lowest level; below it the column itself is read. */
const BASE = 8;
const FACTOR = 2;

/** What is drawn for a range of rows: row numbers and values, two a bucket, or every row where they are few. */
export interface ReducedRows {
  /** Rows in a bucket; 1: `values` are the rows themselves. */
  readonly size: number;
  readonly rows: Float64Array;
  readonly values: Float32Array;
}

/** A pyramid without rows. */
export function createPyramid(): Pyramid {
  return { length: 0, levels: [] };
}

/** Takes in the rows of `column` up to `length`. */
export function extendPyramid(pyramid: Pyramid, column: Float32Array, length: number): void {
  let from = Math.floor(Math.min(pyramid.length, length) / BASE);
  let count = Math.ceil(length / BASE);
  for (let index = 0; count > 1 || index < pyramid.levels.length; index++) {
    const level = levelAt(pyramid, index, count);
    const below = pyramid.levels[index - 1];
    for (let bucket = from; bucket < count; bucket++) {
      if (below === undefined) fillFromColumn(level, bucket, column, length);
      else fillFromLevel(level, bucket, below, bucketsAt(index - 1, length));
    }
    from = Math.floor(from / FACTOR);
    count = Math.ceil(count / FACTOR);
  }
  pyramid.length = length;
}

/** Forgets the rows from `length` on; the next `extendPyramid` fills them anew. */
export function truncatePyramid(pyramid: Pyramid, length: number): void {
  pyramid.length = Math.min(pyramid.length, length);
}

/** Rows `from` to `to` (exclusive) of `column` in about `limit` buckets at the most, spikes kept. */
export function reduceRows(
  pyramid: Pyramid,
  column: Float32Array,
  from: number,
  to: number,
  limit: number,
): ReducedRows {
  const end = Math.min(to, pyramid.length);
  const size = bucketSize(end - from, limit);
  return size < BASE ? readRows(column, from, end, size) : readLevel(pyramid, from, end, size);
}

/** The smallest power of two that cuts `count` rows into at most `limit` buckets. */
export function bucketSize(count: number, limit: number): number {
  let size = 1;
  while (count / size > limit) size *= FACTOR;
  return size;
}

function readRows(column: Float32Array, from: number, to: number, size: number): ReducedRows {
  if (size === 1) {
    const count = Math.max(0, to - from);
    return {
      size,
      rows: Float64Array.from({ length: count }, (_, index) => from + index),
      values: column.length < from + count ? padded(column, from, count) : column.slice(from, from + count),
    };
  }
  const first = Math.floor(from / size);
  const count = Math.max(0, Math.ceil(to / size) - first);
  const out = { size, rows: new Float64Array(count * 2), values: new Float32Array(count * 2) };
  const bucket = { min: new Float32Array(1), max: new Float32Array(1), minFirst: new Uint8Array(1) };
  for (let index = 0; index < count; index++) {
    const start = (first + index) * size;
    fill(bucket, 0, column, start, Math.min(start + size, to));
    emit(out, index, start, to, bucket, 0);
  }
  return out;
}

/** Of a column that is not there, or ends early, there are no numbers. */
function padded(column: Float32Array, from: number, count: number): Float32Array {
  const values = new Float32Array(count).fill(Number.NaN);
  values.set(column.subarray(from));
  return values;
}

function readLevel(pyramid: Pyramid, from: number, to: number, size: number): ReducedRows {
  const level = pyramid.levels[Math.round(Math.log2(size / BASE))];
  const first = Math.floor(from / size);
  const count = level === undefined ? 0 : Math.max(0, Math.ceil(to / size) - first);
  const out = { size, rows: new Float64Array(count * 2), values: new Float32Array(count * 2) };
  if (level === undefined) return out;
  for (let index = 0; index < count; index++) {
    emit(out, index, (first + index) * size, pyramid.length, level, first + index);
  }
  return out;
}

function emit(
  out: { size: number; rows: Float64Array; values: Float32Array },
  index: number,
  start: number,
  end: number,
  level: Level,
  bucket: number,
): void {
  const min = level.min[bucket] ?? Number.NaN;
  const max = level.max[bucket] ?? Number.NaN;
  const minFirst = level.minFirst[bucket] === 1;
  out.rows[index * 2] = start;
  out.rows[index * 2 + 1] = Math.min(start + out.size / 2, end - 1);
  out.values[index * 2] = minFirst ? min : max;
  out.values[index * 2 + 1] = minFirst ? max : min;
}

function bucketsAt(index: number, length: number): number {
  return Math.ceil(length / (BASE * FACTOR ** index));
}

function levelAt(pyramid: Pyramid, index: number, count: number): Level {
  const found = pyramid.levels[index];
  if (found === undefined) {
    const made = emptyLevel(roomFor(count, 32));
    pyramid.levels.push(made);
    return made;
  }
  if (found.min.length < count) {
    const larger = emptyLevel(roomFor(count, found.min.length));
    larger.min.set(found.min);
    larger.max.set(found.max);
    larger.minFirst.set(found.minFirst);
    pyramid.levels[index] = larger;
    return larger;
  }
  return found;
}

function emptyLevel(capacity: number): Level {
  return { min: new Float32Array(capacity), max: new Float32Array(capacity), minFirst: new Uint8Array(capacity) };
}

function fillFromColumn(level: Level, bucket: number, column: Float32Array, length: number): void {
  fill(level, bucket, column, bucket * BASE, Math.min((bucket + 1) * BASE, length));
}

function fill(level: Level, bucket: number, column: Float32Array, from: number, to: number): void {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let minAt = from;
  let maxAt = from;
  for (let row = from; row < to; row++) {
    const value = column[row] ?? Number.NaN;
    // False for NaN, and infinities are kept out: they would hide the finite neighbours.
    if (value < min && value !== Number.NEGATIVE_INFINITY) {
      min = value;
      minAt = row;
    }
    if (value > max && value !== Number.POSITIVE_INFINITY) {
      max = value;
      maxAt = row;
    }
  }
  const none = min === Number.POSITIVE_INFINITY;
  level.min[bucket] = none ? Number.NaN : min;
  level.max[bucket] = none ? Number.NaN : max;
  level.minFirst[bucket] = minAt <= maxAt ? 1 : 0;
}

function fillFromLevel(level: Level, bucket: number, below: Level, count: number): void {
  const left = bucket * FACTOR;
  const right = left + 1;
  const leftMin = below.min[left] ?? Number.NaN;
  const leftMax = below.max[left] ?? Number.NaN;
  const rightMin = right < count ? (below.min[right] ?? Number.NaN) : Number.NaN;
  const rightMax = right < count ? (below.max[right] ?? Number.NaN) : Number.NaN;
  const minLeft = !(rightMin < leftMin) && !Number.isNaN(leftMin);
  const maxLeft = !(rightMax > leftMax) && !Number.isNaN(leftMax);
  level.min[bucket] = minLeft ? leftMin : rightMin;
  level.max[bucket] = maxLeft ? leftMax : rightMax;
  const source = minLeft ? left : right;
  level.minFirst[bucket] = minLeft === maxLeft ? (below.minFirst[source] ?? 0) : minLeft ? 1 : 0;
}
