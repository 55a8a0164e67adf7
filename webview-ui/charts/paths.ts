/**
 * Lines, areas and dots on a canvas. A line takes at most four strokes for a column of pixels: where it comes in, its lowest
 * and highest place and where it goes on, so that spikes stay and a thousand points to a column cost no more than four.
 */
import type { Values } from './points.ts';

/** Places on the canvas, in its own pixels. */
export interface Places {
  left(x: number): number;
  top(y: number): number;
}

/** Null is a gap; undefined is no point, and the line goes on over it. With `base`, closed down to there. */
export function pathOf(
  path: Path2D,
  x: readonly number[],
  values: Values,
  [from, to]: readonly [number, number],
  { left, top }: Places,
  base?: number,
): void {
  let drawing = false;
  let [column, low, high, last] = [0, 0, 0, 0];
  const leave = () => {
    if (!drawing || low === high) return;
    path.lineTo(column, low);
    path.lineTo(column, high);
    path.lineTo(column, last);
  };
  const end = () => {
    leave();
    if (drawing && base !== undefined) path.lineTo(column, base);
    drawing = false;
  };
  for (let index = from; index <= to; index++) {
    const value = values[index];
    if (value === undefined) continue;
    if (value === null || !Number.isFinite(value)) {
      end();
      continue;
    }
    const at = Math.round(left(x[index] ?? 0));
    const height = top(value);
    if (drawing && at === column) {
      low = Math.min(low, height);
      high = Math.max(high, height);
    } else {
      leave();
      if (!drawing && base !== undefined) path.moveTo(at, base);
      if (drawing || base !== undefined) path.lineTo(at, height);
      else path.moveTo(at, height);
      [column, low, high, drawing] = [at, height, height, true];
    }
    last = height;
  }
  end();
}

/** The area between two lines, wherever both have values. */
export function bandOf(
  path: Path2D,
  x: readonly number[],
  [upper, lower]: readonly [Values, Values],
  [from, to]: readonly [number, number],
  { left, top }: Places,
): void {
  let back: [number, number][] = [];
  const close = () => {
    for (const [at, height] of back.reverse()) path.lineTo(at, height);
    back = [];
  };
  for (let index = from; index <= to; index++) {
    const [high, low] = [upper[index], lower[index]];
    if (typeof high === 'number' && typeof low === 'number') {
      const at = left(x[index] ?? 0);
      if (back.length === 0) path.moveTo(at, top(high));
      else path.lineTo(at, top(high));
      back.push([at, top(low)]);
    } else if (high === null || low === null) close();
  }
  close();
}

/** A dot at each value. */
export function dotsOf(
  path: Path2D,
  x: readonly number[],
  values: Values,
  [from, to]: readonly [number, number],
  { left, top }: Places,
  radius: number,
): void {
  for (let index = from; index <= to; index++) {
    const value = values[index];
    if (typeof value !== 'number') continue;
    const [at, height] = [left(x[index] ?? 0), top(value)];
    path.moveTo(at + radius, height);
    path.arc(at, height, radius, 0, 2 * Math.PI);
  }
}
