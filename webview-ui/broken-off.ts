/** What is said of a run that broke off: what the machine bore, what is saved, how to go on. Pure. */
import { lastFinite, type PanelHead, type RunState } from '../protocol/index.ts';
import { count } from './text/numbers.ts';
import { t } from './text/translate.ts';

/** The process is gone without its last words. */
export function interruptedText(head: PanelHead, run: RunState): string {
  const gone = t('The training process ended without a word.');
  const next = head.resumable ? t('Continue goes on from there.') : t('Train the program anew.');
  return [gone, memoryText(run), savedText(run), next].filter((text) => text !== '').join(' ');
}

/** What is left of a run that failed; '' where its own words say it, or there was nothing to save yet. */
export function leftText(run: RunState, said: string): string {
  return run.step === 0 || /checkpoint/iu.test(said) ? '' : savedText(run);
}

function savedText({ checkpoints }: RunState): string {
  const last = checkpoints.at(-1);
  return last === undefined
    ? t('Nothing is saved: there was no checkpoint yet.')
    : t('Everything up to step {0} is saved.', count(last.step));
}

/** From here on the system begins to end processes. */
const FULL = 0.9;

function memoryText({ columns }: RunState): string {
  const [used, total] = [lastFinite(columns, 'machine.memory'), lastFinite(columns, 'machine.memoryTotal')];
  if (used === undefined || total === undefined || used < FULL * total) return '';
  const share = Math.round((100 * used) / total);
  return t('The memory was at {0}%, so the system may have killed it: try a smaller batch.', share);
}
