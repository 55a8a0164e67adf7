/** Says each epoch once to a screen reader; nothing in between. */
import { numberOf, type RunState } from '../../protocol/index.ts';
import { leadingMetric } from '../best-text.ts';
import { isShare } from '../charts/chart-list.ts';
import { useHost } from '../context.ts';
import { metricText } from '../text/numbers.ts';
import { t } from '../text/translate.ts';

/** A polite live region, out of sight. */
export function Announcer() {
  return (
    <div class="unseen" aria-live="polite">
      {epochSentence(useHost().store.run.value)}
    </div>
  );
}

/** "Epoch 3: validation accuracy 98.41 %." */
export function epochSentence(run: RunState): string {
  const epoch = run.epochs.at(-1);
  const metric = leadingMetric(run);
  if (epoch === undefined || metric === undefined) return '';
  const validation = epoch.validation?.[metric.name];
  const value = validation ?? epoch.train[metric.name];
  if (value === undefined) return '';
  const text = metricText(numberOf(value), isShare(run, metric.name));
  return validation === undefined
    ? t('Epoch {0}: training {1} {2}.', epoch.epoch, metric.name, text)
    : t('Epoch {0}: validation {1} {2}.', epoch.epoch, metric.name, text);
}
