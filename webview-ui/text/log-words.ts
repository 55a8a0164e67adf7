/** What the trainer logs of every run, in the reader's language; what it logs besides stays as it was written. */
import { engineReason, engineTitle } from './engine-reason.ts';
import { count } from './numbers.ts';
import { t } from './translate.ts';
import { type Wording, worded } from './worded.ts';

const LINES: readonly Wording[] = [
  [/^Engine: (.+?) \((.+)\)\.$/s, (title, reason) => t('Engine: {0} ({1}).', engineTitle(title), engineReason(reason))],
  [
    /^Data: (.+), (\d+) rows to train on, (\d+) for validation, (\d+) kept for tests\.$/s,
    (name, train, validation, test) =>
      t(
        'Data: {0}, {1} rows to train on, {2} for validation, {3} kept for tests.',
        name,
        count(Number(train)),
        count(Number(validation)),
        count(Number(test)),
      ),
  ],
];

/** A line of the trainer's log. */
export function logWords(text: string): string {
  return worded(text, LINES);
}
