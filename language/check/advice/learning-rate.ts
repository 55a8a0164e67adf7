/** Learning rates that leave nothing of what was learned: known optimizers have known orders of size. */
import { isCall } from '../../catalog/checked.ts';
import type { CheckedValue } from '../../catalog/entry.ts';
import type { Expr } from '../../syntax/tree.ts';
import { place } from '../frame.ts';
import { report } from '../report.ts';
import { argumentOf } from './expressions.ts';
import type { Run } from './run.ts';

/** Above the first a hint, above the second a warning. Small linear models take 0.1 well; large batches take SGD far. */
const LIMITS: Readonly<Record<string, readonly [hint: number, warning: number, usual: string]>> = {
  Adam: [0.03, 0.1, '1e-3'],
  AdamW: [0.03, 0.1, '1e-3'],
  NAdam: [0.03, 0.1, '1e-3'],
  LAMB: [0.1, 0.5, '1e-3'],
  RMSprop: [0.03, 0.1, '1e-3'],
  Lion: [0.01, 0.03, '1e-4'],
  Adagrad: [0.5, 1, '0.01'],
  SGD: [1, 5, '0.01'],
};

export function adviseLearningRate({ checked, frame, value }: Run): void {
  const optimizer = checked.training?.optimizer;
  const expr = value('optimizer');
  if (!optimizer || expr?.kind !== 'call') return;
  const name = optimizer.call.replace(/^optimizer\//u, '');
  const limits = LIMITS[name];
  const rate = peakOf(optimizer.settings.lr);
  if (!limits || rate === undefined || rate <= limits[0]) return;
  const at = written(argumentOf(expr, 'lr', 0)?.value);
  if (!at) return;
  const [, warning, usual] = limits;
  report(frame, at, {
    severity: rate > warning ? 'warning' : 'hint',
    message: { key: 'train/learning-rate', values: { optimizer: name, rate, usual } },
    fixes: [
      {
        id: 'train/learning-rate/usual',
        title: { key: 'fix/change', values: { text: usual } },
        preferred: true,
        edits: [{ at: place(frame, at), newText: usual }],
      },
    ],
  });
}

/** The highest rate of a run: schedules fall from their first number, or climb to it. */
function peakOf(rate: CheckedValue | undefined): number | undefined {
  if (typeof rate === 'number') return rate;
  if (!isCall(rate)) return undefined;
  const [first] = Object.values(rate.settings);
  return typeof first === 'number' ? first : undefined;
}

function written(expr: Expr | undefined): Expr | undefined {
  if (expr?.kind !== 'call') return expr;
  const [first] = expr.args?.items ?? [];
  return first?.value;
}
