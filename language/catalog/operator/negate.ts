/** `-a`. */
import { operator } from '../define.ts';
import { input } from '../planned.ts';
import { needOperand } from '../rules/arithmetic.ts';
import { made, typeOf } from '../rules/types.ts';

export const negate = operator('negate', {
  doc: 'The value with the other sign; it is written `-x`.',
  source: 'NumPy `negative`',
  examples: ['-features'],
  inputs: [{ name: 'x', doc: 'The numbers.', dtype: 'number' }],
  settings: {},
  result(inputs, _settings, context) {
    const x = typeOf(inputs, 'x');
    const refused = needOperand('-', x, 'x', context);
    if (refused) return refused;
    const literal = x.facts.literal ? ({ literal: true } as const) : {};
    return [made(x.dtype === 'uint8' ? 'int32' : x.dtype, x.shape, [x], literal)];
  },
  lower: (b, inputs) => b.unary('negate', input(inputs, 'x')),
});
