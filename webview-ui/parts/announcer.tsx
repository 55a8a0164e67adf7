/** Says each epoch once to a screen reader; nothing in between. */
import { numberOf, type RunState } from '../../protocol/index.ts';
import { leadingMetric } from '../best-text.ts';
import { isShare } from '../charts/chart-list.ts';
import { useHost } from '../context.ts';
import { metricWord } from '../text/metric-word.ts';
import { metricText, number, percentNumber } from '../text/numbers.ts';
import { t } from '../text/translate.ts';

/** A polite live region, out of sight. */
export function Announcer() {
  return (
    <div class="unseen" aria-live="polite">
      {epochSentence(useHost().store.run.value)}
    </div>
  );
}

/** "Epoch 3: validation accuracy 98.41%, up 0.49." */
export function epochSentence(run: RunState): string {
  const epoch = run.epochs.at(-1);
  const metric = leadingMetric(run);
  if (epoch === undefined || metric === undefined) return '';
  const validation = epoch.validation?.[metric.name];
  const value = validation ?? epoch.train[metric.name];
  if (value === undefined) return '';
  const share = isShare(run, metric.name);
  const text = `${metricText(numberOf(value), share)}${changeText(run, metric.name, share)}`;
  return validation === undefined
    ? t('Epoch {0}: training {1} {2}.', epoch.epoch, metricWord(metric.name), text)
    : t('Epoch {0}: validation {1} {2}.', epoch.epoch, metricWord(metric.name), text);
}

/** `, up 0.49`: against the epoch before; '' where there is none to compare with. */
function changeText({ epochs }: RunState, name: string, share: boolean): string {
  const [before, now] = epochs.slice(-2).map(({ validation, train }) => validation?.[name] ?? train[name]);
  if (before === undefined || now === undefined || epochs.length < 2) return '';
  const change = numberOf(now) - numberOf(before);
  if (!Number.isFinite(change) || change === 0) return '';
  const size = share ? percentNumber(Math.abs(change)) : number(Math.abs(change), 3);
  return change > 0 ? t(', up {0}', size) : t(', down {0}', size);
}
