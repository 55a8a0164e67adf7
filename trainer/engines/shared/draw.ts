/** Numbers by chance for a step: each is hash(seed, step, where it is used, index), so that a resumed run repeats them. */
import { hashText, type RandomDraw, stream } from '../../../compiler/index.ts';

/** The functions of the kernel's module that draw. */
export interface DrawFunctions {
  uniform(at: number, count: number, path: number, stepLow: number, stepHigh: number, key0: number, key1: number): void;
  keep(
    at: number,
    count: number,
    path: number,
    stepLow: number,
    stepHigh: number,
    key0: number,
    key1: number,
    threshold: number,
    value: number,
  ): void;
}

const purpose = 'draw';

/** The step as drawing counts it: batches of one update draw numbers of their own. */
export function drawStep(step: number, place: number): number {
  return step + place * 2 ** 32;
}

/** Fills numbers inside the kernel's memory. `size` may be less than what the target holds. */
export function drawInto(
  functions: DrawFunctions,
  target: Float32Array,
  address: number,
  draw: RandomDraw,
  seed: number,
  step: number,
): void {
  if (draw.kind === 'normal') {
    drawPlain(target, draw, seed, step);
    return;
  }
  const count = Math.ceil(target.length / 4) * 4;
  const low = step >>> 0;
  const high = Math.floor(step / 2 ** 32);
  const key1 = (hashText(purpose) ^ Math.floor(seed / 2 ** 32)) >>> 0;
  const path = hashText(draw.key);
  if (draw.kind === 'uniform') {
    functions.uniform(address, count, path, low, high, seed >>> 0, key1);
  } else {
    const threshold = Math.round(draw.rate * 2 ** 24);
    functions.keep(address, count, path, low, high, seed >>> 0, key1, threshold, 1 / (1 - draw.rate));
  }
}

/** The same numbers in plain JavaScript. */
export function drawPlain(target: Float32Array, draw: RandomDraw, seed: number, step: number): void {
  const source = stream(seed, purpose, draw.key, step);
  const threshold = Math.round(draw.rate * 2 ** 24) / 2 ** 24;
  for (let i = 0; i < target.length; i++) {
    if (draw.kind === 'normal') target[i] = source.normal(i);
    else if (draw.kind === 'uniform') target[i] = source.uniform(i);
    else target[i] = source.uniform(i) >= threshold ? 1 / (1 - draw.rate) : 0;
  }
}
