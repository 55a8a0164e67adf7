/** The results of the batches of one update, as those of all their examples together. */
import type { Compiled } from '../../../compiler/index.ts';
import type { StepResult } from '../../engine.ts';

/** What one batch gave. */
export interface Part extends Pick<StepResult, 'loss' | 'metrics'> {
  /** Its examples. */
  readonly size: number;
}

/** The loss is the mean over the examples; numbers of metrics are added up or kept in a row, as the metric wants it. */
export function together(compiled: Compiled, parts: readonly Part[]): Pick<StepResult, 'loss' | 'metrics'> {
  const [first, ...others] = parts;
  if (first === undefined) return { loss: Number.NaN, metrics: {} };
  if (others.length === 0) return { loss: first.loss, metrics: first.metrics };
  const examples = parts.reduce((sum, { size }) => sum + size, 0);
  const loss = parts.reduce((sum, part) => sum + part.loss * part.size, 0) / examples;
  const metrics = Object.fromEntries(
    compiled.plan.metrics.map(({ name }, index): [string, readonly number[]] => {
      const lists = parts.map((part) => part.metrics[name] ?? []);
      return [name, compiled.keeps(index, 'train') === 'rows' ? lists.flat() : sums(lists)];
    }),
  );
  return { loss, metrics };
}

function sums([first = [], ...others]: readonly (readonly number[])[]): readonly number[] {
  const result = [...first];
  for (const list of others) for (const [i, one] of list.entries()) result[i] = (result[i] ?? 0) + one;
  return result;
}
