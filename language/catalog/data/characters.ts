/** Texts cut into their characters. */
import { unknown } from '../../shapes/dim.ts';
import { dimOf, isNone } from '../checked.ts';
import { transform } from '../define.ts';
import { sized } from '../rules/sizes.ts';
import { needText } from '../rules/text.ts';
import { made, typeOf } from '../rules/types.ts';
import { integer } from '../settings.ts';

export const characters = transform('characters', {
  doc: 'Cuts each text into its characters. With `length`, longer texts are cut off and shorter ones filled up with the empty text.',
  source: 'Our own',
  examples: ['ocean -> characters(length: 40)'],
  inputs: [{ name: 'x', doc: 'Texts.', dtype: 'any' }],
  settings: { length: integer('How many characters each row gets.', { min: 1, default: null, named: true }) },
  fitted: false,
  result(inputs, settings, context) {
    const x = typeOf(inputs, 'x');
    const refused = needText('characters', x);
    if (refused) return refused;
    const sizedRows = !isNone(settings, 'length');
    const length = sizedRows ? sized(context, dimOf(settings, 'length'), 'length', 'characters') : unknown;
    const column = x.facts.column === undefined ? {} : { column: `${x.facts.column} -> characters` };
    const facts = { ...column, ...(sizedRows ? { padded: true } : {}) };
    return [made('string', x.shape && [...x.shape, length], [x], facts)];
  },
});
