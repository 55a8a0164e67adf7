/** A chart in one sentence, for those who don't see it. Pure. */
import { numberOf, type RunState } from '../../protocol/index.ts';
import { t } from '../text/translate.ts';
import type { ChartInfo } from './chart-list.ts';

/** "Loss: train 0.0388, validation 0.0512 at epoch 3. Arrow keys move the cursor, T shows the table." */
export function chartSentence(chart: ChartInfo, run: RunState, format: (value: number | undefined) => string): string {
  const help = t('Arrow keys move the cursor, T shows the table.');
  const metric = chart.metric;
  const epoch = run.epochs.at(-1);
  if (metric === undefined || epoch === undefined) return `${t(chart.title)}. ${help}`;
  const train = epoch.train[metric];
  const validation = epoch.validation?.[metric];
  const parts = [
    ...(train === undefined ? [] : [t('train {0}', format(numberOf(train)))]),
    ...(validation === undefined ? [] : [t('validation {0}', format(numberOf(validation)))]),
  ];
  return `${t(chart.title)}: ${t('{0} at epoch {1}', parts.join(', '), epoch.epoch)}. ${help}`;
}
