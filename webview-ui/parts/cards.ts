/** The cards of the Metrics tab by their ids. Pure. */
import type { RunState } from '../../protocol/index.ts';
import { chartsOf } from '../charts/chart-list.ts';
import { t } from '../text/translate.ts';

/** Cards that are no charts, in their order behind them. */
const OTHERS = ['time', 'layers', 'epochs'] as const;

/** Ids of all cards of a run, as they come. */
export function cardsOf(run: RunState): string[] {
  const others = OTHERS.filter((id) => id !== 'layers' || run.layers.length > 0);
  return [...chartsOf(run).map((chart) => chart.id), ...others];
}

export function cardTitle(run: RunState, id: string): string {
  if (id === 'time') return t('Where the time goes');
  if (id === 'layers') return t('Layer gradients');
  if (id === 'epochs') return t('Epochs');
  return t(chartsOf(run).find((chart) => chart.id === id)?.title ?? id);
}
