/** Yes or no for each example, and several such labels. */
import type { ClassFigures, Figure, LabelsAnswer, YesNoAnswer } from '../../../protocol/index.ts';
import type { AskedAnswer } from './asked.ts';
import { type Collector, counts, each, probabilityOf, type RowChoice, short } from './collector.ts';
import { calibrationOf, classReport } from './counting.ts';
import { ratio, share, shareOr } from './intervals.ts';
import { areaUnderRoc, curveOf, type Scored, thresholdsOf } from './ranking.ts';

/** Counts of yes at one half. */
interface Counts {
  readonly hit: number;
  readonly is: number;
  readonly said: number;
  readonly all: number;
}

function countsOf({ score, isSo }: Scored): Counts {
  let [hit, is, said] = [0, 0, 0];
  for (let i = 0; i < score.length; i++) {
    const yes = (score[i] ?? 0) > 0.5;
    if (yes) said += 1;
    if (isSo[i] === 1) is += 1;
    if (yes && isSo[i] === 1) hit += 1;
  }
  return { hit, is, said, all: score.length };
}

function figuresOf({ hit, is, said, all }: Counts): ClassFigures & { readonly accuracy: Figure } {
  const cells = [
    { is: 1, said: 1, count: hit },
    { is: 1, said: 0, count: is - hit },
    { is: 0, said: 1, count: said - hit },
    { is: 0, said: 0, count: all - is - said + hit },
  ].filter(({ count }) => count > 0);
  const f1 = classReport(cells, 2).perClass[1]?.f1;
  return {
    accuracy: share(all - is - said + 2 * hit, all),
    precision: shareOr(hit, said, 0),
    recall: shareOr(hit, is, 0),
    f1: f1 ?? { value: 0 },
    support: is,
    said,
  };
}

function mistakenOf({ hit, is, said, all }: Counts): Figure {
  return share(is + said - 2 * hit, all);
}

export function collectYesNo(asked: AskedAnswer, rows: number): Collector {
  const probability = new Float32Array(rows);
  /** 2: does not count. */
  const isSo = new Uint8Array(rows).fill(2);
  const scored = (choice: RowChoice | undefined): Scored => {
    const some: number[] = [];
    each(choice, rows, (row) => {
      if (isSo[row] !== 2) some.push(row);
    });
    return {
      score: Float32Array.from(some, (row) => probability[row] ?? 0),
      isSo: Uint8Array.from(some, (row) => isSo[row] ?? 0),
    };
  };
  return {
    asked,
    add({ first, count, prediction, truth, where }) {
      for (let i = 0; i < count; i++) {
        if (!counts(where, i)) continue;
        probability[first + i] = probabilityOf(prediction.data[i] ?? 0, asked.mark);
        isSo[first + i] = (truth.data[i] ?? 0) > 0.5 ? 1 : 0;
      }
    },
    report(): YesNoAnswer {
      const some = scored(undefined);
      const { accuracy, precision, recall, f1, support } = figuresOf(countsOf(some));
      const wrong = some.isSo.reduce((sum, so, i) => sum + ((some.score[i] ?? 0) > 0.5 === (so === 1) ? 0 : 1), 0);
      return {
        kind: 'yes-no',
        name: asked.name,
        truth: asked.truthName,
        examples: some.score.length,
        positives: support,
        accuracy,
        precision,
        recall,
        f1,
        curve: curveOf(some),
        thresholds: thresholdsOf(some),
        calibration: calibrationOf(some.score, some.isSo),
        mistakes: wrong,
      };
    },
    entry: (row) => (isSo[row] === 2 ? null : [isSo[row] ?? 0, short(probability[row] ?? 0)]),
    figure(metric, choice) {
      const some = scored(choice);
      switch (metric.op) {
        case 'metric/accuracy':
          return figuresOf(countsOf(some)).accuracy;
        case 'metric/confusion':
          return mistakenOf(countsOf(some));
        case 'metric/precision':
          return figuresOf(countsOf(some)).precision;
        case 'metric/recall':
          return figuresOf(countsOf(some)).recall;
        case 'metric/f1':
          return figuresOf(countsOf(some)).f1;
        case 'metric/auc':
          return areaUnderRoc(some);
        case 'metric/averagePrecision':
          return curveOf(some).average;
        default:
          return undefined;
      }
    },
  };
}

export function collectLabels(asked: AskedAnswer, rows: number): Collector {
  const { size } = asked;
  const probability = new Float32Array(rows * size);
  const isSo = new Uint8Array(rows * size);
  const counted = new Uint8Array(rows);
  const rightIn = (row: number): number => {
    let right = 0;
    for (let i = row * size; i < (row + 1) * size; i++) if ((probability[i] ?? 0) > 0.5 === (isSo[i] === 1)) right += 1;
    return right;
  };
  const chosen = (choice: RowChoice | undefined): number[] => {
    const found: number[] = [];
    each(choice, rows, (row) => {
      if (counted[row] === 1) found.push(row);
    });
    return found;
  };
  const accuracyOf = (some: readonly number[]): Figure =>
    ratio(
      some.map(rightIn),
      some.map(() => size),
    );
  return {
    asked,
    add({ first, count, prediction, truth, where }) {
      for (let i = 0; i < count; i++) {
        // Where only some labels of a row count, the row is left out.
        let whole = true;
        for (let label = 0; label < size; label++)
          whole &&= counts(where, where?.data.length === count ? i : i * size + label);
        if (!whole) continue;
        counted[first + i] = 1;
        for (let label = 0; label < size; label++) {
          const [from, to] = [i * size + label, (first + i) * size + label];
          probability[to] = probabilityOf(prediction.data[from] ?? 0, asked.mark);
          isSo[to] = (truth.data[from] ?? 0) > 0.5 ? 1 : 0;
        }
      }
    },
    report(names): LabelsAnswer {
      const some = chosen(undefined);
      return {
        kind: 'labels',
        name: asked.name,
        truth: asked.truthName,
        examples: some.length,
        labels: Array.from({ length: size }, (_, i) => names[i] ?? String(i)),
        accuracy: accuracyOf(some),
        exact: share(some.filter((row) => rightIn(row) === size).length, some.length),
        perLabel: Array.from({ length: size }, (_, label) => {
          const scored: Scored = {
            score: Float32Array.from(some, (row) => probability[row * size + label] ?? 0),
            isSo: Uint8Array.from(some, (row) => isSo[row * size + label] ?? 0),
          };
          const { precision, recall, f1, support, said } = figuresOf(countsOf(scored));
          return { precision, recall, f1, support, said, auc: areaUnderRoc(scored) };
        }),
      };
    },
    entry(row) {
      if (counted[row] !== 1) return null;
      const [from, to] = [row * size, (row + 1) * size];
      return [Array.from(isSo.subarray(from, to)), Array.from(probability.subarray(from, to), short)];
    },
    figure: (metric, choice) => (metric.op === 'metric/accuracy' ? accuracyOf(chosen(choice)) : undefined),
  };
}
