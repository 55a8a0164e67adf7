/** Rules that watch a metric or count updates: when to stop, what to keep, how often to validate. */
import { asDim } from '../catalog/checked.ts';
import type { SaveRule, TrainSettings } from '../plan/plan.ts';
import type { Fix } from '../problem.ts';
import { constant } from '../shapes/dim.ts';
import { foreignName } from '../syntax/foreign.ts';
import { nearest } from '../syntax/nearest.ts';
import type { Expr } from '../syntax/tree.ts';
import { type BoundSettings, bindSettings, type Owner } from './bind-settings.ts';
import { enumerated, listed } from './expected.ts';
import { metricFixes } from './fixes/comparison.ts';
import { type Frame, once, place } from './frame.ts';
import type { CheckedMetric } from './metrics.ts';
import { complain, replaceFix, report } from './report.ts';
import { best, early, every, everyValidation } from './run-rules.ts';
import type { DataParts } from './run-scope.ts';
import { callOf } from './training.ts';

export interface Watchable {
  readonly names: readonly string[];
  readonly hasValidation: boolean;
  readonly data: DataParts;
}

/** Names that `early` and `best` may watch: the loss and the metrics, of training and of validation. */
export function watchable(metrics: readonly CheckedMetric[], data: DataParts): Watchable {
  const { result } = data;
  const plain = ['loss', ...metrics.map((metric) => metric.name)];
  return {
    names: [...plain.map((name) => `validation.${name}`), ...plain],
    hasValidation: result.validates,
    data,
  };
}

/** The rule that an expression calls, with its arguments bound. */
export function rule(
  expr: Expr,
  owners: readonly Owner[],
  frame: Frame,
): (BoundSettings & { readonly name: string }) | undefined {
  const call = callOf(expr);
  const owner = owners.find((one) => one.name === call?.name.text);
  if (!call || !owner) {
    if (expr.kind === 'missing') return undefined;
    const names = owners.map((one) => one.name);
    const near = call && (foreignName(call.name.text, names) ?? nearest(call.name.text, names));
    const values = { rules: listed(names.map((name) => `${name}(…)`)) };
    const fixes = call && near ? [replaceFix(frame, 'train/rule/near', call.name, near)] : [];
    complain(frame, expr, near ? 'train/rule.near' : 'train/rule', { ...values, near: near ?? '' }, fixes);
    return undefined;
  }
  return {
    ...bindSettings(
      owner,
      call.args.map((arg) => ({ arg, frame })),
      frame,
      call.name,
    ),
    name: owner.name,
  };
}

/** The metric that a rule watches; it must be one of the section's, and have rows to be measured on. */
function watchedBy(bound: BoundSettings, setting: string, expr: Expr, watched: Watchable, frame: Frame): string {
  const name = bound.settings[setting];
  const written = bound.given.get(setting)?.arg.value;
  return checkWatched(
    typeof name === 'string' ? name : 'validation.loss',
    { at: written ?? expr, written },
    watched,
    frame,
  );
}

/** `written` is missing where the metric is a default: then there is nothing to change. */
export function checkWatched(
  metric: string,
  { at, written }: { readonly at: Expr; readonly written: Expr | undefined },
  watched: Watchable,
  frame: Frame,
): string {
  if (metric.startsWith('validation.') && !watched.hasValidation) {
    // Rows that are kept mend every rule that needs them.
    if (!once(frame, 'no validation')) return metric;
    const fixes = validationFixes(written, metric, watched, frame);
    report(frame, at, { message: { key: 'train/no-validation', values: { metric } }, fixes });
  } else if (!watched.names.includes(metric) && !frame.session.lostMetrics) {
    const near = kerasWatch(metric, watched.names) ?? nearest(metric, watched.names);
    report(frame, at, {
      message: { key: 'train/unknown-watch', values: { metric, names: enumerated(watched.names) } },
      fixes:
        near !== undefined && near.replace('validation.', '') !== 'loss'
          ? [
              {
                id: 'train/unknown-watch/change',
                title: { key: 'fix/change', values: { text: near } },
                preferred: true,
                edits: [{ at: place(frame, at), newText: near }],
              },
            ]
          : [...metricFixes(metric, frame), ...(near === undefined ? [] : [lossFix(near, at, frame)])],
    });
  }
  return metric;
}

