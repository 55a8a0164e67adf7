/** Where a row stands and what cleaning did to rows, in the reader's language; the trainer writes both in English. */
import type { CleaningLine } from '../../protocol/index.ts';
import { count } from './numbers.ts';
import { t } from './translate.ts';
import { type Wording, worded } from './worded.ts';

const PLACES: readonly Wording[] = [
  [/^example ([\d,]+) of [`"]?(.+?)[`"]?$/, (row, file) => t('example {0} of {1}', row, file)],
  [/^row ([\d,]+) of "(.+)"$/, (row, file) => t('row {0} of {1}', row, file)],
  [/^line ([\d,]+) of "(.+)"$/, (line, file) => t('line {0} of {1}', line, file)],
  [/^row ([\d,]+)$/, (row) => t('row {0}', row)],
  [/^line ([\d,]+)$/, (line) => t('line {0}', line)],
];

/** `row 5 of "train.csv"`, as people of every language read it. */
export function placeText(where: string): string {
  return worded(where, PLACES);
}

const STAGES: readonly Wording[] = [
  [/^column (.+)$/, (name) => t('column {0}', name)],
  [/^augmented$/, () => t('augmented')],
];

/** What a stage of a field is called: a call of the program, a column of the file. */
export function stageText(title: string): string {
  return worded(title, STAGES);
}

const OUTLIER = /has a value far from all others, (\S+) \(mean (\S+), deviation (\S+)\)/;

/** One sentence on what a rule did. */
export function cleaningText({ rule, column, rows, text }: CleaningLine): string {
  const what = column === undefined ? t('a cell') : `\`${column}\``;
  const many = rows === 1 ? t('1 row') : t('{0} rows', count(rows));
  switch (rule) {
    case 'keep':
      return t('`keep` leaves out {0} for which its condition is not true.', many);
    case 'drop':
      return t('`drop` leaves out {0} in which {1} is empty.', many, what);
    case 'deduplicate':
      return t('`deduplicate` leaves out {0}, each like an earlier one.', many);
    case 'fill':
      return t('{1} was empty in {0} and is filled.', many, what);
    case 'clip':
      return t('{1} lay outside of its range in {0} and is clipped.', many, what);
    case 'unseen':
      return t('{0} of validation and test are left out: no training row has their value of {1}.', many, what);
    case 'outlier': {
      const [, value, mean, deviation] = OUTLIER.exec(text) ?? [];
      if (value === undefined || mean === undefined || deviation === undefined) return text;
      return t(
        'The field `{0}` has a value far from all others, {1} (mean {2}, deviation {3}): a mistake in the file? `clip` holds such values.',
        column ?? '',
        value,
        mean,
        deviation,
      );
    }
    default:
      return text;
  }
}
