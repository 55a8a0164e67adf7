/** What is kept of an answer while the batches go by, and what is made of it at the end. */
import type { PlanMetric } from '../../../language/index.ts';
import type { EvaluationAnswer, Figure, RowEntry } from '../../../protocol/index.ts';
import type { HostTensor } from '../../engine.ts';
import type { AskedAnswer } from './asked.ts';

/** Rows of one batch. */
export interface AnswerBatch {
  /** Number of its first row within the part. */
  readonly first: number;
  readonly count: number;
  readonly prediction: HostTensor;
  readonly truth: HostTensor;
  readonly where: HostTensor | undefined;
}

export interface Collector {
  readonly asked: AskedAnswer;
  add(batch: AnswerBatch): void;
  /** `names`: of the classes. */
  report(names: readonly string[]): EvaluationAnswer;
  /** One row for `rows.jsonl`. */
  entry(row: number): RowEntry;
  /** The value of a metric by what was kept, with its interval; undefined where it is none of this answer's. */
  figure(metric: PlanMetric, rows: RowChoice | undefined): Figure | undefined;
}

/** Rows that count; undefined: all. */
export type RowChoice = Uint32Array;

/** Whether a row of a batch counts; places are asked one by one. */
export function counts(where: HostTensor | undefined, at: number): boolean {
  return where === undefined || where.data[at] !== 0;
}

/** Probabilities from bare scores, in place of `into`; what is one already is copied. */
export function probabilities(
  scores: HostTensor['data'],
  from: number,
  size: number,
  mark: AskedAnswer['mark'],
  into: Float64Array,
): void {
  let sum = 0;
  if (mark === undefined) {
    let greatest = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < size; i++) greatest = Math.max(greatest, scores[from + i] ?? 0);
    for (let i = 0; i < size; i++) {
      const value = Math.exp((scores[from + i] ?? 0) - greatest);
      into[i] = value;
      sum += value;
    }
  } else {
    for (let i = 0; i < size; i++) {
      const value = scores[from + i] ?? 0;
      into[i] = value;
      sum += value;
    }
    // Of softmax the sum is 1 already; sigmoids are made shares, as the loss does.
    if (mark === 'softmax') return;
  }
  for (let i = 0; i < size; i++) into[i] = (into[i] ?? 0) / sum;
}

/** The probability of yes. */
export function probabilityOf(score: number, mark: AskedAnswer['mark']): number {
  return mark === 'sigmoid' ? score : 1 / (1 + Math.exp(-score));
}

/** The class that is so: a number, or the greatest of as many as there are classes. */
export function classAt(truth: HostTensor, place: number, size: number, places: number): number {
  if (truth.data.length === places || size === 1) return truth.data[place] ?? 0;
  return greatest(truth.data, place * size, size);
}

/** Place of the greatest of some numbers, of equal ones the first. */
export function greatest(numbers: ArrayLike<number>, from: number, size: number): number {
  let best = 0;
  for (let i = 1; i < size; i++) if ((numbers[from + i] ?? 0) > (numbers[from + best] ?? 0)) best = i;
  return best;
}

/** Calls for each chosen row. */
export function each(rows: RowChoice | undefined, all: number, then: (row: number) => void): void {
  if (rows === undefined) for (let row = 0; row < all; row++) then(row);
  else for (const row of rows) then(row);
}

/** Four digits are enough to look at a row. */
export function short(value: number): number {
  return Number.isFinite(value) ? Number(value.toPrecision(4)) : 0;
}
