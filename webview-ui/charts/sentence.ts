/** A chart in one sentence, for those who don't see it. Pure. */
import { numberOf, type RunState } from '../../protocol/index.ts';
import { count } from '../text/numbers.ts';
import { t } from '../text/translate.ts';
import type { ChartInfo } from './chart-list.ts';
import { markText } from './marks.ts';

/** The latest of them: a run may have been paused a hundred times. */
const MOST_MARKS = 5;

/** "Loss: train 0.0388, validation 0.0512 at epoch 3. Marked: rate 3e-4 (step 161). Arrow keys move the cursor, T shows the table." */
export function chartSentence(chart: ChartInfo, run: RunState, format: (value: number | undefined) => string): string {
  const help = [marksSentence(run), t('Arrow keys move the cursor, T shows the table.')].filter(Boolean).join(' ');
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

/** What happened to the run while it trained, as it is marked on every chart. */
function marksSentence(run: RunState): string {
  const marks = run.marks
    .map((mark) => ({ text: markText(mark), step: mark.step }))
    .filter(({ text }) => text !== '')
    .slice(-MOST_MARKS);
  if (marks.length === 0) return '';
  return t('Marked: {0}.', marks.map(({ text, step }) => t('{0} (step {1})', text, count(step))).join(', '));
}
