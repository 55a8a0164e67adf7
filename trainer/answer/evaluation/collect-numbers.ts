/** Numbers: errors, how far they lie off, which rows are worst. */
import type { Figure, Histogram, NumbersAnswer, NumberTarget } from '../../../protocol/index.ts';
import type { AskedAnswer } from './asked.ts';
import { type Collector, counts, each, type RowChoice, short } from './collector.ts';
import { chance, drawn, Moments, plain, poisson } from './intervals.ts';

/** Numbers of an output that are looked at one by one. */
const MOST_TARGETS = 8;
const SAMPLE = 500;
const BARS = 40;

export function collectNumbers(asked: AskedAnswer, rows: number): Collector {
  const { size } = asked;
  const keeps = size <= MOST_TARGETS;
  const is = new Float32Array(keeps ? rows * size : 0);
  const said = new Float32Array(keeps ? rows * size : 0);
  /** Of each row: mean of the absolute and of the squared errors; −1: does not count. */
  const absolute = new Float64Array(rows).fill(-1);
  const squared = new Float64Array(rows);
  const relative = new Float64Array(rows);
  const chosen = (choice: RowChoice | undefined): number[] => {
    const found: number[] = [];
    each(choice, rows, (row) => {
      if ((absolute[row] ?? -1) >= 0) found.push(row);
    });
    return found;
  };
  const mean = (of: Float64Array, some: readonly number[], change?: (value: number) => number): Figure => {
    const moments = new Moments();
    for (const row of some) moments.add(of[row] ?? 0);
    return moments.figure(change);
  };
  return {
    asked,
    add({ first, count, prediction, truth, where }) {
      for (let i = 0; i < count; i++) {
        if (where !== undefined && where.data.length === count && !counts(where, i)) continue;
        let [far, square, part] = [0, 0, 0];
        for (let j = i * size; j < (i + 1) * size; j++) {
          const [so, answer] = [truth.data[j] ?? 0, prediction.data[j] ?? 0];
          far += Math.abs(answer - so);
          square += (answer - so) ** 2;
          part += Math.abs(answer - so) / Math.max(Math.abs(so), 1e-7);
          if (keeps) {
            is[first * size + j] = so;
            said[first * size + j] = answer;
          }
        }
        absolute[first + i] = Number.isFinite(far) ? far / size : Number.MAX_VALUE;
        squared[first + i] = square / size;
        relative[first + i] = part / size;
      }
    },
    report(): NumbersAnswer {
      const some = chosen(undefined);
      return {
        kind: 'numbers',
        name: asked.name,
        truth: asked.truthName,
        examples: some.length,
        numbers: size,
        targets: keeps ? Array.from({ length: size }, (_, at) => targetOf(is, said, some, size, at)) : [],
        mae: mean(absolute, some),
        rmse: mean(squared, some, root),
        errors: histogram(some.map((row) => absolute[row] ?? 0)),
      };
    },
    entry(row) {
      if ((absolute[row] ?? -1) < 0) return null;
      const part = (of: Float32Array): number[] => Array.from(of.subarray(row * size, (row + 1) * size), short);
      return [keeps ? part(is) : [], keeps ? part(said) : [], short(absolute[row] ?? 0)];
    },
    figure(metric, choice) {
      const some = chosen(choice);
      switch (metric.op) {
        case 'metric/mae':
          return mean(absolute, some);
        case 'metric/mse':
          return mean(squared, some);
        case 'metric/rmse':
          return mean(squared, some, root);
        case 'metric/mape':
          return mean(relative, some);
        case 'metric/r2':
          return size === 1 ? r2(is, said, some) : undefined;
        default:
          return undefined;
      }
    },
  };
}

const root = (value: number): number => Math.sqrt(Math.max(0, value));

function targetOf(
  is: Float32Array,
  said: Float32Array,
  some: readonly number[],
  size: number,
  at: number,
): NumberTarget {
  const [far, square, bias] = [new Moments(), new Moments(), new Moments()];
  const residuals: number[] = [];
  for (const row of some) {
    const distance = (said[row * size + at] ?? 0) - (is[row * size + at] ?? 0);
    far.add(Math.abs(distance));
    square.add(distance ** 2);
    bias.add(distance);
    residuals.push(distance);
  }
  const own = (of: Float32Array): Float32Array =>
    size === 1 ? of : Float32Array.from({ length: of.length / size }, (_, row) => of[row * size + at] ?? 0);
  const step = Math.max(1, some.length / SAMPLE);
  return {
    mae: far.figure(),
    rmse: square.figure(root),
    r2: r2(own(is), own(said), some),
    bias: bias.figure(),
    residuals: histogram(residuals),
    sample: Array.from({ length: Math.min(SAMPLE, some.length) }, (_, i): [number, number, number] => {
      const row = some[Math.floor(i * step)] ?? 0;
      return [short(is[row * size + at] ?? 0), short(said[row * size + at] ?? 0), row];
    }),
  };
}

/** One less the squared errors by those of the mean; its interval by counting rows anew. */
function r2(is: Float32Array, said: Float32Array, some: readonly number[]): Figure {
  if (some.length < 2) return plain(Number.NaN);
  const value = (countOf: () => number): number => {
    let [count, sum, squares, errors] = [0, 0, 0, 0];
    for (const row of some) {
      const times = countOf();
      if (times === 0) continue;
      const so = is[row] ?? 0;
      count += times;
      sum += times * so;
      squares += times * so * so;
      errors += times * ((said[row] ?? 0) - so) ** 2;
    }
    return 1 - errors / (squares - (sum * sum) / count);
  };
  const random = chance(3);
  const draws = Math.max(50, Math.min(300, Math.floor(1e7 / some.length)));
  return drawn(
    value(() => 1),
    Array.from({ length: draws }, () => value(() => poisson(1, random))),
  );
}

/** Bars of equal width from the least to the greatest; what lies beyond the outer 0.1 % goes into the outer bars. */
export function histogram(values: readonly number[]): Histogram {
  const sorted = Float64Array.from(values.filter(Number.isFinite)).sort();
  if (sorted.length === 0) return { low: 0, high: 0, counts: [] };
  const at = (part: number): number => sorted[Math.round(part * (sorted.length - 1))] ?? 0;
  const [low, high] = sorted.length > 2000 ? [at(0.001), at(0.999)] : [at(0), at(1)];
  if (low === high) return { low, high, counts: [sorted.length] };
  const bars = Math.max(5, Math.min(BARS, Math.ceil(Math.sqrt(sorted.length))));
  const heights = new Array<number>(bars).fill(0);
  for (const value of sorted) {
    const bar = Math.min(bars - 1, Math.max(0, Math.floor(((value - low) / (high - low)) * bars)));
    heights[bar] = (heights[bar] ?? 0) + 1;
  }
  return { low, high, counts: heights };
}
