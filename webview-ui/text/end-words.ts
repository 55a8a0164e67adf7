/** Why a run ended, in the reader's language; the trainer writes it in English, and a failure's own words stay as they are. */
import { t } from './translate.ts';
import { type Wording, worded } from './worded.ts';

const ENDS: readonly Wording[] = [
  [/^The loss became not-a-number \(NaN\) at step (\d+)\.$/, (step) => t('The loss became NaN at step {0}.', step)],
  [/^The loss became infinite at step (\d+)\.$/, (step) => t('The loss became infinite at step {0}.', step)],
];

/** As the panel tells it. */
export function endText(reason: string): string {
  return worded(reason, ENDS);
}
