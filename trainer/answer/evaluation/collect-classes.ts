/** One class of several for each example. */
import type { PlanMetric } from '../../../language/index.ts';
import type { ClassesAnswer, ConfusionCell } from '../../../protocol/index.ts';
import type { AskedAnswer } from './asked.ts';
import { type Collector, classAt, counts, each, greatest, probabilities, type RowChoice, short } from './collector.ts';
import { calibrationOf, cellsOf, classReport } from './counting.ts';
import { ratio, share } from './intervals.ts';
import { curveOf } from './ranking.ts';

/** Cells that are kept: more nobody looks at. */
const MOST_CELLS = 4000;
/** Classes whose curves are drawn. */
const MOST_CURVES = 20;
const CURVE_POINTS = 100;
/** Probabilities of all classes that are kept for the curves. */
const MOST_NUMBERS = 20_000_000;

export function collectClasses(asked: AskedAnswer, rows: number): Collector {
  const { size, mark } = asked;
  const is = new Int32Array(rows).fill(-1);
  const said = new Int32Array(rows);
  const confidence = new Float32Array(rows);
  const right = new Float32Array(rows);
  const rank = new Int32Array(rows);
  const keepsAll = size <= MOST_CURVES && rows * size <= MOST_NUMBERS;
  const all = new Float32Array(keepsAll ? rows * size : 0);
  const own = new Float64Array(size);

  const chosen = (choice: RowChoice | undefined): number[] => {
    const found: number[] = [];
    each(choice, rows, (row) => {
      if ((is[row] ?? -1) >= 0) found.push(row);
    });
    return found;
  };
  const cells = (some: readonly number[]): readonly ConfusionCell[] => {
    const table = new Map<number, number>();
    for (const row of some) {
      const key = (is[row] ?? 0) * size + (said[row] ?? 0);
      table.set(key, (table.get(key) ?? 0) + 1);
    }
    return cellsOf(table, size);
  };
  const hits = (some: readonly number[]): number => some.reduce((sum, row) => sum + (is[row] === said[row] ? 1 : 0), 0);

  return {
    asked,
    add({ first, count, prediction, truth, where }) {
      for (let i = 0; i < count; i++) {
        if (!counts(where, i)) continue;
        const row = first + i;
        probabilities(prediction.data, i * size, size, mark, own);
        const so = classAt(truth, i, size, truth.data.length >= count * size ? 1 : truth.data.length);
        const answer = greatest(own, 0, size);
        is[row] = so;
        said[row] = answer;
        confidence[row] = own[answer] ?? 0;
        right[row] = own[so] ?? 0;
        let above = 0;
        for (let c = 0; c < size; c++) if ((own[c] ?? 0) > (own[so] ?? 0)) above += 1;
        rank[row] = above;
        if (keepsAll) all.set(own, row * size);
      }
    },
    report(names): ClassesAnswer {
      const some = chosen(undefined);
      const every = cells(some);
      const hit = hits(some);
      const { perClass, macro } = classReport(every, size);
      return {
        kind: 'classes',
        name: asked.name,
        truth: asked.truthName,
        examples: some.length,
        classes: Array.from({ length: size }, (_, i) => names[i] ?? String(i)),
        cells: every.slice(0, MOST_CELLS),
        cellsLeft: Math.max(0, every.length - MOST_CELLS),
        accuracy: share(hit, some.length),
        macro,
        perClass,
        curves: keepsAll
          ? Array.from({ length: size }, (_, c) =>
              curveOf(
                {
                  score: Float32Array.from(some, (row) => all[row * size + c] ?? 0),
                  isSo: Uint8Array.from(some, (row) => (is[row] === c ? 1 : 0)),
                },
                CURVE_POINTS,
              ),
            )
          : [],
        calibration: calibrationOf(
          some.map((row) => confidence[row] ?? 0),
          some.map((row) => (is[row] === said[row] ? 1 : 0)),
        ),
        mistakes: some.length - hit,
      };
    },
    entry: (row) =>
      (is[row] ?? -1) < 0 ? null : [is[row] ?? 0, said[row] ?? 0, short(confidence[row] ?? 0), short(right[row] ?? 0)],
    figure(metric, choice) {
      const some = chosen(choice);
      switch (metric.op) {
        case 'metric/accuracy':
          return share(hits(some), some.length);
        case 'metric/confusion':
          return share(some.length - hits(some), some.length);
        case 'metric/topK': {
          const most = numberOf(metric, 'k');
          return most === undefined
            ? undefined
            : share(some.filter((row) => (rank[row] ?? 0) < most).length, some.length);
        }
        case 'metric/perplexity':
          return ratio(
            some.map((row) => -Math.log(Math.max(right[row] ?? 0, 1e-30))),
            some.map(() => 1),
            Math.exp,
          );
        case 'metric/precision':
        case 'metric/recall':
        case 'metric/f1':
          return classReport(cells(some), size).macro[wordOf(metric.op)];
        default:
          return undefined;
      }
    },
  };
}

function wordOf(op: 'metric/precision' | 'metric/recall' | 'metric/f1'): 'precision' | 'recall' | 'f1' {
  return op === 'metric/f1' ? 'f1' : op === 'metric/recall' ? 'recall' : 'precision';
}

function numberOf(metric: PlanMetric, setting: string): number | undefined {
  const value = metric.settings[setting];
  return typeof value === 'number' ? value : undefined;
}
