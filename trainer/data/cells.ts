/** Transforms of numbers and empty cells: `fill`, `drop`, `clip`, `standardize`. */
import type { DataNode, SettingValue } from '../../language/index.ts';
import { Failure } from '../failure.ts';
import { numeric, type TransformContext } from './context.ts';
import { Quantiles } from './quantiles.ts';
import { grouped, isTexts, type Numbers, sizeOf, type Values } from './values.ts';

/** What `fill` puts in where it is learned. */
const LEARNED: ReadonlySet<SettingValue> = new Set(['mean', 'median', 'mode']);

/** True where the value of a `fill` is learned on the training part. */
export function learnsFill(node: DataNode): boolean {
  return LEARNED.has(node.settings.value ?? null);
}

/** True for an empty cell: an empty text, or what is no finite number. */
export function isEmpty(value: string | number | undefined): boolean {
  return typeof value === 'number' ? !Number.isFinite(value) : value === undefined || value === '';
}

/** What a `fill` learns of the values that are there. */
export async function learnFill(node: DataNode, chunks: AsyncIterable<Values>): Promise<string | number> {
  const { value: wanted } = node.settings;
  const counts = new Map<string | number, number>();
  const quantiles = wanted === 'median' ? new Quantiles() : undefined;
  let [sum, count] = [0, 0];
  for await (const { data } of chunks) {
    for (let i = 0; i < data.length; i++) {
      const value = data[i];
      if (value === undefined || isEmpty(value)) continue;
      if (wanted === 'mode') counts.set(value, (counts.get(value) ?? 0) + 1);
      else if (typeof value === 'number') {
        quantiles?.add(value);
        sum += value;
        count += 1;
      }
    }
    if (counts.size > MOST_VALUES) throw tooMany(node);
  }
  const middle = quantiles ? quantiles.median() : count === 0 ? undefined : sum / count;
  const found = wanted === 'mode' ? mostFrequent(counts) : middle;
  if (found !== undefined) return found;
  throw new Failure(
    'data/nothing-to-learn',
    `\`fill(${String(node.settings.value)})\` learns on the training part, in which every cell of the column is empty.`,
    node.place,
  );
}

/** Of equally frequent ones the first in order. */
function mostFrequent(counts: ReadonlyMap<string | number, number>): string | number | undefined {
  const sorted = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return sorted[0]?.[0];
}

const MOST_VALUES = 1_000_000;

function tooMany({ place }: DataNode): Failure {
  return new Failure(
    'data/too-many-values',
    `\`fill(mode)\` has met more than ${grouped(MOST_VALUES)} different values: of these none is frequent. Take \`median\` or \`mean\`.`,
    place,
  );
}

export function fill(x: Values, value: string | number): Values {
  if (isTexts(x.data)) return { ...x, data: x.data.map((text) => (text === '' ? String(value) : text)) };
  const data = Float64Array.from(x.data, (number) => (Number.isFinite(number) ? number : Number(value)));
  return numbersOf(x, data);
}

/** Rows with an empty cell are gone by now (`pipeline.ts`). */
export function drop(x: Values): Values {
  return isTexts(x.data) ? x : numbersOf(x, Float64Array.from(x.data));
}

/** Whole where all of them are: a column with gaps counted as decimal. */
function numbersOf(x: Values, data: Float64Array): Values {
  const whole = x.dtype !== 'bool' && data.every(Number.isInteger);
  return { ...x, dtype: x.dtype === 'bool' ? 'bool' : whole ? 'int32' : 'float32', data };
}

export function clip(x: Values, context: TransformContext): Values {
  const { range } = context.node.settings;
  const [low, high] = Array.isArray(range) ? range.map(Number) : [];
  const from = numeric(x, context);
  const data = Float64Array.from(from, (value) => Math.min(Math.max(value, low ?? value), high ?? value));
  return { ...x, dtype: context.node.dtype ?? 'float32', data };
}

/** Mean 0 and deviation 1, over all of a row or along one axis. */
export function standardize(x: Values, context: TransformContext): Values {
  const from = numeric(x, context);
  const data = new Float64Array(from.length);
  const { axis } = context.node.settings;
  const at = typeof axis === 'number' ? (axis < 0 ? x.shape.length + axis : axis) : undefined;
  const length = at === undefined ? sizeOf(x.shape) : (x.shape[at] ?? 1);
  const stride = at === undefined ? 1 : sizeOf(x.shape.slice(at + 1));
  const lines = from.length / Math.max(1, length);
  for (let line = 0; line < lines; line++) {
    const start = Math.floor(line / stride) * stride * length + (line % stride);
    standardizeLine(from, data, start, length, stride);
  }
  return { ...x, dtype: 'float32', data };
}

function standardizeLine(from: Numbers, to: Float64Array, start: number, length: number, stride: number): void {
  let sum = 0;
  for (let i = 0; i < length; i++) sum += from[start + i * stride] ?? 0;
  const mean = sum / length;
  let squares = 0;
  for (let i = 0; i < length; i++) squares += ((from[start + i * stride] ?? 0) - mean) ** 2;
  // A line without spread is only moved: dividing by nothing would make it endless.
  const deviation = Math.sqrt(squares / length) || 1;
  for (let i = 0; i < length; i++) to[start + i * stride] = ((from[start + i * stride] ?? 0) - mean) / deviation;
}
