/** Rules of a run that come too late to act: patience as long as the run, a warm-up that never ends, intervals beyond it. */
import { isCall } from '../../catalog/checked.ts';
import { expressionsUnder } from '../../syntax/parts.ts';
import type { Expr } from '../../syntax/tree.ts';
import { place } from '../frame.ts';
import { report } from '../report.ts';
import { argumentOf } from './expressions.ts';
import type { Run } from './run.ts';

export function adviseLength(run: Run): void {
  patience(run);
  const { training } = run.checked;
  if (training?.steps === undefined) return;
  warmup(run, training.steps);
  const validate = run.value('validate');
  if (validate && (training.validateEvery ?? 0) > training.steps) tooLate(run, validate, training.validateEvery ?? 0);
  for (const rule of training.save) {
    const save = run.value('save');
    if (save && rule.kind === 'every' && rule.steps > training.steps) tooLate(run, save, rule.steps);
  }
}

/** An epoch without progress is counted from the second on: patience must be shorter than the run. */
function patience({ checked, frame, value }: Run): void {
  const { training } = checked;
  const expr = value('stop');
  if (!training?.stop || training.epochs === undefined || expr === undefined) return;
  if (training.validateEvery !== undefined || training.stop.patience < training.epochs) return;
  const given = expr.kind === 'call' ? argumentOf(expr, 'patience', 1)?.value : undefined;
  const at = given ?? expr;
  const short = Math.max(1, Math.floor(training.epochs / 2));
  const values = { patience: training.stop.patience, epochs: training.epochs };
  const written = given ? String(short) : `early(patience: ${short})`;
  const plain = given !== undefined || expr.kind === 'name' || (expr.kind === 'call' && expr.args?.items.length === 0);
  report(frame, at, {
    severity: 'warning',
    message: { key: training.epochs === 1 ? 'train/patience.one' : 'train/patience', values },
    fixes:
      plain && training.epochs > 1
        ? [
            {
              id: 'train/patience/shorter',
              title: { key: 'fix/set', values: { setting: 'patience', value: short } },
              preferred: true,
              edits: [{ at: place(frame, at), newText: written }],
            },
          ]
        : [],
  });
}

function warmup({ checked, frame, value }: Run, steps: number): void {
  const rate = checked.training?.optimizer?.settings.lr;
  const expr = value('optimizer');
  if (!isCall(rate) || !expr) return;
  const wanted = rate.settings.warmup;
  if (typeof wanted !== 'number' || wanted < steps || wanted <= 1) return;
  for (const part of expressionsUnder(expr)) {
    const at = part.kind === 'call' ? part.args?.items.find((arg) => arg.name?.text === 'warmup')?.value : undefined;
    if (!at) continue;
    const short = String(Math.max(1, Math.round(steps / 20)));
    report(frame, at, {
      severity: 'warning',
      message: { key: 'train/warmup', values: { warmup: wanted, steps } },
      fixes: [
        {
          id: 'train/warmup/shorter',
          title: { key: 'fix/change', values: { text: short } },
          preferred: true,
          edits: [{ at: place(frame, at), newText: short }],
        },
      ],
    });
    return;
  }
}

function tooLate({ frame }: Run, expr: Expr, every: number): void {
  report(frame, expr, { severity: 'warning', message: { key: 'train/too-late', values: { every } } });
}
