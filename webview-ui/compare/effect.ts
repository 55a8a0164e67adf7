/** What came of a change, in one sentence: the watched value at the same step, and the pace. Pure. */
import { directionOf, type RunCurves, type RunFacts, valuesOf } from '../../protocol/index.ts';
import { number } from '../text/numbers.ts';
import { t } from '../text/translate.ts';
import { seriesOf, valueAt } from './lines.ts';
import { bare, isShareOf } from './quantities.ts';

/** From one run to another; '' where nothing can be said yet. */
export function effectText(from: RunFacts, to: RunFacts, curves: ReadonlyMap<string, RunCurves>): string {
  const [before, after] = [curves.get(from.folder), curves.get(to.folder)];
  if (before === undefined || after === undefined) return '';
  const parts = [valueText(from, to, before, after), paceText(from, to, before, after)].filter((part) => part !== '');
  return parts.length === 0 ? '' : t('Effect so far: {0}.', parts.join(', '));
}

function valueText(from: RunFacts, to: RunFacts, before: RunCurves, after: RunCurves): string {
  const metric = to.best?.metric ?? from.best?.metric ?? 'validation.loss';
  const direction = directionOf(to, metric);
  const quantity = { id: metric, kind: 'validation', name: bare(metric), direction } as const;
  const [old, now] = [seriesOf(quantity, before, 'step'), seriesOf(quantity, after, 'step')];
  // The latest step that both have reached.
  const at = Math.min(old.x.at(-1) ?? 0, now.x.at(-1) ?? 0);
  const [was, is] = [valueAt(old, at), valueAt(now, at)];
  if (was === undefined || is === undefined) return '';
  const share = isShareOf([from, to], { name: metric, direction });
  const difference = share ? (is - was) * 100 : is - was;
  const sign = difference > 0 ? '+' : difference < 0 ? '−' : '±';
  const size = number(Math.abs(difference), 2);
  return share
    ? t('{0} {1}{2} points at the same step', bare(metric), sign, size)
    : t('{0} {1}{2} at the same step', bare(metric), sign, size);
}

function paceText(from: RunFacts, to: RunFacts, before: RunCurves, after: RunCurves): string {
  const [old, now] = [paceOf(from, before), paceOf(to, after)];
  if (old === undefined || now === undefined) return '';
  const factor = now / old;
  return factor > 0.95 && factor < 1.05 ? t('the same pace') : t('{0}× the examples per second', number(factor, 2));
}

/** Examples a second. */
function paceOf(run: RunFacts, { view }: RunCurves): number | undefined {
  const step = view.step.at(-1);
  const elapsed = view.elapsed.at(-1);
  const settings = valuesOf(run.settings);
  const batch = Number(settings.get('batch') ?? Number.NaN) * Number(settings.get('accumulate') ?? 1);
  if (step === undefined || elapsed === undefined || !(elapsed > 0) || !Number.isFinite(batch)) return undefined;
  return (step * batch) / elapsed;
}