/** Watches the loss instead. */
function lossFix(near: string, at: Expr, frame: Frame): Fix {
  return { ...replaceFix(frame, 'train/unknown-watch/change', at, near), preferred: false };
}

/** Keras' `val_accuracy` is `validation.accuracy` here. */
function kerasWatch(metric: string, names: readonly string[]): string | undefined {
  const validation = /^val_(.+)$/u.exec(metric)?.[1];
  const own = foreignName(
    validation ?? metric,
    names.map((name) => name.replace(/^validation\./u, '')),
  );
  const plain = own ?? validation;
  const name = validation === undefined ? plain : `validation.${plain}`;
  return name !== undefined && names.includes(name) ? name : undefined;
}

/** Keeps some rows for validation, or watches the metric of the training rows. */
function validationFixes(written: Expr | undefined, metric: string, watched: Watchable, frame: Frame): readonly Fix[] {
  const fixes: Fix[] = [];
  const { chunk, declaration } = watched.data;
  if (declaration.close && chunk.file === frame.chunk.file) {
    const { start } = declaration.close;
    fixes.push({
      id: 'train/no-validation/keep',
      title: { key: 'fix/keep-validation', values: { data: declaration.name.text } },
      preferred: true,
      edits: [{ at: { chunk, start, end: start }, newText: '  validation: 10%\n' }],
    });
  }
  if (written) {
    const plain = metric.replace(/^validation\./u, '');
    fixes.push({ ...replaceFix(frame, 'train/no-validation/plain', written, plain), preferred: false });
  }
  return fixes;
}

/** When a run stops early. */
export function stopOf(expr: Expr, watched: Watchable, frame: Frame): TrainSettings['stop'] {
  if (expr.kind === 'name' && expr.text === 'none') return undefined;
  const bound = rule(expr, [early], frame);
  if (!bound?.ok) return undefined;
  const watch = watchedBy(bound, 'watch', expr, watched, frame);
  return { watch, patience: numberOf(bound, 'patience', 5), change: numberOf(bound, 'change', 0) };
}

/** What is kept besides the last checkpoint. */
export function saveRules(expr: Expr, watched: Watchable, frame: Frame): readonly SaveRule[] {
  const items = expr.kind === 'list' ? expr.items : [expr];
  return items.flatMap((item): SaveRule[] => {
    if (item.kind === 'name' && item.text === 'last') return [];
    const bound = rule(item, [best, every], frame);
    if (!bound?.ok) return [];
    if (bound.name === 'every') return [{ kind: 'every', steps: numberOf(bound, 'n', 1) }];
    return [{ kind: 'best', metric: watchedBy(bound, 'metric', item, watched, frame) }];
  });
}

/** How often to validate, in updates, and with how many batches. */
export function validationOf(
  expr: Expr,
  frame: Frame,
): Pick<TrainSettings, 'validateEvery' | 'validateBatches'> | undefined {
  const bound = rule(expr, [everyValidation], frame);
  if (!bound?.ok) return undefined;
  const batches = wholeIn(bound, 'batches');
  return { validateEvery: numberOf(bound, 'n', 1), ...(batches === undefined ? {} : { validateBatches: batches }) };
}

function numberOf(bound: BoundSettings, name: string, fallback: number): number {
  return wholeIn(bound, name) ?? fallback;
}

function wholeIn(bound: BoundSettings, name: string): number | undefined {
  const value = bound.settings[name];
  if (typeof value === 'number') return value;
  const dim = asDim(value);
  return dim && constant(dim);
}
