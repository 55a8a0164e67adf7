/**
 * The step events of a run as typed columns that grow: steps and times as Float64, every value as Float32, each value
 * with its pyramid. The one mutable thing of a run's state: the editor appends here 60 times a second and more.
 */
import { numberOf, type StepEvent } from './events.ts';
import { createPyramid, type Pyramid } from './pyramid.ts';

/** One series of values. `values` may be longer than the columns' `length`; what lies beyond is not yet a value. */
export interface Series {
  readonly name: string;
  readonly values: Float32Array;
  readonly pyramid: Pyramid;
}

export interface Columns {
  readonly length: number;
  /** Optimizer updates, ascending. */
  readonly step: Float64Array;
  /** Milliseconds since 1970. */
  readonly time: Float64Array;
  /**
   * `loss`, the metrics by name, `lr`, `gradientNorm` (not-a-number where it was not measured), `ms.data`, `ms.compute`,
   * `epoch`; in the order in which they first appeared.
   */
  readonly series: readonly Series[];
  /** A series by name. */
  get(name: string): Series | undefined;
  append(event: StepEvent): void;
  /** Drops every row after this step: the run went on from there. */
  cutAfter(step: number): void;
}

interface Growing {
  readonly name: string;
  values: Float32Array;
  readonly pyramid: Pyramid;
}

const START = 256;

export function createColumns(): Columns {
  let length = 0;
  let step = new Float64Array(START);
  let time = new Float64Array(START);
  const series: Growing[] = [];
  const byName = new Map<string, Growing>();

  const seriesFor = (name: string): Growing => {
    const known = byName.get(name);
    if (known !== undefined) return known;
    const made: Growing = { name, values: new Float32Array(step.length).fill(Number.NaN), pyramid: createPyramid() };
    series.push(made);
    byName.set(name, made);
    return made;
  };

  const makeRoom = (): void => {
    if (length < step.length) return;
    const size = step.length * 2;
    step = longer(step, new Float64Array(size));
    time = longer(time, new Float64Array(size));
    for (const one of series) one.values = longer(one.values, new Float32Array(size).fill(Number.NaN));
  };

  return {
    get length() {
      return length;
    },
    get step() {
      return step;
    },
    get time() {
      return time;
    },
    series,
    get: (name) => byName.get(name),
    append(event) {
      makeRoom();
      step[length] = event.step;
      time[length] = event.time;
      for (const [name, value] of valuesOf(event)) seriesFor(name).values[length] = value;
      length += 1;
      for (const one of series) one.pyramid.grow(one.values, length);
    },
    cutAfter(last) {
      while (length > 0 && (step[length - 1] ?? 0) > last) length -= 1;
      for (const one of series) {
        one.pyramid.cut(length);
        one.values.fill(Number.NaN, length);
      }
    },
  };
}

function* valuesOf(event: StepEvent): Generator<readonly [string, number]> {
  yield ['loss', numberOf(event.loss)];
  for (const [name, value] of Object.entries(event.metrics)) yield [name, numberOf(value)];
  yield ['lr', numberOf(event.lr)];
  if (event.gradientNorm !== undefined) yield ['gradientNorm', numberOf(event.gradientNorm)];
  yield ['ms.data', event.ms.data];
  yield ['ms.compute', event.ms.compute];
  yield ['epoch', event.epoch];
}

function longer<T extends Float32Array | Float64Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
