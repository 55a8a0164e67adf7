/** Texts cut at a separator. */
import { transform } from '../define.ts';
import { lengthOf } from '../rules/columns.ts';
import { needText } from '../rules/text.ts';
import { made, typeOf } from '../rules/types.ts';
import { integer, text } from '../settings.ts';

export const split = transform('split', {
  doc: 'Cuts each text into parts at a separator. With `length`, more parts are cut off and fewer filled up with the empty text.',
  source: 'Python `str.split`',
  examples: ['ocean -> split(" ", length: 4)'],
  inputs: [{ name: 'x', doc: 'Texts.', dtype: 'any' }],
  settings: {
    separator: text('What stands between the parts.', { default: ' ' }),
    length: integer('How many parts each row gets.', { min: 1, default: null, named: true }),
  },
  fitted: false,
  result(inputs, settings, context) {
    const x = typeOf(inputs, 'x');
    const refused = needText('split', x);
    if (refused) return refused;
    const { length, facts } = lengthOf('split', settings, context);
    const column = x.facts.column === undefined ? {} : { column: `${x.facts.column} -> split` };
    return [made('string', x.shape && [...x.shape, length], [x], { ...column, ...facts })];
  },
});
