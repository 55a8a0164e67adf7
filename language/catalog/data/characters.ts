/** Texts cut into their characters. */
import { transform } from '../define.ts';
import { lengthOf } from '../rules/columns.ts';
import { needText } from '../rules/text.ts';
import { made, typeOf } from '../rules/types.ts';
import { flag, integer } from '../settings.ts';

export const characters = transform('characters', {
  doc: 'Cuts each text into its characters. With `length`, longer texts are cut off and shorter ones filled up with the empty text.',
  source: 'Our own',
  examples: ['ocean -> characters(length: 40)'],
  inputs: [{ name: 'x', doc: 'Texts.', dtype: 'any' }],
  settings: {
    length: integer('How many characters each row gets.', { min: 1, default: null, named: true }),
    start: flag('Puts a sign of its own in front of each text: the first of Unicode’s private ones.', false),
    end: flag('Puts a sign of its own behind each text: the second of Unicode’s private ones.', false),
  },
  fitted: false,
  result(inputs, settings, context) {
    const x = typeOf(inputs, 'x');
    const refused = needText('characters', x);
    if (refused) return refused;
    const { length, facts } = lengthOf('characters', settings, context);
    const column = x.facts.column === undefined ? {} : { column: `${x.facts.column} -> characters` };
    return [made('string', x.shape && [...x.shape, length], [x], { ...column, ...facts })];
  },
});
