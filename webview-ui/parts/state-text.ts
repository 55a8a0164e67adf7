/** The state of a run in one word. */
import type { RunStateName } from '../../protocol/index.ts';
import { t } from '../text/translate.ts';

export function stateText(state: RunStateName): string {
  switch (state) {
    case 'preparing':
      return t('Preparing');
    case 'running':
      return t('Training');
    case 'paused':
      return t('Paused');
    case 'finished':
      return t('Finished');
    case 'stopped':
      return t('Stopped');
    case 'failed':
      return t('Failed');
    case 'interrupted':
      return t('Interrupted');
    default:
      return assertNever(state);
  }
}

function assertNever(value: never): never {
  throw new Error(`Unknown state: ${JSON.stringify(value)}`);
}
