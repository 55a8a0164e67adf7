/** How a checkpoint is called, everywhere alike: by its epoch where it was saved at the end of one, and by its step. */
import { count } from './numbers.ts';
import { t } from './translate.ts';

/** `checkpoint of epoch 10 (step 200)`. */
export function checkpointText({
  step,
  epoch,
}: {
  readonly step: number;
  readonly epoch?: number | undefined;
}): string {
  return epoch === undefined || epoch === 0
    ? t('checkpoint of step {0}', count(step))
    : t('checkpoint of epoch {0} (step {1})', count(epoch), count(step));
}
