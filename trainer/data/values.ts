/** What a node of the pipeline holds for some rows: one array, the rows as its first axis. */
import type { DTypeName } from '../../language/index.ts';

export interface Values {
  readonly dtype: DTypeName;
  /** Of one row. */
  readonly shape: readonly number[];
  readonly count: number;
  /**
   * Row-major. Numbers that are still calculated with stay in float64, so that `float32` may lie in a Float64Array until
   * its field rounds it once. Not-a-number in a Float64Array of a column is an empty cell.
   */
  readonly data: Numbers | readonly string[];
}

export type Numbers = Float32Array | Float64Array | Int32Array | Uint8Array;

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** `[28, 28, 1]`, or `a single value`. */
export function shapeText(shape: readonly number[]): string {
  return shape.length === 0 ? 'a single value' : `[${shape.join(', ')}]`;
}

export function isNumbers(data: Values['data']): data is Numbers {
  return !Array.isArray(data);
}

export function isTexts(data: Values['data']): data is readonly string[] {
  return Array.isArray(data);
}

/** With a capital, for the start of a sentence. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** 1234567 → `1,234,567`: the same in every locale, so that messages can be tested and searched for. */
export function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** An empty array of the same kind. */
export function alike(like: Numbers, length: number): Numbers {
  if (like instanceof Float32Array) return new Float32Array(length);
  if (like instanceof Int32Array) return new Int32Array(length);
  return like instanceof Uint8Array ? new Uint8Array(length) : new Float64Array(length);
}
