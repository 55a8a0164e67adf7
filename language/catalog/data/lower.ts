/** Texts in small letters. */
import { transform } from '../define.ts';
import { needText } from '../rules/text.ts';
import { made, typeOf } from '../rules/types.ts';

export const lower = transform('lower', {
  doc: 'Makes all letters small.',
  source: 'JavaScript `String.prototype.toLowerCase`',
  examples: ['ocean -> lower'],
  inputs: [{ name: 'x', doc: 'Texts.', dtype: 'any' }],
  settings: {},
  fitted: false,
  result(inputs) {
    const x = typeOf(inputs, 'x');
    return needText('lower', x) ?? [made('string', x.shape, [x])];
  },
});
