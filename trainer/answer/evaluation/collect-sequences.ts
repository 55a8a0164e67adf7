/** Sequences that are spelt: what was heard or written held against what is so, by the edits between them. */
import type { PlanMetric } from '../../../language/index.ts';
import type { SequencesAnswer } from '../../../protocol/index.ts';
import type { HostTensor } from '../../engine.ts';
import type { AskedAnswer } from './asked.ts';
import { type Collector, counts, each, greatest } from './collector.ts';
import { editsBetween } from './edits.ts';
import { ratio, share } from './intervals.ts';

/** Numbers that are kept for looking at single rows. */
const MOST_NUMBERS = 4_000_000;

interface Kept {
  readonly is: readonly number[];
  readonly said: readonly number[];
}

export function collectSequences(asked: AskedAnswer, rows: number): Collector {
  const edits = new Float64Array(rows);
  const lengths = new Float64Array(rows);
  /** By row; beyond what is kept, and of rows that do not count, nothing. */
  const kept: (Kept | undefined)[] = [];
  const total = { putIn: 0, leftOut: 0, exchanged: 0 };
  let [examples, exact, left] = [0, 0, MOST_NUMBERS];
  return {
    asked,
    add({ first, count, prediction, truth, where }) {
      const length = truth.data.length / count;
      for (let i = 0; i < count; i++) {
        const isMasked = where !== undefined && where.data.length === count && !counts(where, i);
        if (isMasked) continue;
        const is: number[] = [];
        for (let at = i * length; at < (i + 1) * length; at++) {
          const value = truth.data[at] ?? -1;
          if (value >= 0 && (where?.data.length === count || counts(where, at))) is.push(value);
        }
        const said = spelt(prediction, i, asked);
        const own = editsBetween(is, said);
        const row = first + i;
        edits[row] = own.putIn + own.leftOut + own.exchanged;
        lengths[row] = is.length;
        total.putIn += own.putIn;
        total.leftOut += own.leftOut;
        total.exchanged += own.exchanged;
        examples += 1;
        exact += edits[row] === 0 ? 1 : 0;
        left -= is.length + said.length;
        if (left >= 0) kept[row] = { is, said };
      }
    },
    report(names): SequencesAnswer {
      return {
        kind: 'sequences',
        name: asked.name,
        truth: asked.truthName,
        examples,
        signs: lengths.reduce((sum, one) => sum + one, 0),
        classes: [...names],
        errorRate: ratio(edits, lengths),
        exact: share(exact, examples),
        edits: total,
      };
    },
    entry(row) {
      const own = kept[row];
      return own === undefined ? null : [edits[row] ?? 0, lengths[row] ?? 0, own.is, own.said];
    },
    figure(metric, choice) {
      if (metric.op !== 'metric/characterErrorRate' && metric.op !== 'metric/wordErrorRate') return undefined;
      const space = spaceOf(metric);
      const parts: number[] = [];
      const wholes: number[] = [];
      each(choice, rows, (row) => {
        const own = kept[row];
        if (space === undefined || own === undefined) {
          parts.push(edits[row] ?? 0);
          wholes.push(space === undefined ? (lengths[row] ?? 0) : 0);
          return;
        }
        const is = wordsOf(own.is, space);
        const { putIn, leftOut, exchanged } = editsBetween(is, wordsOf(own.said, space));
        parts.push(putIn + leftOut + exchanged);
        wholes.push(is.length);
      });
      return ratio(parts, wholes);
    },
  };
}

/** What one row says: whole numbers as they are, of moments the likeliest classes, repeats and blanks taken out. */
function spelt({ data }: HostTensor, row: number, { places, size, blank }: AskedAnswer): number[] {
  if (size === 0) return Array.from(data.slice(row * places, (row + 1) * places)).filter((one) => one >= 0);
  const found: number[] = [];
  let before = -1;
  for (let i = row * places; i < (row + 1) * places; i++) {
    const best = greatest(data, i * size, size);
    if (best !== before && best !== blank) found.push(best);
    before = best;
  }
  return found;
}

function spaceOf({ op, settings }: PlanMetric): number | undefined {
  return op === 'metric/wordErrorRate' && typeof settings.space === 'number' ? settings.space : undefined;
}

/** What stands between spaces. */
function wordsOf(signs: readonly number[], space: number): readonly string[] {
  return signs
    .map((sign) => (sign === space ? '\n' : `${sign} `))
    .join('')
    .split('\n')
    .filter((word) => word !== '');
}
