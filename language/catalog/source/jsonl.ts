/** JSON lines. */
import { source } from '../define.ts';
import { tableColumns } from '../rules/files.ts';
import { text } from '../settings.ts';

export const jsonl = source('jsonl', {
  doc: 'Reads JSON lines: one object a line, whose keys are the raw columns. A key that is missing or `null` is an empty cell; a list of numbers is a value with one axis.',
  source: 'jsonlines.org',
  examples: ['jsonl("data/reviews.jsonl")'],
  settings: { file: text('The file, relative to the program or to the data folder.') },
  filesByColumn: false,
  columns: (settings, header) => tableColumns(settings, header, { kind: 'jsonl' }),
});
