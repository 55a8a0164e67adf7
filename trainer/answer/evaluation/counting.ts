/** Counts of classes: what is so against what is said, and all that follows from the table alone. */
import type { Calibration, ClassFigures, ConfusionCell, Figure } from '../../../protocol/index.ts';
import { chance, DRAWS, drawn, plain, poisson, share, shareOr } from './intervals.ts';

/** Counts by class. */
interface Marginals {
  readonly hit: Float64Array;
  readonly is: Float64Array;
  readonly said: Float64Array;
}

/** The cells of a table that are not 0, the largest first. */
export function cellsOf(counts: ReadonlyMap<number, number>, classes: number): readonly ConfusionCell[] {
  return [...counts]
    .map(([key, count]) => ({ is: Math.floor(key / classes), said: key % classes, count }))
    .sort((a, b) => b.count - a.count || a.is - b.is || a.said - b.said);
}

function marginals(cells: readonly ConfusionCell[], classes: number, countOf: (index: number) => number): Marginals {
  const [hit, is, said] = [new Float64Array(classes), new Float64Array(classes), new Float64Array(classes)];
  for (const [index, cell] of cells.entries()) {
    const count = countOf(index);
    is[cell.is] = (is[cell.is] ?? 0) + count;
    said[cell.said] = (said[cell.said] ?? 0) + count;
    if (cell.is === cell.said) hit[cell.is] = (hit[cell.is] ?? 0) + count;
  }
  return { hit, is, said };
}

const quotient = (a: number, b: number): number => (b > 0 ? a / b : 0);

function f1At({ hit, is, said }: Marginals, at: number): number {
  return quotient(2 * (hit[at] ?? 0), (is[at] ?? 0) + (said[at] ?? 0));
}

/** Mean over the classes that are so or said at least once, as scikit-learn has it. */
function macroOf(counts: Marginals, of: (at: number) => number): number {
  let [sum, classes] = [0, 0];
  for (let at = 0; at < counts.is.length; at++) {
    if (quotient(1, (counts.is[at] ?? 0) + (counts.said[at] ?? 0)) === 0) continue;
    sum += of(at);
    classes += 1;
  }
  return classes === 0 ? Number.NaN : sum / classes;
}

export interface ClassReport {
  readonly perClass: readonly ClassFigures[];
  readonly macro: { readonly precision: Figure; readonly recall: Figure; readonly f1: Figure };
}

/** Precision, recall and F1 of each class and their means; F1 and the means by counts drawn anew. */
export function classReport(cells: readonly ConfusionCell[], classes: number): ClassReport {
  const counts = marginals(cells, classes, (index) => cells[index]?.count ?? 0);
  const random = chance(0);
  const f1: number[][] = Array.from({ length: classes }, () => []);
  const macros: { precision: number[]; recall: number[]; f1: number[] } = { precision: [], recall: [], f1: [] };
  const precision = (of: Marginals) => macroOf(of, (at) => quotient(of.hit[at] ?? 0, of.said[at] ?? 0));
  const recall = (of: Marginals) => macroOf(of, (at) => quotient(of.hit[at] ?? 0, of.is[at] ?? 0));
  const meanF1 = (of: Marginals) => macroOf(of, (at) => f1At(of, at));
  // Large tables: fewer draws, the same order of work.
  const draws = Math.max(100, Math.min(DRAWS, Math.floor(5e6 / Math.max(1, cells.length + classes))));
  for (let draw = 0; draw < draws; draw++) {
    const other = marginals(cells, classes, (index) => poisson(cells[index]?.count ?? 0, random));
    for (let at = 0; at < classes; at++) f1[at]?.push(f1At(other, at));
    macros.precision.push(precision(other));
    macros.recall.push(recall(other));
    macros.f1.push(meanF1(other));
  }
  return {
    perClass: f1.map((values, at) => ({
      precision: shareOr(counts.hit[at] ?? 0, counts.said[at] ?? 0, 0),
      recall: shareOr(counts.hit[at] ?? 0, counts.is[at] ?? 0, 0),
      f1: (counts.is[at] ?? 0) + (counts.said[at] ?? 0) > 0 ? drawn(f1At(counts, at), values) : plain(0),
      support: counts.is[at] ?? 0,
      said: counts.said[at] ?? 0,
    })),
    macro: {
      precision: drawn(precision(counts), macros.precision),
      recall: drawn(recall(counts), macros.recall),
      f1: drawn(meanF1(counts), macros.f1),
    },
  };
}

/** Bins of confidence. */
export const BINS = 15;

/** How sure the answers are against how often they are right (Guo and others, 2017: bins of equal width). */
export function calibrationOf(confidence: ArrayLike<number>, right: ArrayLike<number>): Calibration {
  const bins = Array.from({ length: BINS }, () => ({ count: 0, confidence: 0, hit: 0 }));
  for (let i = 0; i < confidence.length; i++) {
    const bin = bins[Math.min(BINS - 1, Math.max(0, Math.floor((confidence[i] ?? 0) * BINS)))];
    if (bin === undefined) continue;
    bin.count += 1;
    bin.confidence += confidence[i] ?? 0;
    bin.hit += right[i] ?? 0;
  }
  const filled = bins.filter(({ count }) => count > 0);
  const errorOf = (counts: readonly { readonly count: number; readonly hit: number }[]): number => {
    const all = counts.reduce((sum, { count }) => sum + count, 0);
    return counts.reduce((sum, { count, hit }, i) => {
      const own = filled[i];
      const mean = own === undefined ? 0 : own.confidence / own.count;
      return count === 0 ? sum : sum + (count / all) * Math.abs(hit / count - mean);
    }, 0);
  };
  const random = chance(2);
  const draws = Array.from({ length: DRAWS }, () =>
    errorOf(
      filled.map(({ count, hit }) => {
        const [yes, no] = [poisson(hit, random), poisson(count - hit, random)];
        return { count: yes + no, hit: yes };
      }),
    ),
  );
  return {
    bins: filled.map(({ count, confidence: sum, hit }) => ({
      count,
      confidence: sum / count,
      right: share(hit, count),
    })),
    error: filled.length === 0 ? plain(Number.NaN) : drawn(errorOf(filled), draws),
  };
}
