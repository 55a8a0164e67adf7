/** A raw column by its name as a text. */
import { unknownType } from '../../shapes/type.ts';
import { transform } from '../define.ts';
import { text } from '../settings.ts';

export const column = transform('column', {
  doc: 'The raw column of that name, where the name is no name of the language: it has blanks or signs, or is a word of the section.',
  source: 'Our own',
  examples: ['column("median age") -> Normalize'],
  inputs: [],
  settings: { name: text('The name as the file’s header has it.') },
  fitted: false,
  // The checker looks the column up itself (`check/column.ts`); this is for the documentation and for completion.
  result: () => [unknownType],
});
