/** What is said of the best value of a run, alone and against the run that is drawn behind it. Pure. */
import { bestOf, type RunState, usedCheckpoint } from '../protocol/index.ts';
import { isShare } from './charts/chart-list.ts';
import { type Ghost, ghostPoints } from './ghost.ts';
import { metricWord } from './text/metric-word.ts';
import { metricText, number } from './text/numbers.ts';
import { t } from './text/translate.ts';

/** Less than this between two values is nothing. */
const EQUAL = 1e-9;

/** The metric that a run is judged by: the first beside the loss, else the loss. */
export function leadingMetric(run: RunState): { readonly name: string; readonly direction: 'min' | 'max' } | undefined {
  const metrics = run.started?.metrics ?? [];
  return metrics.find((metric) => metric.name !== 'loss') ?? metrics[0];
}

/** Whether the earlier run is the best one, and not one that was chosen. */
export function isBestRun(ghost: Ghost): boolean {
  return ghost.name !== `#${ghost.run.number}`;
}

/** Where the best epoch was not kept: which checkpoint the run is used by. '' where there is nothing to be told apart. */
export function keptText(run: RunState): string {
  const metric = leadingMetric(run);
  const best = metric && bestOf(run, metric.name, metric.direction);
  const used = usedCheckpoint(run.checkpoints);
  if (metric === undefined || best === undefined || used === undefined) return '';
  if (used.step === best.step || used.reason === 'best') return '';
  return t(
    'Evaluated and tried is the last checkpoint, of epoch {0}: `save: best(validation.{1})` in `train` would keep the best one.',
    used.epoch,
    metric.name,
  );
}

/** How good the run was, and whether it is the best so far. */
export function bestText(run: RunState, ghost: Ghost | undefined): string {
  const metric = leadingMetric(run);
  if (metric === undefined) return '';
  const best = bestOf(run, metric.name, metric.direction);
  if (best === undefined) return '';
  const value = metricText(best.value, isShare(run, metric.name));
  const gap = ghost === undefined ? undefined : bestGap(metric, best.value, ghost);
  if (gap === undefined || ghost === undefined || Math.abs(gap) < EQUAL) {
    return t('Best validation {0}: {1} at epoch {2}.', metricWord(metric.name), value, best.epoch);
  }
  return bestSentence({
    name: metricWord(metric.name),
    value,
    epoch: best.epoch,
    gap: gapText(gap, isShare(run, metric.name)),
    number: ghost.run.number,
    share: isShare(run, metric.name),
    isNew: isBestRun(ghost) && (metric.direction === 'max' ? gap > 0 : gap < 0),
  });
}

interface BestWords {
  readonly name: string;
  readonly value: string;
  readonly epoch: number;
  readonly gap: string;
  readonly number: number;
  readonly share: boolean;
  readonly isNew: boolean;
}

/** "Best validation accuracy: 98.89 % at epoch 5, new best (+0.30 points against #11)." */
function bestSentence({ name, value, epoch, gap, number: run, share, isNew }: BestWords): string {
  if (isNew) {
    return share
      ? t('Best validation {0}: {1} at epoch {2}, new best ({3} points against #{4}).', name, value, epoch, gap, run)
      : t('Best validation {0}: {1} at epoch {2}, new best ({3} against #{4}).', name, value, epoch, gap, run);
  }
  return share
    ? t('Best validation {0}: {1} at epoch {2} ({3} points against #{4}).', name, value, epoch, gap, run)
    : t('Best validation {0}: {1} at epoch {2} ({3} against #{4}).', name, value, epoch, gap, run);
}

/** How far the best of this run is from the best of the earlier one. */
function bestGap(metric: { readonly name: string; readonly direction: 'min' | 'max' }, value: number, ghost: Ghost) {
  const theirs = ghostPoints(ghost, metric.name).map((point) => point.value);
  if (theirs.length === 0) return undefined;
  return value - (metric.direction === 'max' ? Math.max(...theirs) : Math.min(...theirs));
}

/** `+0.30`, `−0.0123`. */
function gapText(gap: number, share: boolean): string {
  const size = share ? number(Math.abs(gap) * 100, 2) : number(Math.abs(gap), 3);
  return `${gap > 0 ? '+' : '−'}${size}`;
}
