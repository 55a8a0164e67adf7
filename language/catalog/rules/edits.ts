/**
 * Metrics of how many edits lie between what is said and what is so, over the length of what is so. Every example is kept as
 * a row `[n, m, n numbers said, m numbers that are so]`, −1 where there is none.
 */
import type { Settings } from '../../plan/plan.ts';
import { constant, known, printDim } from '../../shapes/dim.ts';
import { printType } from '../../shapes/type.ts';
import type { Builder, Value } from '../builder.ts';
import { dimOf, isNone } from '../checked.ts';
import { metric } from '../define.ts';
import type { CheckedSettings, LoweredInputs, MetricEntry, Refusal, RuleInputs, SettingDef } from '../entry.ts';
import { input, maybeNum, optional } from '../planned.ts';
import { atInput, atSetting, refuse } from '../refuse.ts';
import { integer } from '../settings.ts';
import { oneNumber } from './loss.ts';
import { needBool, typeOf } from './types.ts';

/** In place of a row's first length: what follows are edits and length of many rows. */
const SUMMED = -1;

const blankSetting = integer(
  'Of scores for each moment, the class that means "nothing": moments are read the way of `ctc` (repeats once, this class not at all). Left out: the last class.',
  { min: 0, default: null, named: true },
);

interface Edits {
  readonly doc: string;
  readonly source: string;
  readonly examples: readonly string[];
  readonly settings?: Readonly<Record<string, SettingDef>>;
  /** The units that are compared, of whole numbers. */
  readonly units: (numbers: readonly number[], settings: Settings) => readonly string[];
}

export function editMetric(name: string, entry: Edits): MetricEntry {
  return metric(name, {
    doc: entry.doc,
    source: entry.source,
    examples: entry.examples,
    inputs: [
      { name: 'prediction', doc: 'Whole numbers `int32[T]`, or scores `[T, classes]` of moments.', dtype: 'any' },
      { name: 'truth', doc: 'Whole numbers `int32[L]`; below 0 for none.', dtype: 'int32' },
      { name: 'where', doc: 'Which numbers of the truth are real (`bool[L]`).', dtype: 'bool', optional: true },
    ],
    settings: { blank: blankSetting, ...entry.settings },
    direction: 'min',
    keeps: () => 'rows',
    result: (inputs, settings) =>
      refuseSequences(name, inputs, settings) ?? [oneNumber([typeOf(inputs, 'prediction'), typeOf(inputs, 'truth')])],
    accumulate: (b, inputs, settings) => [rowOf(b, inputs, settings)],
    compact(numbers, settings) {
      const { edits, length } = sums(numbers, entry.units, settings);
      return [SUMMED, edits, length];
    },
    finish(numbers, settings) {
      const { edits, length } = sums(numbers, entry.units, settings);
      return edits / length;
    },
  });
}

function refuseSequences(name: string, inputs: RuleInputs, settings: CheckedSettings): Refusal | undefined {
  const [prediction, truth] = [typeOf(inputs, 'prediction'), typeOf(inputs, 'truth')];
  const values = { callee: name, prediction: printType(prediction), truth: printType(truth) };
  const wrong = (type: typeof truth, axes: number, dtype: string) =>
    (type.dtype !== undefined && type.dtype !== dtype) || (type.shape !== undefined && type.shape.length !== axes);
  if (wrong(truth, 1, 'int32')) return refuse('loss/sequences', values, { at: atInput('truth') });
  if (wrong(prediction, prediction.dtype === 'int32' ? 1 : 2, prediction.dtype === 'int32' ? 'int32' : 'float32')) {
    return refuse('loss/sequences', values, { at: atInput('prediction') });
  }
  const classes = prediction.dtype === 'float32' ? prediction.shape?.at(-1) : undefined;
  const [count, blank] = [classes && constant(classes), constant(dimOf(settings, 'blank'))];
  if (!isNone(settings, 'blank') && count !== undefined && blank !== undefined && blank >= count) {
    const range = { callee: name, blank, classes: printDim(classes ?? known(count)), last: count - 1 };
    return refuse('loss/blank', range, { at: atSetting('blank') });
  }
  if (inputs.where === undefined) return undefined;
  return needBool(name, typeOf(inputs, 'where'), 'where');
}

/** All edits, and the length of what is so. */
function sums(numbers: readonly number[], units: Edits['units'], settings: Settings) {
  let [edits, length] = [0, 0];
  for (let at = 0; at < numbers.length; ) {
    const [n = 0, m = 0] = [numbers[at], numbers[at + 1]];
    if (n === SUMMED) {
      edits += m;
      length += numbers[at + 2] ?? 0;
      at += 3;
      continue;
    }
    const real = (from: number, count: number) => numbers.slice(from, from + count).filter((one) => one >= 0);
    const is = units(real(at + 2 + n, m), settings);
    edits += distance(units(real(at + 2, n), settings), is);
    length += is.length;
    at += 2 + n + m;
  }
  return { edits, length };
}

/** `[2 + T + L]` for each example. */
function rowOf(b: Builder, inputs: LoweredInputs, settings: Settings): Value {
  const [prediction, truth] = [input(inputs, 'prediction'), b.cast(input(inputs, 'truth'), 'float32')];
  const where = optional(inputs, 'where');
  const is = where ? b.where(where, truth, b.scalar(-1)) : truth;
  const said = prediction.dtype === 'float32' ? bestPath(b, prediction, settings) : b.cast(prediction, 'float32');
  const sizes = b.constant([said.shape[0] ?? 0, is.shape[0] ?? 0], [2]);
  return b.concat([sizes, said, is], 0);
}

/** The likeliest class of each moment: of repeats the first alone, of blanks none (−1). */
function bestPath(b: Builder, scores: Value, settings: Settings): Value {
  const [time = 0, classes = 1] = scores.shape;
  const blank = maybeNum(settings, 'blank') ?? classes - 1;
  const best = b.cast(b.argmax(scores, 1), 'float32');
  const before = b.concat([b.fill(-1, [1]), b.slice(best, [[0, Math.max(time - 1, 0), 1]])], 0);
  const counts = b.binary('and', b.binary('notEqual', best, before), b.binary('notEqual', best, b.scalar(blank)));
  return b.where(counts, best, b.scalar(-1));
}

/** The fewest units put in, taken out or exchanged that make one of the other (Levenshtein). */
function distance(a: readonly string[], c: readonly string[]): number {
  let row = Array.from({ length: c.length + 1 }, (_, j) => j);
  for (const [i, one] of a.entries()) {
    const next = [i + 1];
    for (const [j, other] of c.entries()) {
      const exchanged = (row[j] ?? 0) + (one === other ? 0 : 1);
      next.push(Math.min(exchanged, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[c.length] ?? 0;
}
