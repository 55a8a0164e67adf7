/** `not a`. */
import { operator } from '../define.ts';
import { input } from '../planned.ts';
import { needTruth } from '../rules/arithmetic.ts';
import { made, typeOf } from '../rules/types.ts';

export const not = operator('not', {
  doc: 'True where its value is false.',
  source: 'NumPy `logical_not`',
  examples: ['not (tokens == 0)'],
  inputs: [{ name: 'x', doc: 'True or false.', dtype: 'bool' }],
  settings: {},
  result(inputs) {
    const x = typeOf(inputs, 'x');
    return needTruth('not', x, 'x') ?? [made('bool', x.shape, [x])];
  },
  lower: (b, inputs) => b.unary('not', input(inputs, 'x')),
});
