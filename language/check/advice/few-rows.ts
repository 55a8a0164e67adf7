/** A batch that is larger than all that there is to train on. */
import { evaluate } from '../expression.ts';
import { report } from '../report.ts';
import { numberIn } from '../value.ts';
import type { Run } from './run.ts';

export function adviseFewRows(run: Run): void {
  const expr = run.value('batch');
  const rows = run.checked.parts.data.result.trainingRows;
  if (!expr || rows === undefined) return;
  const batch = numberIn(evaluate(expr, run.frame));
  if (batch === undefined || batch <= rows || run.checked.training?.steps !== undefined) return;
  report(run.frame, expr, { severity: 'hint', message: { key: 'data/few-rows', values: { batch, rows } } });
}
