/** What is marked on a chart: ends of epochs, pauses, changes of the learning rate, checkpoints, the best one, broken values. Pure. */
import { bestOf, type RunMark, type RunState } from '../../protocol/index.ts';
import { number } from '../text/numbers.ts';
import { t } from '../text/translate.ts';
import type { ChartInfo } from './chart-list.ts';
import type { PlotMark } from './plot.ts';

/** The marks of a chart; `xOf` turns a step into the unit of the axis. */
export function marksOf(
  chart: ChartInfo,
  run: RunState,
  broken: readonly number[],
  xOf: (step: number) => number,
): PlotMark[] {
  const marks: PlotMark[] = [];
  for (const epoch of run.epochs) {
    if (epoch.whole && epoch.step < (run.started?.steps ?? 0)) {
      marks.push({ x: xOf(epoch.step), kind: 'epoch', text: '' });
    }
  }
  for (const mark of run.marks) marks.push({ x: xOf(mark.step), kind: 'event', text: textOf(mark) });
  if (chart.metric === 'loss') {
    for (const checkpoint of run.checkpoints) marks.push({ x: xOf(checkpoint.step), kind: 'checkpoint', text: '' });
  }
  const best = chart.metric === undefined ? undefined : bestOf(run, chart.metric, chart.direction);
  if (best !== undefined && run.epochs.length > 1) marks.push({ x: xOf(best.step), kind: 'best', text: '' });
  broken.forEach((step, index) => {
    // One label is enough where many values are broken.
    marks.push({ x: xOf(step), kind: 'broken', text: index === 0 ? t('NaN at {0}', number(step)) : '' });
  });
  return marks;
}

function textOf(mark: RunMark): string {
  switch (mark.kind) {
    case 'paused':
      return t('paused');
    case 'resumed':
      return '';
    case 'changed':
      return t('rate {0}', number(mark.lr, 3));
    case 'continued':
      return t('continued');
    default:
      return assertNever(mark.kind);
  }
}

function assertNever(value: never): never {
  throw new Error(`Unknown mark: ${JSON.stringify(value)}`);
}
