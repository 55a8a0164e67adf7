/** Texts without blanks at their ends. */
import { transform } from '../define.ts';
import { needText } from '../rules/text.ts';
import { made, typeOf } from '../rules/types.ts';

export const trim = transform('trim', {
  doc: 'Takes blanks and line ends away from both ends of each text.',
  source: 'JavaScript `String.prototype.trim`',
  examples: ['ocean -> trim'],
  inputs: [{ name: 'x', doc: 'Texts.', dtype: 'any' }],
  settings: {},
  fitted: false,
  result(inputs) {
    const x = typeOf(inputs, 'x');
    return needText('trim', x) ?? [made('string', x.shape, [x])];
  },
});
